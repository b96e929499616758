/** Who has had the tips of the week is claimed no further one, whatever became of those before. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../../core/store/database.ts';
import { claimDue, numberTips } from '../../../../core/store/outbox/claims.ts';
import { leaseLane } from '../../../../core/store/outbox/lanes.ts';
import { openCrowd } from './crowd.ts';

const monday = '2026-10-26';
/** Saturday of that week, 08.30 WIB. */
const saturday = new Date('2026-10-31T01:30:00Z');

/** Rows of tips on the days after Monday that are named, in the chat of the person. */
const addTips = (
  db: Database,
  person: number,
  { days, state }: { readonly days: readonly number[]; readonly state: string },
) =>
  sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state)
  SELECT ${person}::int, 'lesson', ${monday}::date + n, 'l01', 2, 4,
    ${monday}::date + n + time '01:30' AT TIME ZONE 'UTC', '2026-11-02T00:00:00Z', ${state}::nudge_state
  FROM unnest(${days}::int[]) AS n`.execute(db);

const leaseOf = async (db: Database, lane: number) => {
  const lease = await leaseLane(db, lane, { holder: 'pengirim', now: saturday });
  if (lease === null) throw new Error('the lane is taken');
  return lease;
};

/** What a claim tells of the tip that is due on Saturday. */
const claimed = async (db: Database) => {
  const lease = await leaseOf(db, 2);
  return db
    .transaction()
    .execute((trx) => claimDue(trx, lease, { now: saturday, most: 8 }))
    .then((rows) =>
      rows.map(({ counted, person }) => ({ counted, weekIsFull: person.weekIsFull })),
    );
};

describe('the tips of a week', () => {
  it.each(['sending', 'sent', 'unknown', 'unconfirmed'])(
    'count one that is %s: it has arrived, or may have',
    async (state) => {
      const { db } = await openCrowd(1);
      await sql`UPDATE preferences SET per_week = 1`.execute(db);
      await addTips(db, 1, { days: [0], state });
      await addTips(db, 1, { days: [5], state: 'planned' });
      expect(await claimed(db)).toEqual([{ counted: true, weekIsFull: true }]);
    },
  );

  it('do not count what certainly never came', async () => {
    const { db } = await openCrowd(1);
    await sql`UPDATE preferences SET per_week = 1`.execute(db);
    await addTips(db, 1, { days: [0], state: 'expired' });
    await addTips(db, 1, { days: [5], state: 'planned' });
    expect(await claimed(db)).toEqual([{ counted: true, weekIsFull: false }]);
  });

  it('are five also for who works on six days', async () => {
    const { db } = await openCrowd(3);
    await addTips(db, 3, { days: [0, 1, 2, 3, 4], state: 'sent' });
    await addTips(db, 3, { days: [5], state: 'planned' });
    expect(await claimed(db)).toEqual([{ counted: true, weekIsFull: true }]);
  });

  it('leave a tip that is tried again the number it has', async () => {
    const { db } = await openCrowd(1);
    await sql`INSERT INTO attention (person_id, local_day, class) VALUES (1, ${monday}, 'lesson')`.execute(
      db,
    );
    const tips = [{ personId: 1, day: monday }];
    for (const _try of [1, 2]) await db.transaction().execute((trx) => numberTips(trx, tips));
    const { rows } = await sql`SELECT tip FROM attention`.execute(db);
    expect(rows).toEqual([{ tip: 1 }]);
  });
});

it('a row that one transaction has claimed is not given to another beside it', async () => {
  const { db } = await openCrowd(1);
  await addTips(db, 1, { days: [4, 5], state: 'planned' });
  const lease = await leaseOf(db, 2);
  const wish = { now: saturday, most: 1 };
  await db.transaction().execute(async (first) => {
    const one = await claimDue(first, lease, wish);
    const other = await db.transaction().execute((second) => claimDue(second, lease, wish));
    expect([one, other].map((rows) => rows.map(({ slot }) => slot))).toEqual([
      ['2026-10-30'],
      ['2026-10-31'],
    ]);
  });
});
