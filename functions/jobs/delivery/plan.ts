/** The planner: today's slots and the next working day's, for every stream; planning twice adds nothing. */
import { missingYear } from '../../../core/calendar/work-calendar.ts';
import { localDate, nextWorkday, type WorkCalendar } from '../../../core/calendar/work-time.ts';
import { addDays } from '../../../core/calendar/zone.ts';
import type { LocalDate } from '../../../core/clock.ts';
import { expectFinish } from '../../../core/delivery/finish.ts';
import { type CrowdRhythm, planTimes } from '../../../core/delivery/planner.ts';
import { openDays, type Stream, streams } from '../../../core/delivery/streams.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import { isAsked } from '../../../core/store/jobs.ts';
import { listOutdated } from '../../../core/store/outbox/amendments.ts';
import { crowdSteps, listRhythms, wholeCrowd } from '../../../core/store/outbox/crowd.ts';
import { ensurePartitions } from '../../../core/store/outbox/partitions.ts';
import { planCrowd, type SlotPlan } from '../../../core/store/outbox/planning.ts';
import { dropStale, refreshSlot } from '../../../core/store/outbox/replanning.ts';
import { readOutlook } from '../../../core/store/outlook.ts';
import { listWaves } from '../../../core/store/pulse/waves.ts';
import { listBacklogs } from '../../../core/store/runs/recipients.ts';
import type { Context, Job } from '../context.ts';
import { periodicJob } from '../periodic.ts';
import { keepLessons, readLessons } from './lessons.ts';
import { planRecalls } from './recall.ts';
import { agencyPattern, correctionsOn, presentVersions, slotsOn } from './slots.ts';

/** Without a last run somebody asked for a fresh look: what waits is planned anew as well. */
export const planJob: Job = periodicJob('plan', async (context, now) => {
  const renew = isAsked((await readOutlook(context.db)).ran, 'plan');
  for (const warning of missingYear(await loadCalendar(context.db), now))
    context.log.warn(`calendar.${warning}`);
  await planAll(context, now, { renew });
});

export type PlanWish = {
  /** One person only, after a changed preference. */
  readonly only?: number | null;
  /** What waits is held against the present calendar, roster, preferences and content, too. */
  readonly renew?: boolean;
};

/** Plans every slot in the horizon and returns how many rows were added. */
export const planAll = async (
  context: Context,
  now: Date,
  { only = null, renew = false }: PlanWish = {},
): Promise<number> => {
  const { db } = context;
  const calendar = await loadCalendar(db);
  const dates = horizon(calendar, context.agency.zone, now);
  await ensurePartitions(db, [...dates, ...ahead(latest(dates))]);
  let added = only === null ? await planRecalls(db, earliest(dates), now) : 0;
  const plans = await plansOn(context, calendar, { dates, only, now });
  if (renew) await dropStale(db, { from: earliest(dates), present: plans, only, now });
  const steps = only === null ? await crowdSteps(db) : wholeCrowd;
  for (const plan of plans) {
    if (renew) for (const span of steps) await refreshSlot(db, { ...plan, span });
    added += await planCrowd(db, plan, steps);
  }
  if (added > 0) {
    context.log.info('plan.added', { rows: added });
    if (only === null) await tellFinish(context, dates, now);
  }
  return added;
};

/** Every slot of the dates with its times; the tips' dates are kept from here on. */
const plansOn = async (
  context: Context,
  calendar: WorkCalendar,
  wish: { readonly dates: readonly LocalDate[]; readonly only: number | null; readonly now: Date },
): Promise<readonly SlotPlan[]> => {
  const { dates, only, now } = wish;
  const { db } = context;
  const waves = (await listWaves(db)).filter(({ status }) => status === 'open');
  const outdated = await listOutdated(db, presentVersions(context.catalogue));
  const span = { earliest: earliest(dates), latest: latest(dates), now };
  const rhythmsOf = rhythmsIn(context);
  const rhythms = await rhythmsOf('lesson');
  const lessons = await readLessons(context, calendar, { ...span, rhythms });
  const plans: SlotPlan[] = [];
  for (const date of dates)
    for (const slot of [
      ...correctionsOn(context, outdated, date),
      ...slotsOn(context, calendar, { date, waves, lessons: lessons.items }),
    ])
      plans.push({
        ...slot,
        times: planTimes(calendar, await rhythmsOf(slot.stream), { ...slot, date, now }),
        only,
        now,
      });
  await keepLessons(context, lessons, { plans, ...span });
  return plans;
};

/** Says when each lane will be through with what waits on it, and warns of what will not go within its window or of a lane at rest. */
const tellFinish = async (
  { db, log }: Context,
  dates: readonly LocalDate[],
  now: Date,
): Promise<void> => {
  const wish = { from: earliest(dates), to: latest(dates), stream: null };
  for (const lane of await listBacklogs(db, wish)) {
    const { platform, workspaceId, pausedReason } = lane;
    if (pausedReason !== null) {
      log.warn('plan.lane-paused', { platform, workspaceId, reason: pausedReason });
      continue;
    }
    const { at, late, missed } = expectFinish(lane, lane.waiting, now);
    const told = { platform, workspaceId, at: at.toISOString() };
    if (missed === null) log.info('plan.finish', told);
    else log.warn('plan.too-slow', { ...told, late, missed: missed.toISOString() });
  }
};

/** The days into which somebody's press may put a postponed tip. */
const ahead = (from: LocalDate): readonly LocalDate[] =>
  Array.from({ length: openDays }, (_, days) => addDays(from, days + 1));

const earliest = (dates: readonly LocalDate[]): LocalDate => [...dates].sort()[0] ?? '';
const latest = (dates: readonly LocalDate[]): LocalDate => [...dates].sort().at(-1) ?? '';

/** The rhythms of the crowd; streams with the same rule share one look at it. */
const rhythmsIn = ({ db }: Context) => {
  const crowd = new Map<string, Promise<readonly CrowdRhythm[]>>();
  return (stream: Stream): Promise<readonly CrowdRhythm[]> => {
    const { personalTime, personalFrequency } = streams[stream];
    const key = `${personalTime} ${personalFrequency}`;
    const known = crowd.get(key) ?? listRhythms(db, stream);
    crowd.set(key, known);
    return known;
  };
};

/**
 * The dates to plan: every date that is today somewhere in the country, and the agency's next working day.
 * Zones ahead of the agency reach the next date first; two dates suffice for WIB to WIT.
 */
const horizon = (calendar: WorkCalendar, zone: string, now: Date): readonly LocalDate[] => {
  const today = localDate(zone, now);
  const ahead = localDate(zone, new Date(now.getTime() + 3 * 3_600_000));
  return [...new Set([today, ahead, nextWorkday(calendar, agencyPattern, today)])];
};
