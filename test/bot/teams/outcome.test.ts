import { describe, expect, it } from 'vitest';
import { connectorClient } from '../../../bot/teams/client.ts';
import { ConfigError } from '../../../core/errors.ts';
import { activity, clientOf, place } from '../../support/teams/connector.ts';

const coded = (code: string) => ({ error: { code, message: 'refused' } });
const passedOn = (subCode: string) => ({
  errorCode: 209,
  message: JSON.stringify({
    subCode,
    details: 'Thread is blocked from message writes.',
    errorCode: null,
  }),
});

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
    [403, coded('ForbiddenOperationException'), { state: 'unreachable', reason: 'not-installed' }],
    [403, coded('InvalidBotApiHost'), { state: 'lane-paused', reason: 'wrong-cloud' }],
    [
      403,
      coded('NotEnoughPermissions'),
      { state: 'retry', reason: 'http-403', afterSeconds: null },
    ],
    [403, coded('BotDisabledByAdmin'), { state: 'unreachable', reason: 'disabled-by-admin' }],
    [
      403,
      {
        error: {
          code: 'Forbidden',
          message:
            'Failed to get license information for the user. Ensure user has a valid Office365 license assigned to them.',
        },
      },
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
    // As the documentation shows it: the inner service's answer is text inside the message.
    [403, passedOn('MessageWritesBlocked'), { state: 'unreachable', reason: 'writes-blocked' }],
    [
      403,
      { error: { code: 'Forbidden', ...passedOn('MessageWritesBlocked') } },
      { state: 'unreachable', reason: 'writes-blocked' },
    ],
    // A code is believed before words, whatever they say.
    [
      403,
      {
        error: { code: 'BotDisabledByAdmin', message: 'Not allowed for a guest without a license' },
      },
      { state: 'unreachable', reason: 'disabled-by-admin' },
    ],
    [403, { message: '{"subCode": ' }, { state: 'retry', reason: 'http-403', afterSeconds: null }],
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
