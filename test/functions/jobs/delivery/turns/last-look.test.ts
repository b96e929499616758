import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { addRecall } from '../../../../../core/store/outbox/amendments.ts';
import { planRecalls } from '../../../../../functions/jobs/delivery/recall.ts';
import { sendLane } from '../../../../../functions/jobs/delivery/send.ts';
import type { House } from '../../../../support/house.ts';
import { lessonTime, openDay } from '../lesson-day.ts';

const recalledAt = new Date('2026-10-26T02:00:00Z');

/** Recalls the day's lesson. */
const recall = async (house: House): Promise<void> => {
  const row = await house.db.selectFrom('outbox').select('item').executeTakeFirstOrThrow();
  const item = row.item.split('@')[0] ?? '';
  await addRecall(house.db, { item, reason: 'salah', at: recalledAt });
};

describe('what was planned of an item that is recalled', () => {
  it.each([
    ['lesson', sql`item`],
    ['lesson-later', sql`item`],
    ['correction', sql`item || '@0123456789abcdef'`],
  ])('is not said any more as a %s', async (stream, item) => {
    const house = await openDay();
    await sql`UPDATE outbox SET stream = ${stream}, item = ${item}`.execute(house.db);
    await recall(house);
    await house.tickAt(lessonTime);
    expect(house.host.messages()).toEqual([]);
    const ends = await sql<{ end: string; count: number }>`
      SELECT concat(state, ' ', reason) AS end, count(*)::int AS count FROM outbox
      WHERE due <= ${lessonTime} GROUP BY 1`.execute(house.db);
    const counts = new Map(ends.rows.map(({ end, count }) => [end, count]));
    expect(counts.get('skipped recalled')).toBeGreaterThan(20);
    expect([...counts.keys()].filter((end) => !/^(skipped|unreachable) /.test(end))).toEqual([]);
  });
});

describe('the replacement of a recalled lesson', () => {
  it('touches no chat of who left or is out of reach, and none after its end', async () => {
    const house = await openDay();
    for (const at of [lessonTime, '2026-10-26T01:45:00Z']) await house.tickAt(at);
    house.host.clock.moveTo(recalledAt);
    await recall(house);
    const planned = await planRecalls(house.db, '2026-10-26', recalledAt);
    const { rows } = await sql<{ id: number; user: string }>`
      SELECT o.person_id AS id, i.user_id AS "user" FROM outbox o
      JOIN identities i ON i.person_id = o.person_id AND i.lane_id = o.lane_id
      WHERE o.stream LIKE 'recall/%' ORDER BY 1 LIMIT 3`.execute(house.db);
    const [left, unreached, late] = rows.map(({ id }) => id);
    await sql`UPDATE people SET status = 'left' WHERE id = ${left}`.execute(house.db);
    await sql`UPDATE identities SET unreachable_reason = 'user_disabled'
      WHERE person_id = ${unreached}`.execute(house.db);
    await sql`UPDATE outbox SET expires = ${recalledAt} WHERE person_id = ${late}
      AND stream LIKE 'recall/%'`.execute(house.db);
    const lanes = await house.db.selectFrom('lanes').select('id').execute();
    // The lane alone: the job ends what is overdue before it looks at any.
    for (const { id } of lanes) await sendLane(house.host.context, id);
    const ends = await sql`SELECT person_id AS id, state, reason FROM outbox
      WHERE stream LIKE 'recall/%' AND state <> 'sent' ORDER BY 1`.execute(house.db);
    expect(ends.rows).toEqual([
      { id: left, state: 'skipped', reason: 'left' },
      { id: unreached, state: 'unreachable', reason: 'user_disabled' },
      { id: late, state: 'expired', reason: 'window-over' },
    ]);
    const changed = house.host.messages().filter(({ changedAt }) => changedAt !== null);
    expect(changed).toHaveLength(planned - rows.length);
    const users = new Set(changed.map(({ userId }) => userId));
    expect(rows.filter(({ user }) => users.has(user))).toEqual([]);
  });
});
