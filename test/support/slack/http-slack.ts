/** A small strict Slack on a real socket: direct messages, their history, scopes, and three ways with client_msg_id. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { methodArguments } from '../../../functions/local/chat/slack-arguments.ts';
import { checkMessage } from '../../../functions/local/chat/slack-rules.ts';

type Given = Readonly<Record<string, string>>;
type Kept = {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  readonly metadata?: unknown;
  readonly client_msg_id?: string;
};

/** What happens to requests of a method: whether they take effect, and what is answered instead. */
type Fault = {
  readonly effect: boolean;
  readonly answer: 'reset' | 'hang' | { readonly status: number; readonly retryAfter?: string };
  /** So many calls of the method go well before. */
  readonly skip?: number;
};

const scopeOf: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.delete': 'chat:write',
  'conversations.open': 'im:write',
  'conversations.history': 'im:history',
};

/** Opens the server for one test; everything it keeps and counts can be looked at and changed. */
export const httpSlack = async () => {
  const slack = {
    token: `xoxb-uji-${randomUUID()}`,
    /** An error code that every call gets, such as token_revoked. */
    refusing: null as string | null,
    scopes: new Set([
      ...['chat:write', 'commands', 'im:write', 'users:read'],
      ...['im:history', 'users:read.email'],
    ]),
    clientMsgId: 'ignores' as 'deduplicates' | 'ignores' | 'refuses',
    faults: new Map<string, Fault>(),
    /** Methods called, in order. */
    calls: [] as string[],
    messages: [] as Kept[],
    /** The server's time. */
    now: () => new Date(),
    apiUrl: '',
    /** What one person's conversation shows. */
    shownTo: (userId: string) => slack.messages.filter(({ channel }) => channel === `D${userId}`),
    stamp: (): string => {
      const micros = Math.max(last + 1, slack.now().getTime() * 1000);
      last = micros;
      return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
    },
  };
  let last = 0;
  const server = createServer((request, response) => void serve(slack, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  slack.apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  return slack;
};
export type HttpSlack = Awaited<ReturnType<typeof httpSlack>>;

const serve = async (
  slack: HttpSlack,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const method = (request.url ?? '').slice('/api/'.length);
  const given = Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString()));
  slack.calls.push(method);
  const set = slack.faults.get(method);
  const calls = slack.calls.filter((one) => one === method).length;
  const fault = calls > (set?.skip ?? 0) ? set : undefined;
  const body = fault?.effect === false ? null : act(slack, request, { method, given });
  if (fault?.answer === 'hang') return;
  if (fault?.answer === 'reset') return void request.socket.destroy();
  const { status = 200, retryAfter } = fault?.answer ?? {};
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-oauth-scopes': [...slack.scopes].join(','),
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  });
  response.end(JSON.stringify(status === 200 ? body : { ok: false, error: 'fatal_error' }));
};

const failed = (error: string) => ({ ok: false, error });

const act = (
  slack: HttpSlack,
  request: IncomingMessage,
  { method, given }: { readonly method: string; readonly given: Given },
): object => {
  if (request.headers.authorization !== `Bearer ${slack.token}`) return failed('invalid_auth');
  if (slack.refusing !== null) return failed(slack.refusing);
  const scope = scopeOf[method];
  if (scope !== undefined && !slack.scopes.has(scope)) return failed('missing_scope');
  const known = methodArguments[method];
  if (known === undefined) return failed('unknown_method');
  const taken = known.filter((one) => one !== 'client_msg_id' || slack.clientMsgId !== 'refuses');
  if (Object.keys(given).some((name) => !taken.includes(name))) return failed('invalid_arg_name');
  return methods[method]?.(slack, given) ?? failed('unknown_method');
};

const channelOf = (id = ''): string => (id.startsWith('D') ? id : `D${id}`);

const methods: Readonly<Record<string, (slack: HttpSlack, given: Given) => object>> = {
  'auth.test': () => ({ ok: true, team_id: 'T0NYATA', bot_id: 'B0' }),
  'chat.postMessage': (slack, given) => {
    const channel = channelOf(given['channel']);
    if (!/^D?[UW]/.test(channel) || !/^[DUW]/.test(given['channel'] ?? ''))
      return failed('channel_not_found');
    const { blocks, ...plain } = given;
    const shown = blocks === undefined ? plain : { ...plain, blocks: JSON.parse(blocks) };
    const content = checkMessage(shown);
    if (typeof content === 'string') return failed(content);
    const id = given['client_msg_id'];
    const first = slack.messages.find((one) => id !== undefined && one.client_msg_id === id);
    if (slack.clientMsgId === 'deduplicates' && first !== undefined)
      return { ok: true, channel, ts: first.ts };
    const ts = slack.stamp();
    slack.messages.push({
      ts,
      channel,
      text: given['text'] ?? '',
      ...(given['metadata'] === undefined ? {} : { metadata: JSON.parse(given['metadata']) }),
      ...(id === undefined ? {} : { client_msg_id: id }),
    });
    return { ok: true, channel, ts };
  },
  'chat.delete': (slack, { channel, ts }) => {
    const at = slack.messages.findIndex((one) => one.ts === ts && one.channel === channel);
    if (at < 0) return failed('message_not_found');
    slack.messages.splice(at, 1);
    return { ok: true, channel, ts };
  },
  'conversations.open': (_, { users }) => ({ ok: true, channel: { id: channelOf(users) } }),
  'conversations.history': (slack, { channel = '', oldest = '0', limit = '100', ...rest }) => {
    if (!channel.startsWith('D')) return failed('channel_not_found');
    const all = slack.messages
      .filter((one) => one.channel === channel && Number(one.ts) >= Number(oldest))
      .reverse();
    const messages = all
      .slice(0, Number(limit))
      .map(({ metadata, ...one }) =>
        rest['include_all_metadata'] === 'true' ? { ...one, metadata } : one,
      );
    return { ok: true, messages, has_more: all.length > messages.length };
  },
};
