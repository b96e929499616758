/** The Connector REST API of the local tenant, served in process to a `fetch` of ours. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { once } from '../../../../core/once.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import type { ChatFault } from '../faults.ts';
import { internedJson } from '../interned.ts';
import type { Received } from '../received.ts';

/** What the Connector of this tenant works with. */
export type ConnectorState = {
  readonly clock: Clock;
  readonly messages: Map<string, LocalMessage>;
  readonly save: (message: LocalMessage) => Promise<void>;
  /** True for a person who has blocked the bot. */
  readonly refuses: (userId: string) => boolean;
  /** True for a person who does not have the app. */
  readonly lacks?: ((userId: string) => boolean) | undefined;
  /** E-mail address in the directory; null for nobody of this tenant. */
  readonly emailOf?: ((userId: string) => string | null) | undefined;
  readonly fault: () => ChatFault | null;
  readonly isToken: (token: string) => boolean;
};

/** The one-to-one conversation of a person, and back. */
export const conversationOf = (userId: string): string => `a:${userId}`;
const personOf = (conversation: string): string | null =>
  conversation.startsWith('a:') ? conversation.slice(2) : null;

/** Heaviest activity Teams takes, counted in UTF-16 (about 100 KB). */
const heaviest = 100 * 1024;

const activitySchema = z.looseObject({
  type: z.literal('message'),
  summary: z.string().min(1),
  attachments: z
    .array(
      z.object({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: z.looseObject({ type: z.literal('AdaptiveCard'), version: z.literal('1.5') }),
      }),
    )
    .min(1),
});
const readJson = internedJson();
const readOnce = once((body: object) => activitySchema.safeParse(body));
const readActivity = (body: unknown) =>
  typeof body === 'object' && body !== null ? readOnce(body) : activitySchema.safeParse(body);

const createSchema = z.object({
  isGroup: z.literal(false),
  members: z.array(z.object({ id: z.string().min(1) })).length(1),
  tenantId: z.string().min(1),
});

/** Answers one request below `/v3`; a switched-on fault comes before or after the effect, as in life. */
export const serveConnector = async (
  state: ConnectorState,
  request: Received,
): Promise<Response> => {
  const fault = state.fault();
  if (fault === 'down') throw connectionError('ECONNREFUSED');
  const [scheme, token = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !state.isToken(token)) return failure(401, 'AuthorizationFailure');
  if (fault === 'throttled') return failure(429, 'TooManyRequests', { 'retry-after': '30' });
  const text = await request.text();
  if (text.length * 2 > heaviest) return failure(413, 'MessageSizeTooBig');
  const answer = await route(state, request, text === '' ? null : readJson(text));
  if (fault === 'lost-answer' && answer.ok) throw connectionError('ECONNRESET');
  return answer;
};

const connectionError = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

const failure = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  Response.json({ error: { code, message: code } }, { status, headers });

const route = (
  state: ConnectorState,
  request: Received,
  body: unknown,
): Promise<Response> | Response => {
  const [, conversation, below, ref] = new URL(request.url).pathname
    .split('/')
    .slice(2)
    .map((piece) => decodeURIComponent(piece));
  if (conversation === undefined) return create(state, body);
  const userId = personOf(conversation);
  if (userId === null) return failure(404, 'ConversationNotFound');
  if (below === 'pagedmembers') return members(state, userId);
  if (state.refuses(userId)) return failure(403, 'ConversationBlockedByUser');
  if (request.method === 'DELETE') return remove(state, ref ?? '');
  const activity = readActivity(body);
  if (!activity.success) return failure(400, 'BadSyntax');
  return ref === undefined ? add(state, userId, activity.data) : change(state, ref, activity.data);
};

const create = (state: ConnectorState, body: unknown): Response => {
  const read = createSchema.safeParse(body);
  if (!read.success) return failure(400, 'BadSyntax');
  const [userId = ''] = read.data.members.map(({ id }) => id);
  if (state.lacks?.(userId)) return failure(403, 'BotNotInConversationRoster');
  return state.refuses(userId)
    ? failure(403, 'ConversationBlockedByUser')
    : Response.json({ id: conversationOf(userId) }, { status: 201 });
};

const members = (state: ConnectorState, userId: string): Response => {
  const email = state.emailOf?.(userId) ?? null;
  const person = { id: `29:${userId}`, aadObjectId: userId, email, userRole: 'user' };
  return Response.json({ members: email === null ? [] : [person] });
};

const remove = (state: ConnectorState, ref: string): Response =>
  state.messages.delete(ref)
    ? new Response(null, { status: 200 })
    : failure(404, 'ActivityNotFoundInConversation');

const add = async (state: ConnectorState, userId: string, payload: unknown): Promise<Response> => {
  const ref = `1:${randomUUID()}`;
  await keep(state, {
    platform: 'teams',
    ref,
    userId,
    payload,
    sentAt: state.clock.now(),
    changedAt: null,
  });
  return Response.json({ id: ref }, { status: 201 });
};

const change = async (
  state: ConnectorState,
  ref: string,
  { id: _id, ...payload }: z.infer<typeof activitySchema>,
): Promise<Response> => {
  const stored = state.messages.get(ref);
  if (stored === undefined) return failure(404, 'ActivityNotFoundInConversation');
  await keep(state, { ...stored, payload, changedAt: state.clock.now() });
  return Response.json({ id: ref });
};

/** Keeps a message in memory and in the host's store. */
export const keep = async (
  state: Pick<ConnectorState, 'messages' | 'save'>,
  message: LocalMessage,
): Promise<void> => {
  state.messages.set(message.ref, message);
  await state.save(message);
};
