/** A holiday that is entered when its day, or part of it, is over. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Holiday } from '../../../../core/calendar/year-calendar.ts';
import { loadCalendar, setCalendar } from '../../../../core/store/calendars.ts';
import { requestPlan } from '../../../../core/store/outbox/replanning.ts';
import { root } from '../../../../functions/app/files.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { type House, openHouse } from '../../../support/house.ts';

const monday = '2026-10-25T17:01:00Z';

/** An operator changes the holidays at this moment, and the next tick plans anew. */
const change = async (
  house: House,
  at: string,
  changed: (holidays: readonly Holiday[]) => Holiday[],
): Promise<void> => {
  const year = (await loadCalendar(house.db)).years.get(2026);
  if (year === undefined) throw new Error('2026 has no calendar');
  await house.db.transaction().execute(async (trx) => {
    await setCalendar(trx, { ...year, holidays: changed(year.holidays) }, new Date(at));
    await requestPlan(trx);
  });
  await house.tickAt(at);
};

const enterHoliday = (house: House, date: string, at: string): Promise<void> =>
  change(house, at, (holidays) => [
    ...holidays,
    { date, name: 'Libur tambahan', kind: 'national', estimated: false },
  ]);

const takeBack = (house: House, date: string, at: string): Promise<void> =>
  change(house, at, (holidays) => holidays.filter((one) => one.date !== date));

/** The plan at midnight and the morning's messages of some days of October. */
const mornings = async (house: House, ...days: readonly number[]): Promise<void> => {
  for (const each of days) {
    await house.tickAt(`2026-10-${each - 1}T17:01:00Z`);
    await house.tickAt(`2026-10-${each}T01:30:00Z`);
    await house.tickAt(`2026-10-${each}T03:00:00Z`);
  }
};

/** The tips that a person got, by date. */
const gotten = async ({ db }: House, id: number) =>
  (
    await sql<{ slot: string; item: string }>`SELECT slot, item FROM outbox
      WHERE person_id = ${id} AND stream = 'lesson' AND state = 'sent' ORDER BY slot`.execute(db)
  ).rows.map(({ slot, item }) => [slot.slice(8), item]);

describe('a holiday announced after the tips went', () => {
  const openWeek = async () => {
    const house = await openHouse({ now: monday, welcomed: true });
    const id = await house.idOf(sampleKeys.slackStaff);
    await sql`UPDATE lanes SET rate = 50, burst = 50`.execute(house.db);
    return { house, id, order: house.host.context.catalogue.programme.lesson.order };
  };
  const sentTwice = async ({ db }: House) =>
    (
      await sql`SELECT person_id, item FROM outbox WHERE stream = 'lesson' AND state = 'sent'
        GROUP BY 1, 2 HAVING count(*) > 1`.execute(db)
    ).rows;

  it('brings nobody the same tip twice and passes none over: today is one', async () => {
    const { house, id, order } = await openWeek();
    await mornings(house, 26);
    await enterHoliday(house, '2026-10-26', '2026-10-26T03:30:00Z');
    await mornings(house, 27, 28);
    expect(await sentTwice(house)).toEqual([]);
    expect(await gotten(house, id)).toEqual([
      ['26', order[0]],
      ['27', order[1]],
      ['28', order[2]],
    ]);
  });

  it('brings nobody the same tip twice and passes none over: yesterday was one', async () => {
    const { house, id, order } = await openWeek();
    await mornings(house, 26, 27, 28);
    await enterHoliday(house, '2026-10-27', '2026-10-28T05:00:00Z');
    await mornings(house, 29, 30);
    expect(await sentTwice(house)).toEqual([]);
    expect((await gotten(house, id)).map(([, item]) => item)).toEqual(order.slice(0, 5));
  });

  it('takes the day’s tip to the next day where it came before anybody’s time', async () => {
    const { house, id, order } = await openWeek();
    await house.tickAt('2026-10-25T17:01:00Z');
    await enterHoliday(house, '2026-10-26', '2026-10-25T17:05:00Z');
    await mornings(house, 27);
    expect(await gotten(house, id)).toEqual([['27', order[0]]]);
  });

  it('goes on with the next tip where no planner ran: the days that passed used none up', async () => {
    const { house, id, order } = await openWeek();
    await house.tickAt('2026-10-26T11:00:00Z');
    // Monday's and Tuesday's tips were planned; the next plan is Thursday's, when its windows are over.
    await house.tickAt('2026-10-29T10:00:00Z');
    await mornings(house, 30);
    expect(await gotten(house, id)).toEqual([['30', order[2]]]);
  });

  it('goes on behind what its outbox has where the store is of before the dates, also with a new order', async () => {
    const { house, id, order } = await openWeek();
    await mornings(house, 26, 27);
    // What an older version had sent and planned, and the migration's own words.
    const [first, second, third] = [order[0], order[3], order[5]];
    for (const [slot, item] of [
      ['2026-10-26', first],
      ['2026-10-27', second],
      ['2026-10-28', third],
    ])
      await sql`UPDATE outbox SET item = ${item} WHERE stream = 'lesson' AND slot = ${slot}::date`.execute(
        house.db,
      );
    const migration = await readFile(
      join(root, 'core/store/migrations/0020_lesson_dates.sql'),
      'utf8',
    );
    await sql`DROP TABLE lesson_dates`.execute(house.db);
    await sql.raw(migration).execute(house.db);
    await mornings(house, 28, 29);
    expect(await gotten(house, id)).toEqual([
      ['26', first],
      ['27', second],
      ['28', order[1]],
      ['29', order[2]],
    ]);
  });

  it.each([
    { when: 'in the evening', at: '2026-10-27T10:00:00Z' },
    { when: 'on the next day', at: '2026-10-28T05:00:00Z' },
  ])('that is taken back $when passes no tip over', async ({ at }) => {
    const { house, id, order } = await openWeek();
    await enterHoliday(house, '2026-10-27', '2026-10-25T17:05:00Z');
    await mornings(house, 26, 27);
    await takeBack(house, '2026-10-27', at);
    await mornings(house, 28, 29);
    expect(await gotten(house, id)).toEqual([
      ['26', order[0]],
      ['28', order[1]],
      ['29', order[2]],
    ]);
  });
});

it('reminds nobody again of a survey where the reminders’ day becomes a holiday after them', async () => {
  const house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
  await sql`UPDATE lanes SET rate = 50, burst = 50`.execute(house.db);
  // Of a reminder no row tells when it went: the chats are asked.
  const reminders = () =>
    house.host
      .messages()
      .filter(({ payload }) => /Survei singkat masih dibuka/.test(JSON.stringify(payload))).length;
  await mornings(house, 12, 13, 14);
  const reminded = reminders();
  expect(reminded).toBeGreaterThan(100);
  await enterHoliday(house, '2026-10-14', '2026-10-14T05:00:00Z');
  await mornings(house, 15, 16);
  expect(reminders()).toBe(reminded);
});
