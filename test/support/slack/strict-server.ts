/** A strict Slack on a real socket: local workspaces behind tokens that rotate, scopes, waits by method and workspace, published refusals, answers that get lost. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { root } from '../../../functions/app/files.ts';
import type { SlackWorkspace } from '../../../functions/local/chat/slack/workspace.ts';

type Member = { readonly id: string; readonly workspace: SlackWorkspace };
type Call = { readonly workspaceId: string; readonly method: string };

/** What happens to requests of a method: whether they take effect, and what is answered instead. */
type Fault = {
  readonly effect: boolean;
  readonly answer: 'reset' | 'hang' | { readonly status: number; readonly retryAfter?: string };
  /** So many calls of the method go well before. */
  readonly skip?: number;
};

/** Scopes without which a method is refused (docs.slack.dev/reference/methods). */
const scopeOf: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'conversations.open': 'im:write',
  'conversations.history': 'im:history',
};

const published = z
  .object({ methods: z.record(z.string(), z.object({ errors: z.array(z.string()) })) })
  .parse(
    JSON.parse(await readFile(join(root, 'test/fixtures/slack/slack-method-errors.json'), 'utf8')),
  ).methods;

const state = () => ({
  /** Workspaces by the token that opens them now. */
  members: new Map<string, Member>(),
  /** Tokens that were replaced. */
  spent: new Set<string>(),
  /** Seconds to wait, by "workspace method". */
  waits: new Map<string, number>(),
  /** What every token may do. */
  scopes: new Set([
    ...['chat:write', 'commands', 'im:write', 'users:read'],
    ...['im:history', 'users:read.email'],
  ]),
  /** Lost and broken answers by method. */
  faults: new Map<string, Fault>(),
  /** Refusals by method; a code that Slack does not publish for it is a fault of the test. */
  refusing: new Map<string, string>(),
  clientMsgId: 'ignores' as 'deduplicates' | 'ignores' | 'refuses',
  /** Answers by "workspace client_msg_id". */
  posted: new Map<string, string>(),
  calls: [] as Call[],
});
type State = ReturnType<typeof state>;

