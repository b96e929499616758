import { describe, expect, it } from 'vitest';
import { teamsClouds } from '../../../bot/teams/microsoft/cloud.ts';
import { isAllowedServiceUrl, teamsVerifier } from '../../../bot/teams/verify.ts';
import { ConfigError } from '../../../core/errors.ts';
import {
  bearer,
  elsewhere,
  forgeries,
  known,
  on,
  unendorsed,
} from '../../support/teams/forgeries.ts';
import {
  activityOf,
  appId,
  honestClaims,
  issuer,
  keySet,
  now,
  serviceUrl,
  tenantId,
} from '../../support/teams/tokens.ts';

const { hosts } = teamsClouds.public;
const settings = { registrations: [{ tenantId, appId }], issuer, hosts, now: () => now };
const verify = teamsVerifier({ ...settings, keys: keySet([known, elsewhere, unendorsed]) });

const ask = (authorization: string | null, activity: unknown = activityOf()) =>
  verify({
    headers: new Headers(authorization === null ? {} : { authorization }),
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
const seconds = now.getTime() / 1000;

describe('an honest request', () => {
  it('passes with its activity', async () => {
    const activity = activityOf();
    expect(await ask(await bearer())).toEqual({ ok: true, activity: { ...activity } });
  });

  it('passes within five minutes of clock difference', async () => {
    expect((await ask(await bearer({ ...honestClaims, exp: seconds - 240 }))).ok).toBe(true);
    expect((await ask(await bearer({ ...honestClaims, nbf: seconds + 240 }))).ok).toBe(true);
  });

  it('passes when the key set tells no endorsements', async () => {
    expect((await ask(await bearer(honestClaims, unendorsed))).ok).toBe(true);
  });
});

describe('a forged request', () => {
  it.each(Object.entries(forgeries))('with %s is a 401 without a detail', async (_, forge) => {
    const [authorization, activity] = await forge();
    const verified = await ask(authorization, activity);
    expect(verified).toEqual({ ok: false, status: 401, reason: expect.any(String) });
  });

  it.each([
    ['token', 'another audience'],
    ['token', 'an unknown key id'],
    ['activity', 'another channel'],
    ['activity', 'a body that is no JSON'],
    ['tenant', 'a tenant that is not ours'],
    ['service-url', 'a foreign host in token and activity'],
    ['endorsement', 'a key endorsed for another channel'],
  ])('is refused for its %s with %s', async (reason, name) => {
    const [authorization = null, activity] = (await forgeries[name]?.()) ?? [];
    expect(await ask(authorization, activity)).toMatchObject({ ok: false, reason });
  });
});

describe('two tenants, each with a registration of its own', () => {
  const second = { tenantId: 'ffffffff-bbbb-4ccc-8ddd-eeeeeeeeeeee', appId: 'aplikasi-kedua' };
  const both = teamsVerifier({
    ...settings,
    registrations: [...settings.registrations, second],
    keys: keySet([known]),
  });
  const passes = async (aud: string, tenant: string) =>
    (
      await both({
        headers: new Headers({ authorization: await bearer({ ...honestClaims, aud }) }),
        body: JSON.stringify(
          activityOf({
            conversation: { id: 'a:x', tenantId: tenant },
            channelData: { tenant: { id: tenant } },
          }),
        ),
      })
    ).ok;

  it('pass with the token of their own bot, and never with that of the other', async () => {
    expect(await passes(appId, tenantId)).toBe(true);
    expect(await passes(second.appId, second.tenantId)).toBe(true);
    expect(await passes(appId, second.tenantId)).toBe(false);
    expect(await passes(second.appId, tenantId)).toBe(false);
  });
});

describe('settings of the verifier', () => {
  it('refuses to start without an app id or a tenant', () => {
    const keys = keySet([known]);
    const verifier = (registrations: Parameters<typeof teamsVerifier>[0]['registrations']) =>
      teamsVerifier({ ...settings, registrations, keys });
    expect(() => verifier([{ tenantId, appId: ' ' }])).toThrow(ConfigError);
    expect(() => verifier([])).toThrow(ConfigError);
  });

  it('takes a service URL of a further host only when told', async () => {
    const local = 'https://teams.localhost/';
    const request = {
      headers: new Headers({ authorization: await bearer(on(local)) }),
      body: JSON.stringify(activityOf({ serviceUrl: local })),
    };
    const keys = keySet([known]);
    expect((await verify(request)).ok).toBe(false);
    const opened = teamsVerifier({ ...settings, keys, hosts: ['teams.localhost'] });
    expect((await opened(request)).ok).toBe(true);
  });

  it.each([
    'https://smba.trafficmanager.net@contoh.example/',
    'https://user:secret@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://contoh.example/smba.trafficmanager.net',
    'ftp://smba.trafficmanager.net/',
    'smba.trafficmanager.net',
  ])('does not take %s for an allowed address', (url) => {
    expect(isAllowedServiceUrl(url, ['smba.trafficmanager.net'])).toBe(false);
    expect(isAllowedServiceUrl(serviceUrl, ['smba.trafficmanager.net'])).toBe(true);
  });
});
