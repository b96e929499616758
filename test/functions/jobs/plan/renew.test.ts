import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { requestPlan } from '../../../../core/store/outbox/replanning.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { type House, openHouse } from '../../../support/house.ts';

const monday = '2026-10-25T17:01:00Z';
const now = new Date(monday);

/** What waits or was left out, without when it was written. */
const rowsOf = async ({ db }: House) =>
  (
    await sql`SELECT person_id, stream, slot, item, state, reason, moved_reason, due, expires, lane_id
      FROM outbox ORDER BY 1, 2, 3`.execute(db)
  ).rows;
const attentionOf = async ({ db }: House) =>
  (await sql`SELECT * FROM attention ORDER BY 1, 2, 3`.execute(db)).rows;

/** Somebody's circumstances, changed after the plan. */
const change = fc.oneof(
  fc.record({
    column: fc.constant('time_zone'),
    value: fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'),
  }),
  fc.record({ column: fc.constant('leave'), value: fc.constantFrom('2026-10-26', '2026-10-27') }),
  fc.record({ column: fc.constant('send_minute'), value: fc.constantFrom('540', '600', '840') }),
  fc.record({ column: fc.constant('quiet'), value: fc.constantFrom('420', '500', '600') }),
  fc.record({
    column: fc.constant('paused_until'),
    value: fc.constantFrom('2026-10-26', '2026-11-01'),
  }),
  fc.record({ column: fc.constant('back'), value: fc.constant('') }),
);

const apply = async (
  { db }: House,
  person: number,
  { column, value }: { column: string; value: string },
) => {
  switch (column) {
    case 'time_zone':
      return sql`UPDATE people SET time_zone = ${value} WHERE id = ${person}`.execute(db);
    case 'leave':
      return sql`UPDATE people SET leave_from = ${value}::date, leave_to = ${value}::date
        WHERE id = ${person}`.execute(db);
    case 'quiet':
      return sql`UPDATE preferences SET quiet_from = 0, quiet_to = ${Number(value)}
        WHERE person_id = ${person}`.execute(db);
    case 'send_minute':
      return sql`UPDATE preferences SET send_minute = ${Number(value)}
        WHERE person_id = ${person}`.execute(db);
    case 'paused_until':
      return sql`UPDATE preferences SET paused_until = ${value}::date
        WHERE person_id = ${person}`.execute(db);
    default:
      return sql`UPDATE preferences SET paused_until = NULL, stopped_at = NULL
        WHERE person_id = ${person}`.execute(db);
  }
};

describe('a change after the plan', () => {
  it('comes to the same as if it had been known before, whoever and whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 239 }), change), {
          minLength: 3,
          maxLength: 25,
        }),
        async (changes) => {
          const [late, early] = await Promise.all([
            openHouse({ now: monday, welcomed: true }),
            openHouse({ now: monday, welcomed: true }),
          ]);
          await planAll(late.host.context, now);
          for (const [person, what] of changes) {
            await apply(late, person, what);
            await apply(early, person, what);
          }
          await planAll(late.host.context, now, { renew: true });
          await planAll(early.host.context, now);
          expect(await rowsOf(late)).toEqual(await rowsOf(early));
          expect(await attentionOf(late)).toEqual(await attentionOf(early));
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe('a pause that is taken back before the day', () => {
  it('leaves everything as it was: the day’s attention is free again', async () => {
    const house = await openHouse({ now: monday, welcomed: true });
    const look = () => planAll(house.host.context, now, { renew: true });
    await look();
    const before = await rowsOf(house);
    await apply(house, 1, { column: 'paused_until', value: '2026-11-01' });
    await look();
    expect(await rowsOf(house)).not.toEqual(before);
    await apply(house, 1, { column: 'back', value: '' });
    await look();
    expect(await rowsOf(house)).toEqual(before);
  });
});

describe('a fresh look', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ now: monday, welcomed: true });
    await planAll(house.host.context, now);
  });

  it('changes nothing where nothing changed, and leaves what was tried or moved alone', async () => {
    await sql`UPDATE outbox SET state = 'retry', attempt = 1, due = due + interval '5 minutes'
      WHERE person_id = 1`.execute(house.db);
    await sql`UPDATE outbox SET due = due + interval '1 day', moved_reason = 'after-work'
      WHERE person_id = 2`.execute(house.db);
    await sql`UPDATE outbox SET state = 'skipped', reason = 'source-changed'
      WHERE person_id = 3`.execute(house.db);
    const before = [await rowsOf(house), await attentionOf(house)];
    await planAll(house.host.context, now, { renew: true });
    expect([await rowsOf(house), await attentionOf(house)]).toEqual(before);
  });

  it('is what the next tick takes when somebody asks for it: a new holiday takes its day back', async () => {
    const id = await house.idOf(sampleKeys.slackStaff);
    const lesson = async (slot: string) =>
      (
        await sql<{ item: string }>`SELECT item FROM outbox WHERE person_id = ${id}
          AND stream = 'lesson' AND slot = ${slot}::date`.execute(house.db)
      ).rows.map(({ item }) => item);
    expect(await lesson('2026-10-27')).toHaveLength(1);
    const [second] = await lesson('2026-10-27');
    await sql`UPDATE calendars SET body = jsonb_set(body, '{holidays}', body->'holidays' ||
      '[{"date": "2026-10-27", "name": "Libur tambahan", "kind": "national", "estimated": false}]'::jsonb)
      WHERE year = 2026`.execute(house.db);
    await requestPlan(house.db);
    await house.tickAt('2026-10-25T17:05:00Z');
    expect(await lesson('2026-10-27')).toEqual([]);
    expect(await lesson('2026-10-28')).toEqual([second]);
    const attention = await sql`SELECT 1 FROM attention WHERE person_id = ${id}
      AND local_day = '2026-10-27' AND class = 'lesson'`.execute(house.db);
    expect(attention.rows).toEqual([]);
  });
});
