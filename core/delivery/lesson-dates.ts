/** Which of the programme's tips a date has. */
import { addWorkdays, isWorkday, nextWorkday, type WorkCalendar } from '../calendar/work-time.ts';
import { addDays } from '../calendar/zone.ts';
import type { LocalDate } from '../clock.ts';

/** A date and its tip. */
export type GivenDate = { readonly slot: LocalDate; readonly item: string };

/**
 * The tips of the dates that have begun, and of all working days from `from` (the day of the plan) to `until`, both
 * included. A date that has begun keeps its tip, because somebody may have it, and is counted also when it has become a
 * holiday or its tip has left the order; only that nothing more is planned for it then. Every working day after the last of
 * them has the next of the order that no date has had. A day that passed without a tip, as a holiday taken back afterwards
 * or while no planner ran, takes none: nobody had it.
 */
export const lessonDates = (
  { starts, order }: { readonly starts: LocalDate; readonly order: readonly string[] },
  begun: readonly GivenDate[],
  {
    calendar,
    pattern,
    from,
    until,
  }: {
    readonly calendar: WorkCalendar;
    readonly pattern: string;
    readonly from: LocalDate;
    readonly until: LocalDate;
  },
): ReadonlyMap<LocalDate, string> => {
  // A programme whose start is moved behind what has begun begins anew.
  const had = begun.filter(({ slot }) => slot >= starts);
  const given = new Set(had.map(({ item }) => item));
  const last = had.at(-1)?.slot;
  const dates = new Map(
    had
      .filter(({ slot, item }) => order.includes(item) && isWorkday(calendar, pattern, slot))
      .map(({ slot, item }) => [slot, item]),
  );
  const first = [starts, from, ...(last === undefined ? [] : [addDays(last, 1)])].sort().at(-1);
  let date = addWorkdays(calendar, pattern, { from: first ?? starts, days: 0 });
  for (const item of order.filter((one) => !given.has(one))) {
    if (date > until) break;
    dates.set(date, item);
    date = nextWorkday(calendar, pattern, date);
  }
  return dates;
};
