/** Faults that public reports describe for other Slack apps, each kept out of ours by name. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type SlackPost, slackClient } from '../../../../bot/slack/client.ts';
import { writeModalContext } from '../../../../bot/slack/forms/payloads.ts';
import { parseSlack } from '../../../../bot/slack/parse.ts';
import { slackSignature } from '../../../../bot/slack/verify.ts';
import { slackDirectory } from '../../../../bot/slack/workspace/directory.ts';
import { actionIds } from '../../../../core/conversation/message.ts';
import { root } from '../../../../functions/app/files.ts';
import { toRequest } from '../../../../functions/aws/http/event.ts';
import { slackGrid } from '../../../support/slack/grid.ts';
import { catalogue, form, signed, userId } from '../../../support/slack/sari.ts';
import { slackHouse, workspaceId } from '../../../support/slack/workspace.ts';

const message: SlackPost = {
  channel: 'U1',
  text: 'Kiat hari ini',
  blocks: [],
  unfurl_links: false,
  unfurl_media: false,
};

/** A Slack on a socket that answers posts by the token they carry. */
const listen = async (
  answer: (token: string) => { status: number; headers?: object; body: object },
) => {
  const posts: string[] = [];
  const server = createServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    posts.push(token);
    request.resume().on('end', () => {
      const { status, headers = {}, body } = answer(token);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { posts, apiUrl: `http://127.0.0.1:${port}/api/` };
};
/** Slack's methods and what each takes, as published. */
const published = z
  .object({ methods: z.record(z.string(), z.object({ args: z.array(z.string()) })) })
  .parse(
    JSON.parse(await readFile(join(root, 'test/fixtures/slack/slack-method-errors.json'), 'utf8')),
  ).methods;

const sent = { status: 200, body: { ok: true, channel: 'D1', ts: '1.1' } };

/** A body as API Gateway hands it over, signed as Slack signs its bytes. */
const gateway = (
  house: ReturnType<typeof slackHouse>,
  body: string,
  given: { readonly type: string; readonly base64: boolean; readonly ahead?: number },
): Request => {
  const time = String(Math.floor(house.state.at / 1000) + (given.ahead ?? 0));
  const bytes = Buffer.from(body);
  const secret = house.workspace.signingSecret;
  return toRequest({
    rawPath: '/slack/events',
    rawQueryString: '',
    headers: {
      'content-type': given.type,
      'x-slack-request-timestamp': time,
      'x-slack-signature': slackSignature({ secret, time, body: bytes }),
    },
    requestContext: { http: { method: 'POST' }, domainName: 'langkah.contoh.example' },
    body: given.base64 ? bytes.toString('base64') : body,
    isBase64Encoded: given.base64,
  } as unknown as APIGatewayProxyEventV2);
};
const command = (text: string) =>
  form({ command: '/langkah', text, user_id: userId, team_id: workspaceId, trigger_id: '1.2' });
const formType = 'application/x-www-form-urlencoded';

describe('public faults, inbound', () => {
  it('base64 UTF-8 body: is decoded as bytes, then as UTF-8, never as ASCII', async () => {
    const house = slackHouse(catalogue);
    const request = gateway(house, command('apa kabar é😀'), { type: formType, base64: true });
    expect((await house.door(request)).status).toBe(200);
    expect(await house.drain()).toMatchObject([{ kind: 'text', text: 'apa kabar é😀' }]);
  });

  it('content type with charset: is compared without its parameters', async () => {
    const house = slackHouse(catalogue);
    const type = `${formType}; charset=utf-8`;
    const request = gateway(house, command('bantuan'), { type, base64: false });
    expect((await house.door(request)).status).toBe(200);
    expect(await house.drain()).toMatchObject([{ kind: 'text', text: 'bantuan' }]);
  });

  it('timestamp in the future: is refused although its signature is right', async () => {
    const house = slackHouse(catalogue);
    const given = { type: formType, base64: false };
    const tomorrow = gateway(house, command('bantuan'), { ...given, ahead: 86_400 });
    expect((await house.door(tomorrow)).status).toBe(401);
    const soon = gateway(house, command('bantuan'), { ...given, ahead: 299 });
    expect((await house.door(soon)).status).toBe(200);
    expect(house.bodies).toHaveLength(1);
  });

  it('triple event delivery: three deliveries have one key, retry headers or not', async () => {
    const house = slackHouse(catalogue);
    const body = await house.workspace.type({ userId, text: 'jeda 7' }).text();
    for (const retry of [null, '1', '2']) {
      const request = signed(house, body, 'application/json');
      if (retry !== null) request.headers.set('x-slack-retry-num', retry);
      expect((await house.door(request)).status).toBe(200);
    }
    const keys = (await house.drain()).map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  });

  it('ack slower than 3 s because work follows: the answer is out before anything is done', async () => {
    const house = slackHouse(catalogue);
    house.state.lag = 10_000;
    const before = house.state.at;
    const answer = await house.door(house.workspace.type({ userId, text: 'kiat' }));
    expect([answer.status, house.state.at - before, house.requests]).toEqual([200, 0, []]);
    expect(house.bodies).toHaveLength(1);
  });

  it('view submitted from another workspace of the grid: counts where the app is installed', () => {
    const place = { conversation: 'D1', ref: '1.1', replyUrl: null };
    const body = {
      type: 'view_submission',
      user: { id: userId, team_id: 'T0LAIN' },
      team: { id: 'T0LAIN' },
      view: {
        id: 'V1',
        callback_id: actionIds.submitPulse,
        private_metadata: writeModalContext({ ticket: 'a.b', ...place }),
        app_installed_team_id: 'T0SATU',
      },
    };
    const ballot = { ticket: 'a.b', sealed: 'kotak' };
    expect(parseSlack(body, new Date(0), ballot)).toMatchObject({
      kind: 'ballot',
      from: { workspaceId: 'T0SATU', userId },
    });
  });

  it('a body that is no JSON, unsigned: is 401 before it is read, signed: is 400, and never a crash', async () => {
    const house = slackHouse(catalogue);
    const unsigned = new Request('https://langkah.contoh.example/slack/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect((await house.door(unsigned)).status).toBe(401);
    expect((await house.door(signed(house, '{', 'application/json'))).status).toBe(400);
  });
});

describe('public faults, outbound', () => {
  it('429 of one workspace delaying another: the other is posted to at once, by the same client', async () => {
    const slack = await listen((token) =>
      token === 'xoxb-penuh'
        ? {
            status: 429,
            headers: { 'retry-after': '30' },
            body: { ok: false, error: 'ratelimited' },
          }
        : sent,
    );
    const token = async (id: string) => (id === 'T0PENUH' ? 'xoxb-penuh' : 'xoxb-lega');
    const client = slackClient({ token, fetch, apiUrl: slack.apiUrl });
    const started = performance.now();
    const [full, free] = await Promise.all([
      client.post('T0PENUH', message, null),
      client.post('T0LEGA', message, null),
    ]);
    expect(full).toMatchObject({ state: 'retry', afterSeconds: 30 });
    expect(free).toMatchObject({ state: 'sent' });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(slack.posts).toHaveLength(2);
  });

  it('SDK re-POST on 502: there is one POST, and its outcome is unknown', async () => {
    const slack = await listen(() => ({ status: 502, body: { ok: false } }));
    const client = slackClient({ token: async () => 'xoxb-uji', fetch, apiUrl: slack.apiUrl });
    expect(await client.post('T1', message, null)).toEqual({
      state: 'unknown',
      reason: 'http-502',
    });
    expect(slack.posts).toHaveLength(1);
  });

  it('a token renewed behind a cache: the refused call goes again later, with the new one', async () => {
    const current = { token: 'xoxb-lama' };
    const slack = await listen((token) =>
      token === 'xoxb-lama' ? { status: 200, body: { ok: false, error: 'token_expired' } } : sent,
    );
    const token = async (_: string, refused?: string) => {
      if (refused !== undefined) current.token = 'xoxb-baru';
      return current.token;
    };
    const client = slackClient({ token, fetch, apiUrl: slack.apiUrl });
    expect(await client.post('T1', message, null)).toEqual({
      state: 'retry',
      reason: 'token-renewed',
      afterSeconds: null,
    });
    expect(await client.post('T1', message, null)).toMatchObject({ state: 'sent' });
    expect(slack.posts).toEqual(['xoxb-lama', 'xoxb-baru']);
  });

  it('a token refused for good: pauses the lane', async () => {
    const slack = await listen(() => ({
      status: 200,
      body: { ok: false, error: 'token_revoked' },
    }));
    const client = slackClient({ token: async () => 'xoxb-uji', fetch, apiUrl: slack.apiUrl });
    expect(await client.post('T1', message, null)).toEqual({
      state: 'lane-paused',
      reason: 'token_revoked',
    });
  });

  it('org install without a team: each method that takes one is told which, and no other', async () => {
    const grid = slackGrid();
    const client = slackClient({
      token: async () => 'xoxb-org',
      fetch: grid.fetch,
      apiUrl: 'https://slack.com/api/',
    });
    await slackDirectory(client).page('T0DUA', null);
    expect(grid.calls).toEqual([
      { method: 'users.list', fields: { limit: '200', team_id: 'T0DUA' } },
    ]);
    for (const [method, { args }] of Object.entries(published)) {
      await client.ask('T0DUA', { method, arguments: {}, schema: z.unknown() });
      const team = args.includes('team_id') ? { team_id: 'T0DUA' } : {};
      expect(grid.calls.at(-1)).toEqual({ method, fields: team });
    }
  });
});