/** Opens the server for one test. */
export const strictServer = async () => {
  const slack = state();
  const server = createServer((request, response) => void serve(slack, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(slack, {
    apiUrl: `${base}/api/`,
    /** A fetch that finds Slack's hosts here, over the socket. */
    fetch: (async (input, init) => {
      const { host, pathname } = new URL(input instanceof Request ? input.url : String(input));
      return fetch(`${base}${host === 'hooks.slack.com' ? '/hooks' : ''}${pathname}`, init);
    }) as typeof fetch,
    /** Takes a workspace in and gives the token that opens it. */
    add: (id: string, workspace: SlackWorkspace): string => admit(slack, { id, workspace }),
    /** Replaces the token of a workspace; the old one is refused from now on. */
    rotate: (old: string): string => {
      const member = slack.members.get(old);
      if (member === undefined) throw new Error('no such token');
      slack.members.delete(old);
      slack.spent.add(old);
      return admit(slack, member);
    },
  });
};
export type StrictServer = Awaited<ReturnType<typeof strictServer>>;

const admit = (slack: State, member: Member): string => {
  const token = `xoxe.xoxb-uji-${randomUUID()}`;
  slack.members.set(token, member);
  return token;
};

const serve = async (
  slack: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const answer = await withFaults(slack, request, Buffer.concat(pieces).toString());
    if (answer === null) return;
    const scopes = [...slack.scopes].join(',');
    response.writeHead(answer.status, {
      ...Object.fromEntries(answer.headers),
      'x-oauth-scopes': scopes,
    });
    response.end(await answer.text());
  } catch {
    // The workspace lost its answer, or was never reached: the socket says as much.
    request.socket.destroy();
  }
};

/** The answer, or what a fault makes of it; null for one that never comes, a throw for a lost connection. */
const withFaults = async (
  slack: State,
  request: IncomingMessage,
  body: string,
): Promise<Response | null> => {
  const path = request.url ?? '';
  if (!path.startsWith('/api/')) return answerTo(slack, request, body);
  const method = path.slice('/api/'.length);
  slack.calls.push({ workspaceId: slack.members.get(tokenOf(request))?.id ?? '', method });
  const set = slack.faults.get(method);
  const calls = slack.calls.filter((call) => call.method === method).length;
  const fault = calls > (set?.skip ?? 0) ? set : undefined;
  if (fault === undefined) return answerTo(slack, request, body);
  if (fault.effect) await answerTo(slack, request, body);
  if (fault.answer === 'hang') return null;
  if (fault.answer === 'reset') throw new Error('reset');
  const { status, retryAfter } = fault.answer;
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return Response.json({ ok: false, error: 'fatal_error' }, { status, headers });
};

const tokenOf = ({ headers }: IncomingMessage): string =>
  (headers.authorization ?? '').replace(/^Bearer /, '');

const failed = (error: string): Response => Response.json({ ok: false, error });

const answerTo = async (
  slack: State,
  request: IncomingMessage,
  body: string,
): Promise<Response> => {
  const path = request.url ?? '';
  const contentType = request.headers['content-type'] ?? '';
  const headers = { 'content-type': contentType };
  if (path.startsWith('/hooks/')) {
    const [member] = slack.members.values();
    const url = `https://hooks.slack.com${path.slice('/hooks'.length)}`;
    return member?.workspace.fetch(url, { method: 'POST', headers, body }) ?? failed('no_service');
  }
  const method = path.slice('/api/'.length);
  const token = tokenOf(request);
  if (slack.spent.has(token)) return failed('token_expired');
  const member = slack.members.get(token);
  if (member === undefined) return failed(token === '' ? 'not_authed' : 'invalid_auth');
  return refusal(slack, member, method) ?? forward(slack, { member, method, headers, body });
};

/** Of a method that is not among the published ones at hand any code is taken; a token is looked at before everything else. */
const isPublished = (method: string, code: string): boolean =>
  [...(published[method]?.errors ?? [code]), ...(published['auth.test']?.errors ?? [])].includes(
    code,
  );

const refusal = (slack: State, { id }: Member, method: string): Response | null => {
  const wait = slack.waits.get(`${id} ${method}`);
  if (wait !== undefined)
    return Response.json(
      { ok: false, error: 'ratelimited' },
      { status: 429, headers: { 'retry-after': String(wait) } },
    );
  const code = slack.refusing.get(method);
  if (code !== undefined) return failed(isPublished(method, code) ? code : 'unpublished_code');
  const scope = scopeOf[method];
  return scope === undefined || slack.scopes.has(scope) ? null : failed('missing_scope');
};

const forward = async (
  slack: State,
  call: {
    readonly member: Member;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
): Promise<Response> => {
  const { member, method, headers, body } = call;
  const key = clientKey(call);
  if (key !== null && slack.clientMsgId === 'refuses') return failed('invalid_arg_name');
  const known = key === null ? undefined : slack.posted.get(`${member.id} ${key}`);
  if (slack.clientMsgId === 'deduplicates' && known !== undefined) return new Response(known);
  const authorization = `Bearer ${await member.workspace.botToken(member.id)}`;
  const answer = await member.workspace.fetch(`https://slack.com/api/${method}`, {
    method: 'POST',
    headers: { ...headers, authorization },
    body,
  });
  if (key !== null) slack.posted.set(`${member.id} ${key}`, await answer.clone().text());
  return answer;
};

/** The client_msg_id of a request, as a form or as JSON; null without one. */
const clientKey = ({
  headers,
  body,
}: {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): string | null => {
  const json = headers['content-type']?.startsWith('application/json') === true;
  const given = json ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  return z.object({ client_msg_id: z.string() }).safeParse(given).data?.client_msg_id ?? null;
};
