/** The programme's tips and their dates: worked out for a plan, and kept before its rows stand. */
import { minuteOf } from '../../../core/calendar/work-pattern.ts';
import { instantAt, type WorkCalendar } from '../../../core/calendar/work-time.ts';
import { addDays, weekOf } from '../../../core/calendar/zone.ts';
import type { LocalDate } from '../../../core/clock.ts';
import { lessonDates } from '../../../core/delivery/lesson-dates.ts';
import { type CrowdRhythm, planTimes } from '../../../core/delivery/planner.ts';
import {
  keepLessonDates,
  type LessonDate,
  listLessonDates,
} from '../../../core/store/outbox/lesson-dates.ts';
import type { SlotPlan } from '../../../core/store/outbox/planning.ts';
import type { Context } from '../context.ts';
import { agencyPattern } from './slots.ts';

/** The tips of all dates up to the end of the horizon's last week, and of the dates that are kept those begun and ahead. */
export type Lessons = {
  readonly items: ReadonlyMap<LocalDate, string>;
  readonly begun: readonly LessonDate[];
  readonly ahead: readonly LessonDate[];
};

/** The days of a plan, first and last, and its moment. */
type Span = { readonly earliest: LocalDate; readonly latest: LocalDate; readonly now: Date };

export const readLessons = async (
  { db, catalogue }: Context,
  calendar: WorkCalendar,
  wish: Span & { readonly rhythms: readonly CrowdRhythm[] },
): Promise<Lessons> => {
  const { latest, now } = wish;
  const { lesson } = catalogue.programme;
  const kept = await listLessonDates(db);
  const begun = kept.filter(({ begins }) => begins <= now);
  const until = weekOf(latest).at(-1) ?? latest;
  // A first plan after the programme's start joins it where it is, as its waves and prompts are.
  const joins = !kept.some(({ slot }) => slot >= lesson.starts);
  const from = joins ? lesson.starts : firstOpen(calendar, minuteOf(lesson.time), wish);
  const given = { calendar, pattern: agencyPattern, from, until };
  const ahead = kept.filter(({ begins }) => begins > now);
  return { items: lessonDates(lesson, begun, given), begun, ahead };
};

/** The first date on which anybody could still get a tip: a day whose windows are all over takes none. */
const firstOpen = (
  calendar: WorkCalendar,
  minute: number,
  wish: Span & { readonly rhythms: readonly CrowdRhythm[] },
): LocalDate => {
  const { earliest, now } = wish;
  const anybody = wish.rhythms.map((rhythm) => ({ ...rhythm, perWeek: null }));
  const times = planTimes(calendar, anybody, { date: earliest, minute, now });
  return times.length > 0 ? earliest : addDays(earliest, 1);
};

/**
 * Keeps the dates up to the horizon's end as they are planned. A date on which nobody has a time begins with its day: once
 * planned, no later plan of that day gives its tip to another.
 */
export const keepLessons = async (
  { db, agency }: Context,
  { items, begun, ahead }: Lessons,
  plan: {
    readonly plans: readonly Pick<SlotPlan, 'stream' | 'slot' | 'times'>[];
    readonly latest: LocalDate;
    readonly now: Date;
  },
): Promise<void> => {
  const { plans, latest, now } = plan;
  const stands = new Set(begun.map(({ slot }) => slot));
  const beginsOn = (slot: LocalDate): Date => {
    const own = plans.find((one) => one.stream === 'lesson' && one.slot === slot)?.times ?? [];
    return own.length === 0
      ? instantAt(agency.zone, slot, 0)
      : new Date(Math.min(...own.map(({ due }) => due.getTime())));
  };
  const fresh = [...items]
    .filter(([slot]) => slot <= latest && !stands.has(slot))
    .map(([slot, item]) => ({ slot, item, begins: beginsOn(slot) }));
  if (!isSame(fresh, ahead)) await keepLessonDates(db, fresh, now);
};

const isSame = (some: readonly LessonDate[], others: readonly LessonDate[]): boolean =>
  some.length === others.length &&
  some.every(({ slot, item, begins }, index) => {
    const other = others[index];
    return (
      other?.slot === slot && other.item === item && other.begins.getTime() === begins.getTime()
    );
  });
