import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { isWorkday } from '../../../../core/calendar/work-time.ts';
import { addDays, localMinute } from '../../../../core/calendar/zone.ts';
import { loadCalendar, setCalendar } from '../../../../core/store/calendars.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { type House, openHouse } from '../../../support/house.ts';
import { textOf } from '../../../support/slack/payloads.ts';

const zone = 'Asia/Jakarta';
/** The first thirty days of the lessons. */
const dates = Array.from({ length: 30 }, (_, index) => addDays('2026-10-26', index));
const at = (hour: number, minute = 0) => hour * 60 + minute;

/** Makes the thirty days a Ramadan. */
const decreeRamadan = async ({ db }: House): Promise<void> => {
  const year = (await loadCalendar(db)).years.get(2026);
  if (year === undefined) throw new Error('2026 has no calendar');
  const ramadan = { from: '2026-10-26', to: '2026-11-24' };
  await db
    .transaction()
    .execute((trx) => setCalendar(trx, { ...year, ramadan }, new Date('2026-10-01T00:00:00Z')));
};

/** The times of the tips that a person gets over the thirty days, planned day by day. */
const tipsOf = async ({ db, host }: House, id: number) => {
  for (const date of dates)
    await planAll(host.context, new Date(`${date}T00:00:00Z`), { only: id });
  const { rows } = await sql<{ slot: string; due: Date; moved: string | null }>`
    SELECT slot, due, moved_reason AS moved FROM outbox WHERE person_id = ${id}
      AND stream = 'lesson' AND state = 'planned' AND slot < '2026-11-25' ORDER BY slot`.execute(
    db,
  );
  return rows.map(({ slot, due, moved }) => ({ slot, minute: localMinute(zone, due), moved }));
};

describe('who chose 15.00', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ now: '2026-10-25T17:01:00Z', welcomed: true });
    await sql`UPDATE people SET time_zone = ${zone}, work_pattern = 'five-day',
      leave_from = NULL, leave_to = NULL`.execute(house.db);
  });
  const choose = async (key: string, pattern: string, minute: number | null) => {
    const id = await house.idOf(key);
    await sql`DELETE FROM outbox WHERE person_id = ${id}`.execute(house.db);
    await sql`DELETE FROM attention WHERE person_id = ${id}`.execute(house.db);
    await sql`UPDATE people SET work_pattern = ${pattern} WHERE id = ${id}`.execute(house.db);
    await sql`UPDATE preferences SET send_minute = ${minute} WHERE person_id = ${id}`.execute(
      house.db,
    );
    return tipsOf(house, id);
  };
  const key = sampleKeys.slackStaff;

  it('gets a tip on every day with one in a six-day week', async () => {
    const calendar = await loadCalendar(house.db);
    const working = dates.filter((date) => isWorkday(calendar, 'five-day', date));
    const usual = await choose(key, 'six-day', null);
    expect(usual.map(({ slot }) => slot)).toEqual(working);
    const tips = await choose(key, 'six-day', at(15));
    expect(tips.map(({ slot }) => slot)).toEqual(working);
    for (const tip of tips) expect(tip).toMatchObject({ minute: at(14, 15), moved: 'after-work' });
  });

  it('gets a tip on every working day of Ramadan', async () => {
    await decreeRamadan(house);
    const calendar = await loadCalendar(house.db);
    const tips = await choose(key, 'five-day', at(15));
    const working = dates.filter((date) => isWorkday(calendar, 'five-day', date));
    expect(tips.map(({ slot }) => slot)).toEqual(working);
    for (const tip of tips) expect(tip).toMatchObject({ minute: at(14, 45), moved: 'ramadan' });
    const six = await choose(key, 'six-day', at(15));
    expect(six.map(({ slot }) => slot)).toEqual(working);
    for (const tip of six) expect(tip).toMatchObject({ minute: at(13, 45) });
  });
});

describe('a programme time after a day’s end', () => {
  it('comes in its last quarter-hour, in either week and in Ramadan', async () => {
    const house = await openHouse({ now: '2026-10-25T17:01:00Z', welcomed: true });
    await decreeRamadan(house);
    const { catalogue } = house.host.context;
    const { programme } = catalogue;
    const late = { ...programme, lesson: { ...programme.lesson, time: '15:30' } };
    const context = { ...house.host.context, catalogue: { ...catalogue, programme: late } };
    await sql`UPDATE people SET time_zone = ${zone}, leave_from = NULL, leave_to = NULL,
      work_pattern = CASE WHEN id % 2 = 0 THEN 'six-day' ELSE 'five-day' END`.execute(house.db);
    await planAll(context, new Date('2026-10-25T17:01:00Z'));
    const { rows } = await sql<{ pattern: string; due: Date; moved: string }>`
      SELECT DISTINCT p.work_pattern AS pattern, o.due, o.moved_reason AS moved
      FROM outbox o JOIN people p ON p.id = o.person_id
      WHERE o.stream = 'lesson' AND o.slot = '2026-10-26' ORDER BY 1`.execute(house.db);
    expect(rows.map((row) => [row.pattern, localMinute(zone, row.due), row.moved])).toEqual([
      ['five-day', at(14, 45), 'after-work'],
      ['six-day', at(13, 45), 'after-work'],
    ]);
  });
});

describe('the answer to a time of day', () => {
  it.each([
    ['five-day', 'jam 15', 'sekitar pukul 15.00 waktu Anda'],
    [
      'five-day',
      'jam 16',
      'di luar waktu pengiriman bagi Anda. Karena itu, kiat berikutnya dikirim sekitar pukul 15.15',
    ],
    ['five-day', 'jam 6', 'sekitar pukul 07.30 waktu Anda'],
    ['six-day', 'jam 15', 'sekitar pukul 14.15 waktu Anda'],
    [
      'six-day',
      'time 20',
      'outside your hours for messages. The next tips therefore come at about 14:15',
    ],
  ])(
    'tells a person of a %s week who types "%s" the time that holds',
    async (pattern, said, told) => {
      const house = await openHouse({ now: '2026-10-26T02:00:00Z', welcomed: true });
      const id = await house.idOf(sampleKeys.slackStaff);
      await sql`UPDATE people SET work_pattern = ${pattern} WHERE id = ${id}`.execute(house.db);
      if (said.startsWith('time')) await house.type('slack', sampleKeys.slackStaff, 'bahasa en');
      await house.type('slack', sampleKeys.slackStaff, said);
      const answer = house.messagesOf('slack', sampleKeys.slackStaff).at(-1);
      expect(textOf(answer?.payload).join(' ')).toContain(told);
      const { rows } = await sql`SELECT due FROM outbox WHERE person_id = ${id}
      AND stream = 'lesson' AND state = 'planned' AND slot = '2026-10-26'`.execute(house.db);
      expect(rows).toHaveLength(1);
    },
  );
});
