import { beforeAll, describe, expect, it } from 'vitest';
import { teamsDoor } from '../../../../bot/teams/door.ts';
import { teamsClouds } from '../../../../bot/teams/microsoft/cloud.ts';
import { openIdKeys, teamsVerifier } from '../../../../bot/teams/verify.ts';
import type { Log } from '../../../../core/ports.ts';
import { bearer, elsewhere, forgeries, known } from '../../../support/teams/forgeries.ts';
import { shippedCatalogue, ticketKey } from '../../../support/teams/messages.ts';
import { metadataUrl, startMetadataServer } from '../../../support/teams/metadata-server.ts';
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

const catalogue = await shippedCatalogue();

/** The whole door on keys from a real metadata server; what was queued, logged and fetched is kept. */
const openDoor = async (keys: readonly Key[]) => {
  const server = await startMetadataServer(keys);
  const queued: string[] = [];
  const lines: string[] = [];
  const note: Log['info'] = (event, fields = {}) => {
    lines.push(JSON.stringify({ event, ...fields }));
  };
  const door = teamsDoor({
    verify: teamsVerifier({
      registrations: [{ tenantId, appId }],
      issuer,
      hosts: teamsClouds.public.hosts,
      keys: openIdKeys({ fetch: server.fetch, metadataUrl, now: () => now }),
      now: () => now,
    }),
    ticketKey,
    catalogue,
    queue: { put: async (body) => void queued.push(body) },
    clock: { now: () => now, sleep: async () => undefined },
    log: { info: note, warn: note, error: note },
  });
  const ask = (authorization: string | null, activity: unknown = activityOf()) =>
    door(
      new Request('https://langkah.example/teams/messages', {
        method: 'POST',
        headers: authorization === null ? {} : { authorization },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      }),
    );
  return { server, queued, lines, ask };
};

describe('forged requests at the door', () => {
  const forged = Object.entries(forgeries);
  let opened: Awaited<ReturnType<typeof openDoor>>;
  beforeAll(async () => {
    opened = await openDoor([known, elsewhere]);
    const honest = await opened.ask(await bearer());
    expect([honest.status, opened.server.state.lookups]).toEqual([200, 1]);
    opened.queued.length = 0;
  });

  it('are of many kinds', () => {
    expect(forged.length).toBeGreaterThanOrEqual(24);
  });

  it.each(forged)('with %s get a 401 without a word', async (_, forge) => {
    const answer = await opened.ask(...(await forge()));
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect([...answer.headers.keys()]).not.toContain('www-authenticate');
  });

  it('cause no call out and queue nothing', () => {
    // `fetch` of the verifier refuses every other host, and the door has no other way out. The one look-up is for the one
    // key id that nobody knows: it could be a new one.
    expect(opened.server.state.lookups).toBe(2);
    expect(opened.queued).toEqual([]);
  });

  it('a refusal is told in the log, by its kind alone', () => {
    const kinds = ['token', 'activity', 'tenant', 'service-url', 'endorsement'];
    const told = kinds.map((reason) => JSON.stringify({ event: 'teams-refused', reason }));
    expect(opened.lines).toHaveLength(forged.length);
    expect(new Set(opened.lines)).toEqual(new Set(told));
  });
});

describe('keys that change while requests come in', () => {
  it('turn no honest request away', async () => {
    const [first, second, third] = [
      await newKey('satu'),
      await newKey('dua'),
      await newKey('tiga'),
    ];
    const { server, ask, queued } = await openDoor([first]);
    const answers: number[] = [];
    const send = async (key: Key, count: number) => {
      const requests = Array.from({ length: count }, async (_, index) => {
        const activity = activityOf({ id: `${key.kid}-${index}` });
        const answer = await ask(await bearer(honestClaims, key), activity);
        answers.push(answer.status);
      });
      await Promise.all(requests);
    };
    await send(first, 50);
    // A new key is published, used at once beside the old one, and the old one goes.
    server.state.keys = [first, second];
    await Promise.all([send(first, 50), send(second, 50)]);
    server.state.keys = [second];
    await send(second, 50);
    server.state.keys = [second, third];
    await Promise.all([send(second, 50), send(third, 50)]);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
    expect([answers.length, queued.length]).toEqual([300, 300]);
    expect(server.state.lookups).toBe(3);
  });
});
