import { describe, expect, it } from 'vitest';
import { connectorClient } from '../../../bot/teams/client.ts';
import { teamsMessage } from '../../../bot/teams/view.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { ConfigError } from '../../../core/errors.ts';
import { appId, serviceUrl, tenantId } from '../../support/teams/tokens.ts';

const message: ChatMessage = {
  kind: 'notice',
  language: 'id',
  title: 'Uji',
  text: 'Sebuah pesan uji yang cukup panjang.',
  parts: [],
};
const activity = teamsMessage(message);
const place = { serviceUrl, conversation: 'a:percakapan/1' };

/** A client whose network is `answer`; keeps every request that left. */
const clientOf = (answer: (request: Request) => Response | Promise<Response>) => {
  const requests: Request[] = [];
  const tokens = { given: 0 };
  const client = connectorClient({
    token: async () => {
      tokens.given += 1;
      return 'rahasia';
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request.clone());
      return answer(request);
    },
    allowedHosts: ['smba.trafficmanager.net'],
    timeout: 50,
  });
  return { client, requests, tokens };
};

describe('sending', () => {
  it('posts the activity once, with the token and without following redirects', async () => {
    const { client, requests } = clientOf(() => Response.json({ id: '1:baru' }, { status: 201 }));
    expect(await client.send(place, activity)).toEqual({
      state: 'sent',
      ref: '1:baru',
      conversation: place.conversation,
    });
    const [request] = requests;
    expect(requests).toHaveLength(1);
    expect(request?.url).toBe(`${serviceUrl}v3/conversations/a%3Apercakapan%2F1/activities`);
    expect(request?.headers.get('authorization')).toBe('Bearer rahasia');
    expect(request?.redirect).toBe('manual');
    expect(await request?.json()).toEqual({ ...activity });
  });

  it('changes a message in place', async () => {
    const { client, requests } = clientOf(() => new Response(null, { status: 200 }));
    expect(await client.update({ ...place, ref: '1:lama' }, activity)).toMatchObject({
      state: 'sent',
      ref: '1:lama',
    });
    expect(requests[0]?.method).toBe('PUT');
    expect(requests[0]?.url).toMatch(/\/activities\/1%3Alama$/);
  });

  it('opens a conversation by Entra id and tenant', async () => {
    const { client, requests } = clientOf(() => Response.json({ id: 'a:baru' }, { status: 201 }));
    // A base without its last slash keeps its last segment.
    const person = { serviceUrl: serviceUrl.slice(0, -1), tenantId, appId, userId: 'oid-sari' };
    expect(await client.create(person)).toEqual({ state: 'created', conversation: 'a:baru' });
    expect(requests[0]?.url).toBe(`${serviceUrl}v3/conversations`);
    expect(await requests[0]?.json()).toMatchObject({
      isGroup: false,
      members: [{ id: 'oid-sari' }],
      tenantId,
    });
  });

  it.each([
    'https://contoh.example/',
    'http://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net.contoh.example/',
    'bukan alamat',
  ])('sends no token to %s', async (bad) => {
    const { client, requests, tokens } = clientOf(() => Response.json({}));
    expect(await client.send({ ...place, serviceUrl: bad }, activity)).toEqual({
      state: 'unreachable',
      reason: 'service-url-not-allowed',
    });
    expect([requests.length, tokens.given]).toEqual([0, 0]);
  });
});

const coded = (code: string) => ({ error: { code, message: 'refused' } });

