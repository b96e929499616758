/** The platforms' side: what workspaces accepted, with its key, and how they answer Slack's and the Connector's calls. */

import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import type { Request } from './network.ts';

/** A message that stands in somebody's chat. */
export type Accepted = {
  readonly ref: string;
  readonly user: string;
  /** The key of the nudge, as the sender meant it; null = an answer. */
  readonly key: string | null;
  /** When its bytes left us, and when the platform took it. */
  readonly left: number;
  readonly at: number;
  /** From then on the history shows it. */
  readonly shown: number;
  /** How often it was changed in place. */
  updates: number;
};

export type Platforms = {
  readonly serve: (request: Request) => object;
  readonly messages: readonly Accepted[];
  /** Accounts that are gone. */
  readonly gone: Set<string>;
  /** Until then every call is told to wait. */
  readonly throttle: { until: number };
  /** Whether the token is revoked. */
  readonly token: { revoked: boolean };
  readonly onAccept: (listener: (message: Accepted) => void) => void;
  readonly lookUps: () => number;
};

/** What Slack lets us do: read direct messages back, and repeat a message under its id without a second copy. */
export type Semantics = { readonly history: boolean; readonly honours: boolean };

type Settings = Semantics & { readonly random: Random };

/** What both platforms' calls work on. */
type Book = Pick<Platforms, 'gone' | 'token'> & {
  readonly history: boolean;
  /** The message that stands under an id already, where ids are honoured. */
  readonly known: (id: string | undefined) => Accepted | undefined;
  readonly accept: (request: Request, user: string) => Accepted;
  /** Changes a message in place; false when there is none. */
  readonly update: (ref: string) => boolean;
  /** A person's messages since `oldest`, as far as the history shows them yet. */
  readonly since: (user: string, oldest: number) => readonly Accepted[];
};

/** Both platforms. */
export const openPlatforms = (world: World, { random, history, honours }: Settings): Platforms => {
  const messages: Accepted[] = [];
  const listeners: ((message: Accepted) => void)[] = [];
  const throttle = { until: 0 };
  let lookUps = 0;
  const book: Book = {
    history,
    known: (id) => (honours ? messages.find(({ key }) => key !== null && key === id) : undefined),
    gone: new Set(),
    token: { revoked: false },
    accept: (request, user) => {
      const at = world.now();
      const ref = `${Math.floor(at / 1000)}.${String(messages.length).padStart(6, '0')}`;
      const { key, left } = request;
      const shown = at + (random.chance(0.02) ? random.between(500, 10_000) : 0);
      const message: Accepted = { ref, user, key, left, at, shown, updates: 0 };
      messages.push(message);
      world.note(`accepted ${ref} ${user} ${key ?? 'answer'}`);
      for (const listener of listeners) listener(message);
      return message;
    },
    update: (ref) => {
      const message = messages.find((one) => one.ref === ref);
      if (message !== undefined) message.updates += 1;
      return message !== undefined;
    },
    since: (user, oldest) => {
      lookUps += 1;
      return messages.filter(
        (one) => one.user === user && Number(one.ref) >= oldest && one.shown <= world.now(),
      );
    },
  };
  return {
    serve: (request) => {
      const seconds = Math.ceil((throttle.until - world.now()) / 1000);
      if (seconds > 0) return { status: 429, retryAfter: String(seconds) };
      const [first, ...rest] = request.url.pathname.split('/').filter((part) => part !== '');
      return first === 'api'
        ? serveSlack(book, request, rest[0] ?? '')
        : serveConnector(book, request, rest.slice(1).map(decodeURIComponent));
    },
    messages,
    gone: book.gone,
    token: book.token,
    throttle,
    onAccept: (listener) => {
      listeners.push(listener);
    },
    lookUps: () => lookUps,
  };
};

type Given = Readonly<Record<string, string>>;

const failed = (error: string): object => ({ ok: false, error });
const userOf = (channel: string): string => channel.replace(/^D/, '');

/** Methods of Slack's Web API, their arguments as a form. */
const serveSlack = (book: Book, request: Request, method: string): object => {
  if (book.token.revoked) return failed('token_revoked');
  const given: Given = Object.fromEntries(new URLSearchParams(request.body));
  const user = userOf(given['channel'] ?? given['users'] ?? '');
  const channel = `D${user}`;
  switch (method) {
    case 'chat.postMessage':
      return book.gone.has(user)
        ? failed('user_not_found')
        : { ok: true, ts: post(book, request, { given, user }).ref, channel };
    case 'chat.update': {
      const ts = given['ts'] ?? '';
      return book.update(ts) ? { ok: true, ts, channel } : failed('message_not_found');
    }
    case 'conversations.open':
      return { ok: true, channel: { id: channel } };
    case 'conversations.history':
      return book.history ? pageOf(book, user, given) : failed('missing_scope');
    default:
      throw new Error(`the simulated workspace does not know ${method}`);
  }
};

/** A message anew, or the one that stands under its id already. */
const post = (
  book: Book,
  request: Request,
  { given, user }: { readonly given: Given; readonly user: string },
): Accepted => {
  if (keyIn(given) !== request.key) throw new Error('the wire carries another key');
  return book.known(given['client_msg_id']) ?? book.accept(request, user);
};

const pageOf = (book: Book, user: string, given: Given): object => {
  const all = book.since(user, Number(given['oldest'] ?? 0));
  const page = all.slice(-Number(given['limit'] ?? 100)).reverse();
  return { ok: true, messages: page.map(shownAs), has_more: page.length < all.length };
};

const shownAs = ({ ref, key }: Accepted): object => ({
  type: 'message',
  ts: ref,
  metadata: key === null ? {} : { event_type: 'langkah_message', event_payload: { key } },
});

/** The key on the wire. */
const keyIn = ({ metadata }: Given): string | null =>
  metadata === undefined ? null : (JSON.parse(metadata).event_payload?.key ?? null);

/** Paths of the Connector below `v3/conversations`. */
const serveConnector = (book: Book, request: Request, path: readonly string[]): object => {
  const [conversation, , ref] = path;
  if (book.token.revoked) return { status: 401 };
  if (conversation === undefined) return { id: `D${JSON.parse(request.body).members[0].id}` };
  const user = userOf(conversation);
  if (book.gone.has(user)) return { status: 404 };
  if (ref === undefined) return { id: book.accept(request, user).ref };
  return book.update(ref) ? { id: ref } : { status: 404 };
};
