/** Two ways through the same time: by jumps from work to work, and by a timer firing every minute. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import { minute } from '../../core/clock.ts';
import type { Database } from '../../core/store/database.ts';
import { tick } from '../../functions/jobs/tick.ts';
import { openStory, type Story } from '../../functions/local/story/story.ts';
import { openHouse } from './house.ts';

/** Lets the sample's people live from `start` to `end` in both ways and expects the same of both. */
export const expectSameByTicks = async (span: {
  readonly start: string;
  readonly end: Date;
}): Promise<void> => {
  const { start, end } = span;
  const [jumped, ticked] = await Promise.all([
    openHouse({ now: start }),
    openHouse({ now: start }),
  ]);
  const [jumping, ticking] = await Promise.all([
    openStory(jumped.host, new Set()),
    openStory(ticked.host, new Set()),
  ]);
  const jumps = jumping.advance({
    until: end,
    onStep: async () => undefined,
    cancelled: () => false,
  });
  await Promise.all([jumps, byTicks(ticking, end)]);
  const [one, other] = [await outcome(jumped.db), await outcome(ticked.db)];
  expect(one).toEqual(other);
  for (const table of ['outbox', 'seen', 'waves', 'ballots', 'participation'])
    expect(one[table]).not.toEqual([]);
  expect(jumped.host.clock.now()).toEqual(end);
};

const byTicks = async ({ host, staff }: Story, end: Date): Promise<void> => {
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
