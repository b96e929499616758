import { describe, expect, it } from 'vitest';
import type { YearCalendar } from '../../../core/calendar/year-calendar.ts';
import { keepCalendars, loadCalendar, setCalendar } from '../../../core/store/calendars.ts';
import { cloneDatabase } from '../../support/run/database.ts';

const year = (number: number, name: string): YearCalendar => ({
  year: number,
  decree: 'SKB contoh',
  decreed: true,
  holidays: [{ date: `${number}-08-17`, name, kind: 'national', estimated: false }],
  ramadan: null,
});
const now = new Date('2026-10-05T00:00:00Z');

describe('stored calendars', async () => {
  const { db } = await cloneDatabase();
  const names = async () =>
    [...(await loadCalendar(db)).holidays.values()].map(({ date, name }) => `${date} ${name}`);

  it("begin with the shipped years, and an operator's year stands at every later start", async () => {
    const shipped = [year(2026, 'bawaan'), year(2027, 'bawaan')];
    await keepCalendars(db, shipped, now);
    await db.transaction().execute((trx) => setCalendar(trx, year(2027, 'operator'), now));
    await keepCalendars(db, shipped, now);
    expect(await names()).toEqual(['2026-08-17 bawaan', '2027-08-17 operator']);
    const acts = await db.selectFrom('audit_log').select(['act', 'detail']).execute();
    expect(acts).toEqual([
      {
        act: 'calendar.set',
        detail: { year: 2027, decree: 'SKB contoh', decreed: true, holidays: 1 },
      },
    ]);
  });
});
