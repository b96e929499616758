import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { minute } from '../../../core/clock.ts';
import type { Database } from '../../../core/store/database.ts';
import { tick } from '../../../functions/jobs/tick.ts';
import { openHost } from '../../../functions/local/host.ts';
import { openStory, type Story } from '../../../functions/local/story.ts';
import { type House, openHouse } from '../../support/house.ts';

/** The first day of the first wave: welcomes, invitations, answers, bands. */
const start = '2026-10-11T17:00:00Z';
const end = new Date('2026-10-12T17:00:00Z');

const nobody: ReadonlySet<string> = new Set();
const quiet = { onStep: async () => undefined, cancelled: () => false };

const byTicks = async ({ host, staff }: Story): Promise<void> => {
  for (let at = host.clock.now().getTime(); at <= end.getTime(); at += minute) {
    host.clock.moveTo(new Date(at));
    const next = staff.next();
    if (next !== null && next <= host.clock.now()) await staff.run(host.clock.now());
    await tick(host.context);
  }
};

/** Everything a journey leaves behind, less what differs between any two runs: refs, sealed boxes, instants of writing. */
const outcome = async (db: Database): Promise<Readonly<Record<string, unknown>>> => {
  const queries = {
    outbox: sql`SELECT person_id, stream, slot, item, lane_id, priority, due, expires, state, reason,
      moved_reason, attempt, key FROM outbox ORDER BY 1, 2, 3`,
    seen: sql`SELECT person_id, item, version FROM seen ORDER BY 1, 2`,
    progress: sql`SELECT person_id, item, state, correct FROM progress ORDER BY 1, 2, 3`,
    waves: sql`SELECT id, items, opens_at, closes_at, status, invited FROM waves ORDER BY 1`,
    ballots: sql`SELECT wave_id, count(*)::int AS count FROM ballots GROUP BY 1`,
    participation: sql`SELECT * FROM participation ORDER BY 1, 2`,
    learning: sql`SELECT week, body FROM learning_releases ORDER BY 1`,
    commitments: sql`SELECT person_id, prompt FROM commitments ORDER BY 1, 2`,
  };
  const rows: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(queries)) rows[name] = (await query.execute(db)).rows;
  return rows;
};

describe('moving the clock a day', () => {
  it('by jumps comes to the same as by every minute, people included', async () => {
    const [jumped, ticked] = await Promise.all([
      openHouse({ now: start }),
      openHouse({ now: start }),
    ]);
    const [jumping, ticking] = await Promise.all([
      openStory(jumped.host, nobody),
      openStory(ticked.host, nobody),
    ]);
    await Promise.all([jumping.advance({ until: end, ...quiet }), byTicks(ticking)]);
    const [one, other] = [await outcome(jumped.db), await outcome(ticked.db)];
    expect(one).toEqual(other);
    for (const table of ['outbox', 'seen', 'waves', 'ballots', 'participation'])
      expect(one[table]).not.toEqual([]);
    expect(jumped.host.clock.now()).toEqual(end);
  }, 90_000);
});

describe('a stopped journey', () => {
  const reopen = (house: House) =>
    openHost({
      db: house.db,
      catalogue: house.host.context.catalogue,
      secrets: house.secrets,
      queue: house.queue,
      log: house.host.context.log,
    });

  it('ends after the minute under way, and a second start goes on from there', async () => {
    const house = await openHouse({ now: start });
    const story = await openStory(house.host, nobody);
    let steps = 0;
    await story.advance({
      until: end,
      onStep: async () => {
        steps += 1;
      },
      cancelled: () => steps >= 3,
    });
    expect(steps).toBe(3);
    const stoodAt = house.host.clock.now();
    expect(stoodAt < end).toBe(true);
    await house.host.flush();
    const again = await reopen(house);
    expect(again.clock.now()).toEqual(stoodAt);
    expect(again.messages()).toHaveLength(house.host.messages().length);
  });

  it('lets nobody who had reacted before it react again', async () => {
    const house = await openHouse({ now: start });
    const noon = new Date('2026-10-12T05:00:00Z');
    await (await openStory(house.host, nobody)).advance({ until: noon, ...quiet });
    await house.host.flush();
    const ballots = () =>
      sql`SELECT ballot_key, platform_time FROM ballots ORDER BY 1`.execute(house.db);
    const before = (await ballots()).rows;
    expect(before.length).toBeGreaterThan(5);
    const again = await openStory(await reopen(house), nobody);
    const waiting = again.staff.next();
    expect(waiting === null || waiting > noon).toBe(true);
    await again.advance({ until: new Date(noon.getTime() + 5 * minute), ...quiet });
    expect((await ballots()).rows).toEqual(expect.arrayContaining(before));
  });
});
