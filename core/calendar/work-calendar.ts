/** Which days are working days: weekends by pattern, holidays by decree, and the eve of a long leave. */
import type { LocalDate } from '../clock.ts';
import { customs, patternNamed } from './work-pattern.ts';
import type { Holiday, YearCalendar } from './year-calendar.ts';
import { addDays, localDate, weekday } from './zone.ts';

/** All known years, looked up by date. A year without a file has weekends only. */
export type WorkCalendar = {
  readonly years: ReadonlyMap<number, YearCalendar>;
  readonly holidays: ReadonlyMap<LocalDate, Holiday>;
};

/** Why nothing is sent on a whole day. */
export type DayOff = 'weekend' | 'holiday' | 'before-long-leave';

/** Joins year files; a later one of the same year replaces the earlier, so an operator's wins over the shipped one. */
export const workCalendar = (years: readonly YearCalendar[]): WorkCalendar => {
  const byYear = new Map(years.map((year) => [year.year, year]));
  const holidays = [...byYear.values()].flatMap((year) => year.holidays);
  return {
    years: byYear,
    holidays: new Map(holidays.map((holiday) => [holiday.date, holiday])),
  };
};

/** Why `date` is no day for messages, or null when it is one. */
export const dayOff = (calendar: WorkCalendar, pattern: string, date: LocalDate): DayOff | null => {
  const { days } = patternNamed(pattern);
  if (!days.includes(weekday(date))) return 'weekend';
  if (calendar.holidays.has(date)) return 'holiday';
  return isEveOfLongLeave(calendar, days, date) ? 'before-long-leave' : null;
};

/** Whether people of this pattern work on `date` and may be written to; the eve of a long leave counts as off. */
export const isWorkday = (calendar: WorkCalendar, pattern: string, date: LocalDate): boolean =>
  dayOff(calendar, pattern, date) === null;

/** The first working day after `after`. */
export const nextWorkday = (
  calendar: WorkCalendar,
  pattern: string,
  after: LocalDate,
): LocalDate => {
  let date = addDays(after, 1);
  // Ends: after the last year with a file every Monday is a working day.
  while (!isWorkday(calendar, pattern, date)) date = addDays(date, 1);
  return date;
};

/** The `days`-th working day after `from`; with 0 the first one at or after it. */
export const addWorkdays = (
  calendar: WorkCalendar,
  pattern: string,
  span: { readonly from: LocalDate; readonly days: number },
): LocalDate => {
  let date = span.days === 0 ? addDays(span.from, -1) : span.from;
  for (let left = Math.max(1, span.days); left > 0; left -= 1)
    date = nextWorkday(calendar, pattern, date);
  return date;
};

/** Whether `date` lies in a known Ramadan. */
export const isRamadan = (calendar: WorkCalendar, date: LocalDate): boolean =>
  // A Ramadan that begins in December stands in the file of the year before.
  [0, 1].some((back) => {
    const ramadan = calendar.years.get(Number(date.slice(0, 4)) - back)?.ramadan ?? null;
    return ramadan !== null && ramadan.from <= date && date <= ramadan.to;
  });

export type CalendarWarning =
  | 'this-year-missing'
  | 'this-year-estimated'
  | 'next-year-missing'
  | 'next-year-estimated';

/** What an operator must be told: this year at any time, from 1 October (Jakarta) also the next, whose decree is usually out by then. */
export const missingYear = (calendar: WorkCalendar, now: Date): readonly CalendarWarning[] => {
  const today = localDate('Asia/Jakarta', now);
  const year = Number(today.slice(0, 4));
  const fault = (which: number) => {
    const file = calendar.years.get(which);
    if (file === undefined) return 'missing' as const;
    const estimated = !file.decreed || file.holidays.some((holiday) => holiday.estimated);
    return estimated ? ('estimated' as const) : null;
  };
  const present = fault(year);
  const next = today.slice(5) < '10-01' ? null : fault(year + 1);
  return [
    ...(present === null ? [] : [`this-year-${present}` as const]),
    ...(next === null ? [] : [`next-year-${next}` as const]),
  ];
};

const isEveOfLongLeave = (
  calendar: WorkCalendar,
  days: readonly number[],
  date: LocalDate,
): boolean => {
  let decreed = false;
  for (let ahead = 1; ahead <= customs.longLeaveDays; ahead += 1) {
    const next = addDays(date, ahead);
    const holiday = calendar.holidays.has(next);
    if (!holiday && days.includes(weekday(next))) return false;
    decreed ||= holiday;
  }
  return decreed;
};
