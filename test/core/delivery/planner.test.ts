import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkday, type WorkCalendar } from '../../../core/calendar/work-calendar.ts';
import { addDays, weekOf } from '../../../core/calendar/zone.ts';
import { planTimes } from '../../../core/delivery/planner.ts';
import { calendarOf } from '../calendar/holidays.ts';

const early = new Date('2026-01-01T00:00:00Z');
const monday = '2026-10-26';
const halfPastEight = 510;

const rhythm = (pattern: string, perWeek: number) => ({
  zone: 'Asia/Jakarta',
  pattern,
  quietFrom: null,
  quietTo: null,
  minute: null,
  perWeek,
});

/** The days of a week with a lesson on which a person gets it. */
const turns = (
  calendar: WorkCalendar,
  days: readonly string[],
  person: Omit<ReturnType<typeof rhythm>, 'quietFrom' | 'quietTo'> & {
    quietFrom: number | null;
    quietTo: number | null;
  },
) =>
  days.filter(
    (date) =>
      planTimes(calendar, [person], { date, minute: halfPastEight, now: early, days }).length > 0,
  );

const lessonDays = (calendar: WorkCalendar, any = monday) =>
  weekOf(any).filter((date) => isWorkday(calendar, 'five-day', date));

describe('the turns of a week', () => {
  const plain = calendarOf([]);

  it.each([
    ['five-day', 1, ['26']],
    ['five-day', 3, ['26', '28', '30']],
    ['five-day', 5, ['26', '27', '28', '29', '30']],
    ['six-day', 1, ['26']],
    ['six-day', 3, ['26', '28', '30']],
    ['six-day', 5, ['26', '27', '28', '29', '30']],
  ])('of %s staff who ask for %i are the agency’s days', (pattern, perWeek, expected) => {
    const got = turns(plain, lessonDays(plain), rhythm(pattern, perWeek));
    expect(got.map((date) => date.slice(8))).toEqual(expected);
  });

  it('bring as many tips as asked for, or as there are days with a lesson, whatever the week', () => {
    const week = fc.record({
      week: fc.nat(40),
      off: fc.array(fc.nat(13), { maxLength: 6 }),
      /** A programme that begins or ends in the week. */
      without: fc.array(fc.nat(4), { maxLength: 3 }),
      pattern: fc.constantFrom('five-day', 'six-day'),
      perWeek: fc.constantFrom(1, 3, 5),
      quiet: fc.constantFrom(null, [780, 690] as const, [420, 600] as const),
    });
    fc.assert(
      fc.property(week, ({ week: nth, off, without, pattern, perWeek, quiet }) => {
        const from = addDays('2026-01-05', 7 * nth);
        const calendar = calendarOf([...new Set(off)].map((each) => addDays(from, each)));
        const days = lessonDays(calendar, from).filter((_, index) => !without.includes(index));
        const person = {
          ...rhythm(pattern, perWeek),
          quietFrom: quiet?.[0] ?? null,
          quietTo: quiet?.[1] ?? null,
        };
        // Quiet from 13.00 to 11.30 leaves nothing of a Friday.
        const possible = days.filter((date) => quiet?.[0] !== 780 || weekOf(date)[4] !== date);
        expect(turns(calendar, days, person)).toHaveLength(Math.min(perWeek, possible.length));
      }),
      { numRuns: 500 },
    );
  });
});
