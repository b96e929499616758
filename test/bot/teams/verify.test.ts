import { createHmac } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { botFrameworkKeys, isAllowedServiceUrl, teamsVerifier } from '../../../bot/teams/verify.ts';
import { ConfigError } from '../../../core/errors.ts';
import {
  activityOf,
  appId,
  honestClaims,
  issuer,
  type Key,
  keySet,
  newKey,
  now,
  serviceUrl,
  signToken,
  tenantId,
} from '../../support/teams/tokens.ts';

const known = await newKey('known');
const elsewhere = await newKey('elsewhere', ['directline']);
const unendorsed = await newKey('unendorsed', null);
/** Has the id of the known key and another secret. */
const stranger = { ...(await newKey('known')), jwk: known.jwk };

const settings = { appId, tenants: [tenantId], issuer, now: () => now };
const verify = teamsVerifier({ ...settings, keys: keySet([known, elsewhere, unendorsed]) });

const ask = (authorization: string | null, activity: unknown = activityOf()) =>
  verify({
    headers: new Headers(authorization === null ? {} : { authorization }),
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
const bearer = async (claims: Record<string, unknown> = honestClaims, key: Key = known) =>
  `Bearer ${await signToken(key, claims)}`;
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

const without = (name: string) =>
  Object.fromEntries(Object.entries(honestClaims).filter(([claim]) => claim !== name));
const [head = '', middle = '', tail = ''] = (await signToken(known)).split('.');
const hmacToken = async (): Promise<string> => {
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'known' })).toString('base64url');
  const secret = JSON.stringify(known.jwk);
  const mark = createHmac('sha256', secret).update(`${header}.${middle}`).digest('base64url');
  return `Bearer ${header}.${middle}.${mark}`;
};
const otherUrl = 'https://smba.infra.gcc.teams.microsoft.com/gcc';
const foreign = 'https://smba.trafficmanager.net.contoh.example/apac/';
const on = (url: string) => ({ ...honestClaims, serviceurl: url });

/** Each forgery: what the header says, and the activity it comes with. */
const forgeries: Readonly<Record<string, () => Promise<readonly [string | null, unknown?]>>> = {
  'no header': async () => [null],
  'an empty bearer': async () => ['Bearer '],
  'another scheme': async () => [`Basic ${(await bearer()).slice(7)}`],
  'words after the token': async () => [`${await bearer()} more`],
  'no token at all': async () => ['Bearer abc.def.ghi'],
  'an unsigned token': async () => [`Bearer ${new UnsecuredJWT(honestClaims).encode()}`],
  'a signature of the public key as a secret': async () => [await hmacToken()],
  'a signature of another key': async () => [await bearer(honestClaims, stranger)],
  'an unknown key id': async () => [await bearer(honestClaims, { ...known, kid: 'nobody' })],
  'a changed payload': async () => [
    `Bearer ${head}.${Buffer.from(JSON.stringify(on(otherUrl))).toString('base64url')}.${tail}`,
  ],
  'a cut signature': async () => [`Bearer ${head}.${middle}.${tail.slice(0, -8)}`],
  'no signature': async () => [`Bearer ${head}.${middle}.`],
  'another audience': async () => [await bearer({ ...honestClaims, aud: 'someone-else' })],
  'no audience': async () => [await bearer(without('aud'))],
  'another issuer': async () => [await bearer({ ...honestClaims, iss: 'https://sts.example' })],
  'no issuer': async () => [await bearer(without('iss'))],
  'an end six minutes ago': async () => [await bearer({ ...honestClaims, exp: seconds - 360 })],
  'no end': async () => [await bearer(without('exp'))],
  'a start in six minutes': async () => [await bearer({ ...honestClaims, nbf: seconds + 360 })],
  'another service URL': async () => [await bearer(on(otherUrl))],
  'no service URL in the token': async () => [await bearer(without('serviceurl'))],
  'no service URL in the activity': async () => [
    await bearer(),
    activityOf({ serviceUrl: undefined }),
  ],
  'no service URL anywhere': async () => [
    await bearer(without('serviceurl')),
    activityOf({ serviceUrl: undefined }),
  ],
  'a foreign host in token and activity': async () => [
    await bearer(on(foreign)),
    activityOf({ serviceUrl: foreign }),
  ],
  'a service URL without TLS': async () => [
    await bearer(on('http://smba.trafficmanager.net/apac/')),
    activityOf({ serviceUrl: 'http://smba.trafficmanager.net/apac/' }),
  ],
  'a key endorsed for another channel': async () => [await bearer(honestClaims, elsewhere)],
  'another channel': async () => [await bearer(), activityOf({ channelId: 'webchat' })],
  'no channel': async () => [await bearer(), activityOf({ channelId: undefined })],
  'a tenant that is not ours': async () => [
    await bearer(),
    activityOf({ conversation: { id: 'a:x', tenantId: 'other' }, channelData: {} }),
  ],
  'two different tenants': async () => [
    await bearer(),
    activityOf({ channelData: { tenant: { id: 'other' } } }),
  ],
  'no tenant': async () => [
    await bearer(),
    activityOf({ conversation: { id: 'a:x' }, channelData: {} }),
  ],
  'a body that is no JSON': async () => [await bearer(), '{"type":'],
  'an empty body': async () => [await bearer(), 'null'],
};

