/** The schedule of survey periods as it stands in the store and the programme's file. */
import { addWorkdays, nextWorkday } from '../../../core/calendar/work-time.ts';
import type { LocalDate } from '../../../core/clock.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import { planTimes } from '../../../core/delivery/planner.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import { listRhythms } from '../../../core/store/outbox/crowd.ts';
import { listLessonDates } from '../../../core/store/outbox/lesson-dates.ts';
import { listWavePlans } from '../../../core/store/pulse/wave-plans.ts';
import { listWaves } from '../../../core/store/pulse/waves.ts';
import {
  type AgencyDays,
  openingOf,
  type Schedule,
  type ScheduledWave,
  scheduleOf,
} from '../../../core/survey/schedule/schedule.ts';
import { agencyPattern } from '../delivery/slots.ts';

/** What a schedule is read with. */
export type ScheduleParts = {
  readonly db: Database;
  readonly catalogue: Catalogue;
  /** The agency's zone. */
  readonly zone: string;
  readonly now: Date;
};

/** Every survey period, past and to come. */
export const loadSchedule = async ({
  db,
  catalogue,
  zone,
  now,
}: ScheduleParts): Promise<Schedule> =>
  scheduleOf({
    programme: catalogue.programme,
    items: catalogue.survey.items,
    plans: await listWavePlans(db),
    launched: await listWaves(db),
    given: await listLessonDates(db),
    days: { calendar: await loadCalendar(db), pattern: agencyPattern, zone, now },
  });

/**
 * When a wave can open: on its day, or else on the first working day after it on which something runs. Invitations go out on
 * the day of the opening alone, so a day that is over for somebody opens no wave any more.
 */
export const launchableAt = async (
  db: Database,
  { days, today }: Schedule,
  { opens }: Pick<ScheduledWave, 'opens'>,
): Promise<Date> => {
  const { calendar, pattern, now } = days;
  const from = opens > today ? opens : today;
  const opening = openingOf(days, addWorkdays(calendar, pattern, { from, days: 0 }));
  if (opening > now || (await reachesAll(db, days, today))) return opening;
  return openingOf(days, nextWorkday(calendar, pattern, today));
};

/** Whether a day has time left in every zone and working week that it had time for at its opening. */
const reachesAll = async (db: Database, days: AgencyDays, date: LocalDate): Promise<boolean> => {
  const crowd = new Map(
    (await listRhythms(db, 'pulse')).map(({ zone, pattern }) => [
      `${zone} ${pattern}`,
      // One person's quiet time does not move the date of all.
      { zone, pattern, quietFrom: null, quietTo: null, minute: null, perWeek: null },
    ]),
  );
  const reached = (now: Date): number =>
    planTimes(days.calendar, [...crowd.values()], { date, minute: 0, now }).length;
  return reached(days.now) === reached(openingOf(days, date));
};
