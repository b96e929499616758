import { describe, expect, it } from 'vitest';
import { type SlackPost, slackClient } from '../../../../bot/slack/client.ts';
import { byCode } from '../../../../bot/slack/outcome.ts';

const message: SlackPost = {
  channel: 'U1',
  text: 'Kiat hari ini',
  blocks: [],
  unfurl_links: false,
  unfurl_media: false,
};

/** A client whose one request is answered by `answer`; `calls` has every request made. */
const answered = (answer: (url: string, init: RequestInit) => Response | Promise<Response>) => {
  const calls: { url: string; init: RequestInit }[] = [];
  const client = slackClient({
    token: async () => 'xoxb-uji',
    apiUrl: 'https://slack.com/api/',
    fetch: async (input, init = {}) => {
      calls.push({ url: String(input), init });
      return answer(String(input), init);
    },
  });
  return { client, calls };
};
const post = async (answer: () => Response | Promise<Response>) => {
  const { client, calls } = answered(answer);
  const outcome = await client.post('T1', message, { key: 'kunci' });
  expect(calls).toHaveLength(1);
  return outcome;
};
const networkError = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
const refusedWith = (error: string, init: ResponseInit = {}) =>
  Response.json({ ok: false, error }, init);

describe('one POST', () => {
  it('carries the message, no preview of links, the token, and the key alone as metadata', async () => {
    const { client, calls } = answered(() =>
      Response.json({ ok: true, channel: 'D1', ts: '17.1', message: {} }),
    );
    expect(await client.post('T1', message, { key: 'kunci' })).toEqual({
      state: 'sent',
      ref: '17.1',
      conversation: 'D1',
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.url).toBe('https://slack.com/api/chat.postMessage');
    expect(new Headers(calls[0]?.init.headers).get('authorization')).toBe('Bearer xoxb-uji');
    const body = new URLSearchParams(String(calls[0]?.init.body));
    expect(Object.fromEntries(body)).toEqual({
      channel: 'U1',
      text: 'Kiat hari ini',
      blocks: '[]',
      unfurl_links: 'false',
      unfurl_media: 'false',
      metadata: '{"event_type":"langkah_message","event_payload":{"key":"kunci"}}',
    });
  });

  it('carries client_msg_id only where the workspace honours it, and metadata with any key', async () => {
    const { client, calls } = answered(() => Response.json({ ok: true, channel: 'D1', ts: '1.1' }));
    for (const key of [{ key: 'k' }, { key: 'k', honoured: true }, null])
      await client.post('T1', message, key);
    const bodies = calls.map(({ init }) => new URLSearchParams(String(init.body)));
    expect(bodies.map((body) => body.get('client_msg_id'))).toEqual([null, 'k', null]);
    expect(bodies.map((body) => body.has('metadata'))).toEqual([true, true, false]);
  });

  it('is not even made without a token', async () => {
    const settings = { apiUrl: 'https://slack.com/api/', fetch };
    const none = slackClient({ ...settings, token: async () => null });
    expect(await none.post('T1', message, null)).toEqual({
      state: 'lane-paused',
      reason: 'not-installed',
    });
    const broken = slackClient({ ...settings, token: () => Promise.reject(new Error('x')) });
    expect(await broken.post('T1', message, null)).toMatchObject({ state: 'retry' });
  });
});

describe('what an answer means', () => {
  it.each([
    ['30', 30],
    ['0', 0],
    ['3600', 3600],
    // Nothing usable said: the lane waits all the same.
    ['abc', 30],
    ['-5', 30],
    [null, 30],
  ])('429 with Retry-After %s is a retry after %s seconds', async (header, afterSeconds) => {
    const headers = header === null ? {} : { 'retry-after': header };
    expect(await post(() => refusedWith('ratelimited', { status: 429, headers }))).toEqual({
      state: 'retry',
      reason: 'ratelimited',
      afterSeconds,
    });
  });

  it.each([408, 500, 502, 503, 504])('HTTP %i is unknown and not posted again', async (status) => {
    expect(await post(() => new Response('x', { status }))).toEqual({
      state: 'unknown',
      reason: `http-${status}`,
    });
  });

  it('other 4xx are definite: 401 pauses the lane, the rest may be tried again', async () => {
    expect(await post(() => new Response('', { status: 401 }))).toMatchObject({
      state: 'lane-paused',
    });
    expect(await post(() => new Response('', { status: 404 }))).toMatchObject({ state: 'retry' });
  });

  it.each([
    ['fatal_error', 'unknown'],
    ['internal_error', 'unknown'],
    ['some_new_code', 'unknown'],
    ['ratelimited', 'retry'],
    ['rate_limited', 'retry'],
    ['service_unavailable', 'retry'],
    ['channel_not_found', 'unreachable'],
    ['is_archived', 'unreachable'],
    ['user_not_found', 'unreachable'],
    ['restricted_action', 'unreachable'],
    ['token_revoked', 'lane-paused'],
    ['account_inactive', 'lane-paused'],
    ['invalid_auth', 'lane-paused'],
    ['missing_scope', 'lane-paused'],
    ['messages_tab_disabled', 'lane-paused'],
    ['team_added_to_org', 'lane-paused'],
    ['invalid_blocks', 'unreachable'],
    ['msg_blocks_too_long', 'unreachable'],
    ['no_text', 'unreachable'],
  ])('%s is %s', async (code, state) => {
    expect(await post(() => refusedWith(code))).toMatchObject({ state });
    expect(byCode(code, null)).toMatchObject({ state });
  });

  it('names a message of ours that was refused, for that is our fault and not the person’s', () => {
    expect(byCode('invalid_blocks', null)).toEqual({
      state: 'unreachable',
      reason: 'refused:invalid_blocks',
    });
  });

  it('a page that is no JSON, or "ok" without a ts, is unknown and quotes nothing', async () => {
    expect(await post(() => new Response('<html>rahasia</html>'))).toEqual({
      state: 'unknown',
      reason: 'unreadable-answer',
    });
    expect(await post(() => Response.json({ ok: true }))).toMatchObject({ state: 'unknown' });
  });

  it.each([
    ['ECONNREFUSED', 'retry'],
    ['ENOTFOUND', 'retry'],
    ['UND_ERR_CONNECT_TIMEOUT', 'retry'],
    ['CERT_HAS_EXPIRED', 'retry'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'retry'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'retry'],
    // A route can vanish under an open connection as well.
    ['EHOSTUNREACH', 'unknown'],
    ['ETIMEDOUT', 'unknown'],
    ['ECONNRESET', 'unknown'],
    ['UND_ERR_SOCKET', 'unknown'],
    ['EPIPE', 'unknown'],
  ])('%s is %s', async (code, state) => {
    expect(await post(() => Promise.reject(networkError(code)))).toMatchObject({ state });
  });
});

describe('a response URL', () => {
  const respond = (answer: () => Response) =>
    answered(answer).client.respond('https://hooks.slack.com/actions/T1/1/x', {
      ...message,
      replace_original: true,
    });

  it('takes the message, is spent, or is in doubt', async () => {
    expect(await respond(() => new Response('ok'))).toBeNull();
    expect(await respond(() => Response.json({ ok: true }))).toBeNull();
    const spent = { state: 'unreachable', reason: 'response-url-spent' };
    expect(await respond(() => refusedWith('used_url', { status: 404 }))).toEqual(spent);
    const refused = { state: 'unreachable', reason: 'refused:invalid_blocks' };
    expect(await respond(() => refusedWith('invalid_blocks'))).toEqual(refused);
    expect(await respond(() => refusedWith('invalid_blocks', { status: 400 }))).toEqual(refused);
    expect(await respond(() => new Response('invalid_blocks', { status: 400 }))).toEqual(refused);
    expect(await respond(() => new Response('?', { status: 400 }))).toMatchObject({
      ...{ state: 'retry', reason: 'http-400' },
    });
    expect(await respond(() => new Response('', { status: 500 }))).toMatchObject({
      state: 'unknown',
    });
  });
});