describe('a forged request', () => {
  it.each(Object.entries(forgeries))('with %s is a 401 without a detail', async (_, forge) => {
    const [authorization, activity] = await forge();
    expect(await ask(authorization, activity)).toEqual({ ok: false, status: 401 });
  });
});

describe('settings of the verifier', () => {
  it('refuses to start without an app id or a tenant', () => {
    const keys = keySet([known]);
    expect(() => teamsVerifier({ ...settings, appId: ' ', keys })).toThrow(ConfigError);
    expect(() => teamsVerifier({ ...settings, tenants: [], keys })).toThrow(ConfigError);
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

const hour = 3_600_000;
const metadataUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** A metadata server in process: counts look-ups, can change its keys and can be down. */
const metadataServer = (first: readonly Key[]) => {
  const state = { keys: first, down: false, lookups: 0, at: now.getTime() };
  const serve: typeof fetch = async (input) => {
    const url = String(input);
    if (url === metadataUrl) {
      state.lookups += 1;
      if (state.down) return new Response(null, { status: 503 });
      return Response.json({ issuer, jwks_uri: 'https://login.botframework.com/v1/keys' });
    }
    return Response.json({ keys: state.keys.map(({ jwk }) => jwk) });
  };
  const keys = botFrameworkKeys({ fetch: serve, metadataUrl, now: () => new Date(state.at) });
  const verifier = teamsVerifier({ ...settings, keys });
  return {
    state,
    ask: async (key: Key) =>
      (
        await verifier({
          headers: new Headers({ authorization: await bearer(honestClaims, key) }),
          body: JSON.stringify(activityOf()),
        })
      ).ok,
  };
};

describe('signing keys from OpenID metadata', () => {
  it('are looked up once for many requests at the same time, endorsements included', async () => {
    const server = metadataServer([known, elsewhere]);
    const passed = await Promise.all([known, known, known, elsewhere].map(server.ask));
    expect(passed).toEqual([true, true, true, false]);
    expect(server.state.lookups).toBe(1);
  });

  it('are kept for 24 hours', async () => {
    const server = metadataServer([known]);
    await server.ask(known);
    server.state.at += 24 * hour - 1;
    await server.ask(known);
    expect(server.state.lookups).toBe(1);
    server.state.at += 1;
    await server.ask(known);
    expect(server.state.lookups).toBe(2);
  });

  it('are looked up again for an unknown key id, at most once an hour', async () => {
    const server = metadataServer([known]);
    await server.ask(known);
    const fresh = await newKey('fresh');
    server.state.keys = [known, fresh];
    for (let forged = 0; forged < 20; forged += 1) expect(await server.ask(fresh)).toBe(false);
    expect(server.state.lookups).toBe(1);
    server.state.at += hour;
    expect(await server.ask(fresh)).toBe(true);
    expect(await server.ask(known)).toBe(true);
    expect(server.state.lookups).toBe(2);
  });

  it('stay in use when the look-up fails, and failing look-ups keep a distance', async () => {
    const server = metadataServer([known]);
    await server.ask(known);
    server.state.down = true;
    server.state.at += 25 * hour;
    expect(await server.ask(known)).toBe(true);
    expect(await server.ask(known)).toBe(true);
    expect(server.state.lookups).toBe(2);
  });

  it('refuse everyone while they have never been found', async () => {
    const server = metadataServer([known]);
    server.state.down = true;
    expect(await server.ask(known)).toBe(false);
    server.state.down = false;
    server.state.at += 30_000;
    expect(await server.ask(known)).toBe(true);
  });
});
