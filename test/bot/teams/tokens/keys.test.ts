import { describe, expect, it } from 'vitest';
import { teamsClouds } from '../../../../bot/teams/microsoft/cloud.ts';
import { openIdKeys, teamsVerifier } from '../../../../bot/teams/verify.ts';
import { bearer, elsewhere, known } from '../../../support/teams/forgeries.ts';
import {
  activityOf,
  appId,
  honestClaims,
  issuer,
  type Key,
  newKey,
  now,
  tenantId,
} from '../../../support/teams/tokens.ts';

const { hosts, metadataUrl } = teamsClouds.public;
const settings = { registrations: [{ tenantId, appId }], issuer, hosts, now: () => now };
const hour = 3_600_000;

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
  const keys = openIdKeys({ fetch: serve, metadataUrl, now: () => new Date(state.at) });
  const verifier = teamsVerifier({ ...settings, keys });
  const verify = async (key: Key) =>
    verifier({
      headers: new Headers({ authorization: await bearer(honestClaims, key) }),
      body: JSON.stringify(activityOf()),
    });
  return { state, verify, ask: async (key: Key) => (await verify(key)).ok };
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

  it('are looked up again at once for an unknown key id', async () => {
    const server = metadataServer([known]);
    await server.ask(known);
    const fresh = await newKey('fresh');
    server.state.keys = [known, fresh];
    expect(await server.ask(fresh)).toBe(true);
    expect(await server.ask(known)).toBe(true);
    expect(server.state.lookups).toBe(2);
  });

  it('are looked up a few times only for a stream of forged key ids, and again after a while', async () => {
    const server = metadataServer([known]);
    const forged = await newKey('forged');
    for (let count = 0; count < 50; count += 1) expect(await server.ask(forged)).toBe(false);
    expect(server.state.lookups).toBeLessThanOrEqual(6);
    expect(await server.ask(known)).toBe(true);
    const fresh = await newKey('fresh');
    server.state.keys = [known, fresh];
    server.state.at += 5 * 60_000;
    expect(await server.ask(fresh)).toBe(true);
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

  it('refuse everyone while they have never been found, and say that it is they', async () => {
    const server = metadataServer([known]);
    server.state.down = true;
    expect(await server.verify(known)).toMatchObject({ ok: false, reason: 'keys' });
    server.state.down = false;
    server.state.at += 30_000;
    expect(await server.ask(known)).toBe(true);
    const forged = await newKey('forged');
    expect(await server.verify(forged)).toMatchObject({ ok: false, reason: 'token' });
  });
});
