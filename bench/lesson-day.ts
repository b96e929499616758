/** One lesson for the whole crowd, planned as the planner does it. */
import { planTimes } from '../core/delivery/planner.ts';
import { loadCalendar } from '../core/store/calendars.ts';
import type { Database } from '../core/store/database.ts';
import { ensurePartitions } from '../core/store/partitions.ts';
import { crowdSteps, listRhythms, planCrowd, type SlotPlan } from '../core/store/planning.ts';

/** A plain Monday, and what everybody gets on it. */
export const lessonDay = { slot: '2026-10-26', item: 'l01', minute: 8 * 60 + 30 };

/** The evening before, when the planner runs. */
export const planningTime = new Date('2026-10-25T12:00:00Z');

/** Inside everybody's working hours, after everybody's lesson has become due. */
export const sendingTime = new Date('2026-10-26T03:00:00Z');

/** Plans the day's lesson for everybody, as the planner does, and returns how many rows that added. */
export const planLesson = async (db: Database): Promise<number> => {
  const { slot, item, minute } = lessonDay;
  await ensurePartitions(db, [slot]);
  const calendar = await loadCalendar(db);
  const now = planningTime;
  const times = planTimes(calendar, await listRhythms(db, 'lesson'), { date: slot, minute, now });
  const plan: SlotPlan = {
    stream: 'lesson',
    slot,
    item,
    audience: { kind: 'welcomed' },
    times,
    openUntil: null,
    only: null,
    now,
  };
  return planCrowd(db, plan, await crowdSteps(db));
};
