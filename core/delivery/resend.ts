/** Where a message can go that did not arrive: the next windows of each rhythm, one a local day. */
import type { WorkCalendar } from '../calendar/work-time.ts';
import { addDays, localDate } from '../calendar/zone.ts';
import type { LocalDate } from '../clock.ts';
import { type CrowdRhythm, planTimes } from './planner.ts';

/** A window of a rhythm on one of its local days. */
export type Place = CrowdRhythm & {
  readonly day: LocalDate;
  readonly due: Date;
  readonly expires: Date;
};

/** Windows offered a person: enough to pass a few days whose attention is taken. */
const offered = 5;
/** Days looked ahead: the longest holidays fit in with some working days after them. */
const ahead = 21;

/** The next windows of every rhythm from `now`, the person's own time where there is one, in order. */
export const resendPlaces = (
  calendar: WorkCalendar,
  rhythms: readonly CrowdRhythm[],
  now: Date,
): readonly Place[] => {
  const dates = Array.from({ length: ahead }, (_, index) =>
    addDays(localDate('UTC', now), index - 1),
  );
  const days = dates.map((day) => ({
    day,
    times: planTimes(calendar, rhythms, { date: day, minute: 0, now }),
  }));
  const given = new Map<string, number>();
  return days.flatMap(({ day, times }) =>
    times.flatMap(({ zone, pattern, quietFrom, quietTo, minute, perWeek, due, expires }) => {
      const rhythm = { zone, pattern, quietFrom, quietTo, minute, perWeek };
      const name = JSON.stringify(rhythm);
      const count = given.get(name) ?? 0;
      if (count >= offered) return [];
      given.set(name, count + 1);
      return [{ ...rhythm, day, due, expires }];
    }),
  );
};
