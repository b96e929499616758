import { describe, expect, it } from 'vitest';
import { teamsClouds } from '../../../bot/teams/microsoft/cloud.ts';
import { minute } from '../../../core/clock.ts';
import { ConfigError } from '../../../core/errors.ts';
import { slackTokens } from '../../../functions/app/slack/token.ts';
import { connectorToken } from '../../../functions/app/teams/token.ts';

const clockAt = (start: number) => {
  const state = { at: start };
  return { state, now: () => new Date(state.at) };
};

describe('the bot token of a Slack workspace', () => {
  it('is read once in five minutes, and a replaced one is used after that', async () => {
    const clock = clockAt(0);
    const stored = new Map([['slack-token-T1', 'lama']]);
    const asked: string[] = [];
    const token = slackTokens(
      {
        get: async (name) => {
          asked.push(name);
          return stored.get(name) ?? null;
        },
      },
      clock,
    );
    expect(await token('T1')).toBe('lama');
    stored.set('slack-token-T1', 'baru');
    clock.state.at = 5 * minute - 1;
    expect(await token('T1')).toBe('lama');
    clock.state.at = 5 * minute;
    expect(await token('T1')).toBe('baru');
    expect(asked).toEqual(['slack-token-T1', 'slack-token-T1']);
  });

  it('is null where the app is not installed, until it is, and for what is no workspace id', async () => {
    const stored = new Map<string, string>([['slack-token-../jobs', 'rahasia']]);
    const token = slackTokens({ get: async (name) => stored.get(name) ?? null }, clockAt(0));
    expect(await token('T2')).toBeNull();
    stored.set('slack-token-T2', 'baru');
    expect(await token('T2')).toBe('baru');
    expect(await token('../jobs')).toBeNull();
    expect(await token('')).toBeNull();
  });
});

describe('the token for the Teams Connector', () => {
  const entra = (answers: readonly Response[]) => {
    const requests: Request[] = [];
    const left = [...answers];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      requests.push(new Request(input, init));
      return left.shift() ?? new Response(null, { status: 503 });
    };
    return { requests, fetch };
  };
  const granted = (token: string) => Response.json({ access_token: token, expires_in: 3600 });
  const open = (answers: readonly Response[]) => {
    const clock = clockAt(0);
    const { requests, fetch } = entra(answers);
    const cloud = teamsClouds.public;
    const credentials = { tenantId: 'penyewa', appId: 'aplikasi', password: 'sandi', cloud };
    return { clock, requests, token: connectorToken({ ...credentials, fetch, clock }) };
  };

  it('is asked for once by many, and again five minutes before its end', async () => {
    const { clock, requests, token } = open([granted('satu'), granted('dua')]);
    expect(await Promise.all([token(), token(), token()])).toEqual(['satu', 'satu', 'satu']);
    clock.state.at = 55 * minute - 1;
    expect(await token()).toBe('satu');
    clock.state.at = 55 * minute;
    expect(await token()).toBe('dua');
    expect(requests.map(({ url }) => url)).toEqual([
      'https://login.microsoftonline.com/penyewa/oauth2/v2.0/token',
      'https://login.microsoftonline.com/penyewa/oauth2/v2.0/token',
    ]);
    const form = new URLSearchParams(await requests[0]?.text());
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'aplikasi',
      client_secret: 'sandi',
      scope: 'https://api.botframework.com/.default',
    });
  });

  it('is a fault of the settings when refused, and worth another try when Entra ID is down', async () => {
    const refused = Response.json({ error_description: 'sandi salah' }, { status: 401 });
    const { token } = open([refused, new Response(null, { status: 503 }), granted('tiga')]);
    await expect(token()).rejects.toThrow(ConfigError);
    await expect(token()).rejects.toThrow('Entra ID answered 503');
    expect(await token()).toBe('tiga');
  });
});
