import { describe, expect, it } from 'vitest';
import {
  addWorkdays,
  dayOff,
  isWorkday,
  missingYear,
  nextWorkday,
  workCalendar,
} from '../../../../core/calendar/work-calendar.ts';
import { shippedCalendar } from '../shipped.ts';

const five = 'five-day';

describe('working days of the shipped calendar', async () => {
  const calendar = await shippedCalendar();

  it('are Monday to Friday, and Saturday too for units that work six days', () => {
    expect(isWorkday(calendar, five, '2026-11-27')).toBe(true);
    expect(isWorkday(calendar, five, '2026-11-28')).toBe(false);
    expect(isWorkday(calendar, 'six-day', '2026-11-28')).toBe(true);
    expect(isWorkday(calendar, 'six-day', '2026-11-29')).toBe(false);
  });

  it('are neither national holidays nor collective leave', () => {
    expect(dayOff(calendar, five, '2026-08-17')).toBe('holiday');
    expect(dayOff(calendar, five, '2026-12-24')).toBe('holiday');
    expect(dayOff(calendar, five, '2026-12-26')).toBe('weekend');
  });

  it('leave out the eve of the long leave, not the eve of a long weekend', () => {
    expect(dayOff(calendar, five, '2026-03-17')).toBe('before-long-leave');
    expect(dayOff(calendar, five, '2026-05-13')).toBeNull();
    expect(nextWorkday(calendar, five, '2026-03-16')).toBe('2026-03-25');
  });

  it('are counted from the day after, and with 0 from the day itself', () => {
    expect(addWorkdays(calendar, five, { from: '2026-08-14', days: 1 })).toBe('2026-08-18');
    expect(addWorkdays(calendar, five, { from: '2026-08-15', days: 0 })).toBe('2026-08-18');
    expect(addWorkdays(calendar, five, { from: '2026-08-18', days: 0 })).toBe('2026-08-18');
    expect(addWorkdays(calendar, five, { from: '2026-11-23', days: 5 })).toBe('2026-11-30');
  });

  it('refuse a pattern nobody defined', () => {
    expect(() => isWorkday(calendar, 'shift', '2026-11-27')).toThrow('no work pattern "shift"');
  });
});

describe('the reminder to enter next year', async () => {
  const calendar = await shippedCalendar();
  const year2026 = [...calendar.years.values()].filter(({ year }) => year === 2026);

  it('begins on 1 October in Jakarta', () => {
    expect(missingYear(calendar, new Date('2026-09-30T16:59:00Z'))).toEqual([]);
    expect(missingYear(calendar, new Date('2026-09-30T17:00:00Z'))).toEqual([
      'next-year-estimated',
    ]);
  });

  it('tells a missing file from an estimated one, and is silent once the decree is in', () => {
    const december = new Date('2026-12-01T00:00:00Z');
    expect(missingYear(workCalendar(year2026), december)).toEqual(['next-year-missing']);
    const decreed = year2026.map((year) => ({ ...year, year: 2027 }));
    expect(missingYear(workCalendar([...year2026, ...decreed]), december)).toEqual([]);
    // A year that has begun without its file is told whatever the month.
    const january = new Date('2027-01-04T00:00:00Z');
    expect(missingYear(workCalendar(year2026), january)).toEqual(['this-year-missing']);
    expect(missingYear(workCalendar([...year2026, ...decreed]), january)).toEqual([]);
  });
});
