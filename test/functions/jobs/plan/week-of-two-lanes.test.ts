import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { loadCalendar } from '../../../../core/store/calendars.ts';
import { claimDue, commitIntents, numberTips } from '../../../../core/store/outbox/claims.ts';
import { leaseLane } from '../../../../core/store/outbox/lanes.ts';
import { claimBatch } from '../../../../functions/jobs/delivery/claim.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import type { House } from '../../../support/house.ts';
import { lessonTime, openDay } from '../delivery/lesson-day.ts';

/** Monday's tip is late, Tuesday's is due. */
const monday = '2026-10-26';
const tuesday = '2026-10-27';
const now = new Date('2026-10-27T01:30:00Z');

/** Somebody in both chats who asks for one tip a week, a tip due in each chat, and nobody else's. */
const openWeek = async () => {
  const house = await openDay();
  const { db } = house;
  const id = await house.idOf(sampleKeys.prefersTeams);
  await sql`DELETE FROM outbox WHERE person_id <> ${id}`.execute(db);
  await sql`UPDATE preferences SET per_week = 1 WHERE person_id = ${id}`.execute(db);
  const lanes = await sql<{ id: number; platform: string }>`SELECT id, platform FROM lanes`.execute(
    db,
  );
  const laneOf = (platform: string) => lanes.rows.find((row) => row.platform === platform)?.id ?? 0;
  await sql`UPDATE outbox SET due = ${lessonTime}, expires = '2026-10-30T00:00:00Z'
    WHERE person_id = ${id}`.execute(db);
  await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state)
    SELECT person_id, stream, ${tuesday}::date, item, ${laneOf('slack')}, priority, ${now}, expires, state
    FROM outbox WHERE person_id = ${id}`.execute(db);
  await sql`INSERT INTO attention (person_id, local_day, class)
    VALUES (${id}, ${tuesday}, 'lesson') ON CONFLICT DO NOTHING`.execute(db);
  const lease = async (platform: string) => {
    const taken = await leaseLane(db, laneOf(platform), { holder: platform, now });
    if (taken === null) throw new Error('the lane is taken');
    return taken;
  };
  return { house, id, teams: await lease('teams'), slack: await lease('slack') };
};

const stands = async ({ db }: House) =>
  (
    await sql`SELECT slot, state, reason FROM outbox WHERE stream = 'lesson' ORDER BY slot`.execute(
      db,
    )
  ).rows;

it('a person who changes chats while both lanes claim gets the week’s one tip once', async () => {
  const { house, id, teams, slack } = await openWeek();
  const { db, host } = house;
  host.clock.moveTo(now);
  const run = { calendar: await loadCalendar(db), recalled: new Set<string>(), late: 0 };
  const until = new Date(now.getTime() + 45_000);
  let second: Promise<unknown> = Promise.resolve();
  await db.transaction().execute(async (trx) => {
    const [first, ...more] = await claimDue(trx, teams, { now, most: 8 });
    if (first === undefined) throw new Error('nothing was claimed');
    expect(more).toEqual([]);
    expect(first).toMatchObject({ counted: true, person: { weekIsFull: false } });
    await numberTips(trx, [{ personId: id, day: monday }]);
    await sql`UPDATE identities SET preferred = false
      WHERE person_id = ${id} AND platform = 'teams'`.execute(db);
    await sql`UPDATE identities SET preferred = true
      WHERE person_id = ${id} AND platform = 'slack'`.execute(db);
    // It sees nothing of the first claim, which is not committed, until it asks for the same tip of the week.
    second = claimBatch(host.context, slack, { ...run, until });
    second.catch(() => undefined);
    await waitsForLock(db);
    const rows = [{ ...first, key: '6f0c5f6e-3d1b-5d0a-9c57-1b0f6c0d9a11' }];
    await commitIntents(trx, teams, { now, rows, nextArrival: now });
  });
  expect(await second).toMatchObject({ intents: [] });
  expect(await stands(house)).toEqual([
    { slot: monday, state: 'sending', reason: null },
    { slot: tuesday, state: 'expired', reason: 'attention-budget' },
  ]);
});

/** Waits until a statement waits for a lock. */
const waitsForLock = async (db: House['db']): Promise<void> => {
  for (;;) {
    const { rows } = await sql`SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db);
    if (rows.length > 0) return;
  }
};

it('a tip keeps its number in the week, and each takes the lowest that is free', async () => {
  const { house, id } = await openWeek();
  const { db } = house;
  const number = (...dates: readonly string[]) =>
    db.transaction().execute((trx) =>
      numberTips(
        trx,
        dates.map((date) => ({ personId: id, day: date })),
      ),
    );
  await sql`INSERT INTO attention (person_id, local_day, class) SELECT ${id}, date '2026-10-26' + n, 'lesson'
    FROM generate_series(0, 7) AS n ON CONFLICT DO NOTHING`.execute(db);
  await number('2026-10-28');
  await number('2026-10-28', '2026-10-26', '2026-10-27');
  await sql`UPDATE attention SET tip = NULL WHERE person_id = ${id} AND local_day = '2026-10-28'`.execute(
    db,
  );
  await number('2026-10-30', '2026-11-02');
  const { rows } = await sql`SELECT local_day, tip FROM attention
    WHERE person_id = ${id} AND class = 'lesson' AND tip IS NOT NULL ORDER BY local_day`.execute(
    db,
  );
  expect(rows).toEqual([
    { local_day: '2026-10-26', tip: 2 },
    { local_day: '2026-10-27', tip: 3 },
    { local_day: '2026-10-30', tip: 1 },
    { local_day: '2026-11-02', tip: 1 },
  ]);
});
