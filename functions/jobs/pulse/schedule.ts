/** The schedule of survey periods as it stands in the store and the programme's file. */
import type { Catalogue } from '../../../core/content/schema.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import { listWavePlans } from '../../../core/store/pulse/wave-plans.ts';
import { listWaves } from '../../../core/store/pulse/waves.ts';
import { type Schedule, scheduleOf } from '../../../core/survey/schedule/schedule.ts';
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
    days: { calendar: await loadCalendar(db), pattern: agencyPattern, zone, now },
  });
