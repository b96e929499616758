/** One lesson for the whole crowd, planned as the planner does it. */
import { addDays } from '../core/calendar/zone.ts';
import type { LocalDate } from '../core/clock.ts';
import { planTimes } from '../core/delivery/planner.ts';
import { loadCalendar } from '../core/store/calendars.ts';
import type { Database } from '../core/store/database.ts';
import { crowdSteps, listRhythms } from '../core/store/outbox/crowd.ts';
import { ensurePartitions } from '../core/store/outbox/partitions.ts';
import { planCrowd, type SlotPlan } from '../core/store/outbox/planning.ts';

/** A plain Monday, and what everybody gets on it. */
export const lessonDay = { slot: '2026-10-26', item: 'l01', minute: 8 * 60 + 30 };

/** The evening before, when the planner runs. */
const eveningBefore = (slot: LocalDate): Date => new Date(`${addDays(slot, -1)}T12:00:00Z`);

export const planningTime = eveningBefore(lessonDay.slot);

/** Inside everybody's working hours, after everybody's lesson has become due. */
export const sendingTime = new Date('2026-10-26T03:00:00Z');

/** Plans a day's lesson for everybody, as the planner does on the evening before, and returns how many rows that added. */
export const planLesson = async (
  db: Database,
  slot: LocalDate = lessonDay.slot,
): Promise<number> => {
  const { item, minute } = lessonDay;
  await ensurePartitions(db, [slot]);
  const calendar = await loadCalendar(db);
  const now = eveningBefore(slot);
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