describe('what an answer means', () => {
  it.each([
    [429, {}, { state: 'retry', reason: 'throttled', afterSeconds: 17 }, '17'],
    [
      429,
      {},
      { state: 'retry', reason: 'throttled', afterSeconds: 30 },
      'Mon, 07 Dec 2026 01:30:00 GMT',
    ],
    [
      412,
      coded('PreconditionFailed'),
      { state: 'retry', reason: 'conversation-busy', afterSeconds: null },
    ],
    [403, coded('ConversationBlockedByUser'), { state: 'unreachable', reason: 'blocked-by-user' }],
    [403, coded('BotNotInConversationRoster'), { state: 'unreachable', reason: 'not-installed' }],
    [403, coded('BotDisabledByAdmin'), { state: 'unreachable', reason: 'disabled-by-admin' }],
    [
      403,
      { error: { code: 'Forbidden', message: 'Ensure user has a valid license.' } },
      { state: 'unreachable', reason: 'unlicensed' },
    ],
    [
      403,
      { error: { code: 'Forbidden', message: 'Not allowed for a guest user' } },
      { state: 'unreachable', reason: 'guest' },
    ],
    [
      403,
      { error: { code: 'Forbidden', subCode: 'MessageWritesBlocked' } },
      { state: 'unreachable', reason: 'writes-blocked' },
    ],
    [403, { subCode: 'MessageWritesBlocked' }, { state: 'unreachable', reason: 'writes-blocked' }],
    [429, {}, { state: 'retry', reason: 'throttled', afterSeconds: 0 }, '0'],
    [429, {}, { state: 'retry', reason: 'throttled', afterSeconds: 3600 }, '3600'],
    [429, {}, { state: 'retry', reason: 'throttled', afterSeconds: 30 }, 'abc'],
    [429, {}, { state: 'retry', reason: 'throttled', afterSeconds: 30 }],
    // One busy conversation holds no other up.
    [412, {}, { state: 'retry', reason: 'conversation-busy', afterSeconds: null }, '60'],
    [403, coded('SomethingNew'), { state: 'retry', reason: 'http-403', afterSeconds: null }],
    [405, {}, { state: 'retry', reason: 'http-405', afterSeconds: null }],
    [
      404,
      coded('ConversationNotFound'),
      { state: 'unreachable', reason: 'conversation-not-found' },
    ],
    [
      404,
      coded('ActivityNotFoundInConversation'),
      { state: 'unreachable', reason: 'message-not-found' },
    ],
    [401, {}, { state: 'lane-paused', reason: 'unauthorized' }],
    [400, coded('BadSyntax'), { state: 'unreachable', reason: 'refused:http-400' }],
    [408, {}, { state: 'unknown', reason: 'http-408' }],
    [413, coded('MessageSizeTooBig'), { state: 'unreachable', reason: 'refused:http-413' }],
    [500, {}, { state: 'unknown', reason: 'http-500' }],
    [502, {}, { state: 'unknown', reason: 'http-502' }],
    [503, {}, { state: 'unknown', reason: 'http-503' }, '5'],
    [504, {}, { state: 'unknown', reason: 'http-504' }],
    [307, {}, { state: 'unknown', reason: 'http-307' }],
    [201, {}, { state: 'unknown', reason: 'http-201-without-id' }],
  ])('%i with %j is %j', async (...[status, body, outcome, retryAfter = '']) => {
    const headers: Record<string, string> = {};
    if (retryAfter !== '') headers['retry-after'] = retryAfter;
    if (status === 307) headers['location'] = 'https://contoh.example/';
    const { client, requests } = clientOf(() => Response.json(body, { status, headers }));
    expect(await client.send(place, activity)).toEqual(outcome);
    expect(requests).toHaveLength(1);
  });

  it('does not choke on a refusal that is no JSON', async () => {
    const { client } = clientOf(() => new Response('<html>', { status: 403 }));
    expect(await client.send(place, activity)).toMatchObject({
      state: 'retry',
      reason: 'http-403',
    });
  });

  const failing = (code: string) => () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  };

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s means that nothing left: try again',
    async (code) => {
      const { client } = clientOf(failing(code));
      expect(await client.send(place, activity)).toEqual({
        state: 'retry',
        reason: 'not-connected',
        afterSeconds: null,
      });
    },
  );

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])('%s leaves it unknown', async (code) => {
    const { client } = clientOf(failing(code));
    expect(await client.send(place, activity)).toEqual({ state: 'unknown', reason: code });
  });

  it('gives up a silent request as unknown', async () => {
    const { client } = clientOf(
      ({ signal }) =>
        new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason))),
    );
    expect(await client.send(place, activity)).toEqual({ state: 'unknown', reason: 'timeout' });
  });

  it('tells a refused token from one that is late', async () => {
    const withToken = (token: () => Promise<string>) =>
      connectorClient({
        token,
        fetch: () => Promise.reject(new Error('nothing may leave')),
        allowedHosts: ['smba.trafficmanager.net'],
      }).send(place, activity);
    expect(await withToken(() => Promise.reject(new ConfigError('bad secret')))).toEqual({
      state: 'lane-paused',
      reason: 'token-refused',
    });
    expect(await withToken(() => Promise.reject(new Error('down')))).toMatchObject({
      state: 'retry',
      reason: 'token-unavailable',
    });
  });
});
