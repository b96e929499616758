import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../../core/store/database.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { cloneDatabase } from '../../../support/run/database.ts';
import { claim } from './crowd.ts';

const slot = '2026-10-26';
/** Monday 26 October 2026, 08.30 WIB. */
const due = new Date('2026-10-26T01:30:00Z');
const second = 1_000;

type Run = {
  readonly item: string;
  readonly people: number;
  readonly priority: number;
  /** Seconds by which it is due after the others. */
  readonly later?: number;
};

/** One lane, and runs planned one after the other, each for people of its own. */
const openRuns = async (runs: readonly Run[]): Promise<Database> => {
  const { db } = await cloneDatabase();
  await ensurePartitions(db, [slot]);
  await sql`INSERT INTO units (id, code, name, level_label, valid_from)
    VALUES (1, 'KC', 'Kementerian Contoh', 'Kementerian', '2026-01-01')`.execute(db);
  await sql`INSERT INTO lanes (id, platform, workspace_id, rate, burst) VALUES (1, 'slack', 'T0', 8, 20)`.execute(
    db,
  );
  let last = 0;
  for (const { item, people, priority, later = 0 } of runs) {
    const at = new Date(due.getTime() + later * second);
    const [from, to] = [last + 1, last + people];
    last = to;
    await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone)
      SELECT n, 'kunci-' || n, 'Pegawai ' || n, 1, 'Asia/Jakarta' FROM generate_series(${from}::int, ${to}::int) n`.execute(
      db,
    );
    await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id)
      SELECT 'slack', 'T0', 'U' || n, n, 1 FROM generate_series(${from}::int, ${to}::int) n`.execute(
      db,
    );
    await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state, changed_at)
      SELECT n, 'correction', ${slot}, ${item}, 1, ${priority}, ${at}, ${due}::timestamptz + interval '8 hours',
        'planned', ${due} FROM generate_series(${from}::int, ${to}::int) n`.execute(db);
  }
  return db;
};

/** Seconds that the messages of each run waited on average, and the last of them, at so many a second. */
const drain = async (db: Database, perSecond: number) => {
  const waits = new Map<string, number[]>();
  for (let waited = 0; ; waited += 1) {
    const now = new Date(due.getTime() + waited * second);
    const batch = await claim(db, 1, { now, most: perSecond });
    if (batch === null) break;
    for (const { item } of batch.rows) waits.set(item, [...(waits.get(item) ?? []), waited]);
  }
  const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / all.length;
  return new Map(
    [...waits].map(([item, all]) => [item, { mean: mean(all), last: Math.max(...all) }]),
  );
};

describe('runs of one class that are due together', () => {
  it('share the lane, whatever their order and size: the mean waits differ by a fifth at most', async () => {
    const runs = [900, 1_800, 450, 900].map((people, index) => ({
      item: `run-${index}`,
      people,
      priority: 1,
    }));
    const means = [...(await drain(await openRuns(runs), 50)).values()].map(({ mean }) => mean);
    expect(means).toHaveLength(4);
    expect(Math.max(...means) / Math.min(...means)).toBeLessThanOrEqual(1.2);
  });
});

describe('a run that is due a minute after a large one of its class', () => {
  it('shares the lane with what is left of that: the mean waits differ by a fifth at most', async () => {
    const runs = [
      { item: 'large', people: 9_000, priority: 4 },
      { item: 'small', people: 900, priority: 4, later: 60 },
    ];
    const waits = await drain(await openRuns(runs), 8);
    const [large = 0, small = 0] = ['large', 'small'].map((item) => waits.get(item)?.mean);
    expect(large).toBeGreaterThan(500);
    expect(Math.max(large, small - 60) / Math.min(large, small - 60)).toBeLessThanOrEqual(1.2);
  });
});

describe('nine people of a higher class', () => {
  it('never wait behind ten thousand that were planned before', async () => {
    const waits = await drain(
      await openRuns([
        { item: 'many', people: 10_000, priority: 4 },
        { item: 'few', people: 9, priority: 1 },
      ]),
      1_000,
    );
    expect(waits.get('few')).toEqual({ mean: 0, last: 0 });
    expect(waits.get('many')?.last).toBeGreaterThan(5);
  });
});
