/** The Web API and the response URLs of the local workspace, served in process to a `fetch` of ours. */
import * as z from 'zod';
import { slackLimits as limits } from '../../../../bot/slack/limits.ts';
import { minute } from '../../../../core/clock.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { internedJson } from '../interned.ts';
import type { Received } from '../received.ts';
import { methodArguments, replyArguments } from './arguments.ts';
import { type Content, checkMessage, isMetadata } from './blocks/rules.ts';
import { readHistory, withMetadata } from './history.ts';
import { type Arguments, channelOf, failed, personOf, type WorkspaceState } from './state.ts';
import { changeModal, openModal, publishHome } from './views.ts';

/** A conversation is read by its own id only. */
const ownerOf = (channel: string) => (channel.startsWith('D') ? personOf(channel) : null);

/** Answers one request to slack.com or hooks.slack.com; a switched-on fault comes before or after the effect, as in life. */
export const serveSlack = async (state: WorkspaceState, request: Received): Promise<Response> => {
  const { host, pathname } = new URL(request.url);
  const isApi = host === 'slack.com' && pathname.startsWith('/api/');
  if (!isApi && host !== 'hooks.slack.com')
    throw new Error(`the local workspace does not serve ${host}`);
  const fault = state.fault();
  if (fault === 'down') throw connectionError('ECONNREFUSED');
  const answer = isApi
    ? await serveMethod(state, request, pathname.slice('/api/'.length))
    : await serveReplyUrl(state, request);
  if (fault === 'lost-answer' && answer.ok) throw connectionError('ECONNRESET');
  return answer;
};

const connectionError = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

const serveMethod = async (
  state: WorkspaceState,
  request: Received,
  method: string,
): Promise<Response> => {
  const known = methodArguments[method];
  if (known === undefined) return failed('unknown_method');
  if (request.headers.get('authorization') !== `Bearer ${state.token}`)
    return failed('invalid_auth');
  if (state.fault() === 'throttled')
    return Response.json(
      { ok: false, error: 'ratelimited' },
      { status: 429, headers: { 'retry-after': '30' } },
    );
  const given = await readArguments(request);
  if (Object.keys(given).some((name) => !known.includes(name))) return failed('invalid_arg_name');
  switch (method) {
    case 'chat.postMessage':
      return post(state, given);
    case 'chat.update':
      return change(state, given);
    case 'chat.delete':
      return erase(state, given);
    case 'views.open':
      return openModal(state, given);
    case 'views.update':
      return changeModal(state, given);
    case 'views.publish':
      return publishHome(state, given);
    case 'conversations.open':
      return openChannel(state, personOf(String(given['users'])));
    case 'conversations.history':
      return Response.json(
        readHistory(state.messages.values(), ownerOf(String(given['channel'])), given),
      );
    default:
      return Response.json({
        ok: true,
        team_id: state.workspaceId,
        user_id: 'U0BOT',
        bot_id: 'B0',
      });
  }
};

/** JSON, or a form in which whatever is no plain text is written as JSON. */
const readArguments = async (request: Received): Promise<Arguments> => {
  const body = await request.text();
  if (request.headers.get('content-type')?.startsWith('application/json'))
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      structured.includes(name) ? readJson(value) : value,
    ]),
  );
};
const structured = ['attachments', 'blocks', 'metadata', 'view'];
const readJson = internedJson();

/** The same blocks under the same text were looked at before, for somebody else. */
const checked = new WeakMap<
  object,
  { readonly text: unknown; readonly content: Content | string }
>();
const checkOnce = (given: Arguments): Content | string => {
  const { text, blocks } = given;
  if (typeof blocks !== 'object' || blocks === null) return checkMessage(given);
  const known = checked.get(blocks);
  if (known?.text === text && known !== undefined) return known.content;
  const content = checkMessage(given);
  checked.set(blocks, { text, content });
  return content;
};

const post = async (state: WorkspaceState, given: Arguments): Promise<Response> => {
  const userId = personOf(String(given['channel'] ?? ''));
  if (userId === null || state.refuses(userId)) return failed('channel_not_found');
  if (given['metadata'] !== undefined && !isMetadata(given['metadata']))
    return failed('invalid_metadata_format');
  const payload = checkOnce(given);
  if (typeof payload === 'string') return failed(payload);
  const metadata = given['metadata'];
  const ts = await add(state, userId, metadata === undefined ? payload : { ...payload, metadata });
  return Response.json({
    ok: true,
    channel: channelOf(userId),
    ts,
    message: { text: payload.text, ts },
  });
};

const change = async (state: WorkspaceState, given: Arguments): Promise<Response> => {
  const channel = String(given['channel'] ?? '');
  const stored = state.messages.get(String(given['ts'] ?? ''));
  if (stored === undefined) return failed('message_not_found');
  if (channel !== channelOf(stored.userId)) return failed('channel_not_found');
  const payload = checkOnce(given);
  if (typeof payload === 'string') return failed(payload);
  const changed = { payload: withMetadata(payload, stored), changedAt: state.clock.now() };
  await keep(state, { ...stored, ...changed });
  return Response.json({ ok: true, channel, ts: stored.ref, text: payload.text });
};

const openChannel = (state: WorkspaceState, userId: string | null): Response => {
  if (userId === null || state.refuses(userId)) return failed('user_not_found');
  return Response.json({ ok: true, channel: { id: channelOf(userId) } });
};

const serveReplyUrl = async (state: WorkspaceState, request: Received): Promise<Response> => {
  const url = state.replyUrls.get(request.url);
  const now = state.clock.now();
  const refused = (status: number, error: string) =>
    Response.json({ ok: false, error }, { status });
  if (url === undefined || now.getTime() - url.at.getTime() > limits.responseMinutes * minute)
    return refused(404, 'expired_url');
  if (url.uses >= limits.responseUses) return refused(404, 'used_url');
  const given = await readArguments(request);
  if (Object.keys(given).some((name) => !replyArguments.includes(name)))
    return refused(400, 'invalid_arg_name');
  const payload = checkOnce(given);
  if (typeof payload === 'string') return refused(400, payload);
  state.replyUrls.set(request.url, { ...url, uses: url.uses + 1 });
  const original = url.ref === null ? undefined : state.messages.get(url.ref);
  if (given['replace_original'] === true && original !== undefined)
    await keep(state, { ...original, payload: withMetadata(payload, original), changedAt: now });
  else await add(state, url.userId, payload);
  return new Response('ok');
};

const erase = (state: WorkspaceState, given: Arguments): Response => {
  const channel = String(given['channel'] ?? '');
  const ref = String(given['ts'] ?? '');
  const stored = state.messages.get(ref);
  if (stored === undefined || channel !== channelOf(stored.userId))
    return failed(stored === undefined ? 'message_not_found' : 'channel_not_found');
  state.messages.delete(ref);
  return Response.json({ ok: true, channel, ts: ref });
};

const add = async (state: WorkspaceState, userId: string, payload: object): Promise<string> => {
  const ref = state.stamp();
  const sentAt = state.clock.now();
  await keep(state, { platform: 'slack', ref, userId, payload, sentAt, changedAt: null });
  return ref;
};

const keep = async (state: WorkspaceState, message: LocalMessage): Promise<void> => {
  state.messages.set(message.ref, message);
  await state.save(message);
};
