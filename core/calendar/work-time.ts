/** When a message may reach a person: the one door of this room for the planner and the sender. */
import type { LocalDate } from '../clock.ts';
import { once } from '../once.ts';
import { type DayOff, dayOff, isRamadan, type WorkCalendar } from './work-calendar.ts';
import { customs, patternNamed, type Span } from './work-pattern.ts';
import { addDays, instantAt, localDate, localMinute, weekday } from './zone.ts';

export {
  addWorkdays,
  isWorkday,
  nextWorkday,
  type WorkCalendar,
} from './work-calendar.ts';
export { instantAt, localDate } from './zone.ts';

/** What decides a person's windows; many people share one. Quiet time is in minutes after local midnight, may pass midnight, and counts only when both ends are set. */
export type Rhythm = {
  readonly zone: string;
  readonly pattern: string;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
};

/** Why a message does not go at the wished time; `calendar.moved.<id>` says it to people. */
export const moveReasons = [
  'weekend',
  'holiday',
  'before-long-leave',
  'before-work',
  'monday-assembly',
  'ramadan',
  'friday-rest',
  'quiet-hours',
  'after-work',
  'clock-change',
] as const;
type MoveReason = (typeof moveReasons)[number];

/**
 * The send instant for a slot date and wished minute, or null when that day has no allowed minute at all; a minute after
 * the day's last comes in its last quarter-hour. `chosen`: the minute is the person's own choice, so Ramadan's later usual
 * slot does not apply to it.
 */
export const sendTime = (
  calendar: WorkCalendar,
  rhythm: Rhythm,
  slot: { readonly date: LocalDate; readonly minute: number; readonly chosen?: boolean },
): { readonly due: Date; readonly expires: Date; readonly moved: string | null } | null => {
  const wish = usualMinute(calendar, slot);
  const spans = spansOn(calendar, rhythm, slot.date);
  const minute = minuteFor(spans, wish);
  const last = spans.at(-1);
  if (minute === null || last === undefined) return null;
  const due = instantAt(rhythm.zone, slot.date, minute);
  const expires = instantAt(rhythm.zone, slot.date, last.to);
  // A date that the zone skipped altogether has no instants of its own.
  if (due >= expires) return null;
  return { due, expires, moved: minute === slot.minute ? null : whyMoved(calendar, rhythm, slot) };
};

/** The minute at which messages come for a wished one on a working day without customs, outside Ramadan. */
export const ordinaryMinute = (rhythm: Omit<Rhythm, 'zone'>, wish: number): number =>
  minuteFor(spansWithin(rhythm, patternNamed(rhythm.pattern).hours, tuesday), wish) ?? wish;

/** The first allowed instant at or after `from`; `moved` is null exactly when `from` itself is allowed. */
export const nextWindow = (
  calendar: WorkCalendar,
  rhythm: Rhythm,
  from: Date,
): { readonly at: Date; readonly moved: string | null } => {
  const { zone, pattern, quietFrom, quietTo } = rhythm;
  const windows = openWindows(calendar);
  const name = `${zone} ${pattern} ${quietFrom} ${quietTo}`;
  const open = windows.get(name);
  const at = from.getTime();
  if (open !== undefined && open.from <= at && at < open.until) return { at: from, moved: null };
  const found = findWindow(calendar, rhythm, from);
  if (found.moved === null) windows.set(name, found.open);
  return { at: found.at, moved: found.moved };
};

/** Milliseconds since 1970. */
type Open = { readonly from: number; readonly until: number };

/** The window found open last, by rhythm: in one morning a crowd asks for a handful of them. */
const openWindows = once((_calendar: WorkCalendar) => new Map<string, Open>());

const findWindow = (
  calendar: WorkCalendar,
  rhythm: Rhythm,
  from: Date,
):
  | { readonly at: Date; readonly moved: string }
  | { readonly at: Date; readonly moved: null; readonly open: Open } => {
  const today = localDate(rhythm.zone, from);
  // Ends: after the last year with a file every week has plain working days.
  for (let date = today; ; date = addDays(date, 1)) {
    for (const span of spansOn(calendar, rhythm, date)) {
      const end = instantAt(rhythm.zone, date, span.to);
      const start = instantAt(rhythm.zone, date, span.from);
      if (end <= from || end <= start) continue;
      if (start <= from) {
        const open = { from: start.getTime(), until: end.getTime() };
        return { at: from, moved: null, open };
      }
      const minute = localMinute(rhythm.zone, from);
      const reason = blockedBy(calendar, rhythm, { date: today, minute });
      return { at: start, moved: reason ?? 'clock-change' };
    }
  }
};

/** Whether quiet time leaves a minute of some plain working day; settings refuse what does not, and it is never applied. */
export const leavesRoom = (rhythm: Omit<Rhythm, 'zone'>): boolean => {
  const { days, hours } = patternNamed(rhythm.pattern);
  const quiet = quietSpans(rhythm);
  return days.some((day) => without(openSpans(hours, day), quiet).length > 0);
};

type Moment = { readonly date: LocalDate; readonly minute: number };

/** The allowed spans of a local day, in order; none on a day off. */
const spansOn = (calendar: WorkCalendar, rhythm: Rhythm, date: LocalDate): readonly Span[] => {
  if (dayOff(calendar, rhythm.pattern, date) !== null) return [];
  return spansWithin(rhythm, hoursOn(calendar, rhythm, date), weekday(date));
};

/** What custom and the person's quiet time leave of a weekday's working hours. */
const spansWithin = (rhythm: Omit<Rhythm, 'zone'>, hours: Span, day: number): readonly Span[] => {
  const open = openSpans(hours, day);
  return leavesRoom(rhythm) ? without(open, quietSpans(rhythm)) : open;
};

/** ISO weekday on which every pattern works and no custom takes anything from the hours. */
const tuesday = 2;

/** Minutes in which a message sent at the end of a day can still be delivered; what people choose is a multiple of it. */
const quarter = 15;

/** The first allowed minute at or after a wish. One beyond the day's end comes in its last whole quarter-hour, for nobody wishes for never. */
const minuteFor = (spans: readonly Span[], wish: number): number | null => {
  const span = spans.find(({ to }) => wish < to);
  if (span !== undefined) return Math.max(wish, span.from);
  const last = spans.at(-1);
  if (last === undefined) return null;
  return Math.max(last.from, Math.floor((last.to - quarter) / quarter) * quarter);
};

const hoursOn = (calendar: WorkCalendar, rhythm: Rhythm, date: LocalDate): Span => {
  const pattern = patternNamed(rhythm.pattern);
  return isRamadan(calendar, date) ? pattern.ramadan : pattern.hours;
};

/** Working hours of a weekday less what custom keeps free. */
const openSpans = (hours: Span, day: number): readonly Span[] => {
  const from = day === customs.monday ? Math.max(hours.from, customs.mondayFrom) : hours.from;
  const open = [{ from, to: Math.min(hours.to, customs.lastSend) }];
  return day === customs.friday ? without(open, [customs.fridayRest]) : open;
};

/** The person's quiet time within one local day; past midnight it is two pieces. */
const quietSpans = ({ quietFrom, quietTo }: Omit<Rhythm, 'zone' | 'pattern'>): readonly Span[] => {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return [];
  if (quietFrom < quietTo) return [{ from: quietFrom, to: quietTo }];
  return [
    { from: 0, to: quietTo },
    { from: quietFrom, to: 24 * 60 },
  ];
};

const without = (spans: readonly Span[], holes: readonly Span[]): readonly Span[] =>
  holes.reduce<readonly Span[]>(
    (left, hole) =>
      left
        .flatMap((span) => [
          { from: span.from, to: Math.min(span.to, hole.from) },
          { from: Math.max(span.from, hole.to), to: span.to },
        ])
        .filter((span) => span.from < span.to),
    spans,
  );

const usualMinute = (
  calendar: WorkCalendar,
  { date, minute, chosen }: Moment & { readonly chosen?: boolean },
): number =>
  chosen !== true && isRamadan(calendar, date) ? Math.max(minute, customs.ramadanSlot) : minute;

const whyMoved = (calendar: WorkCalendar, rhythm: Rhythm, moment: Moment): MoveReason =>
  blockedBy(calendar, rhythm, moment) ?? 'ramadan';

/** What forbids a local minute, the widest reason first; null when nothing does. */
const blockedBy = (
  calendar: WorkCalendar,
  rhythm: Rhythm,
  { date, minute }: Moment,
): MoveReason | DayOff | null => {
  const off = dayOff(calendar, rhythm.pattern, date);
  if (off !== null) return off;
  const outside = outsideHours(calendar, rhythm, { date, minute });
  if (outside !== null) return outside;
  if (weekday(date) === customs.friday && holds(customs.fridayRest, minute)) return 'friday-rest';
  return quietSpans(rhythm).some((span) => holds(span, minute)) ? 'quiet-hours' : null;
};

const outsideHours = (
  calendar: WorkCalendar,
  rhythm: Rhythm,
  { date, minute }: Moment,
): MoveReason | null => {
  const hours = hoursOn(calendar, rhythm, date);
  const plain = patternNamed(rhythm.pattern).hours;
  const late = Math.min(hours.to, customs.lastSend);
  if (minute >= late)
    return minute < Math.min(plain.to, customs.lastSend) ? 'ramadan' : 'after-work';
  if (minute < hours.from) return minute >= plain.from ? 'ramadan' : 'before-work';
  const assembly = weekday(date) === customs.monday && minute < customs.mondayFrom;
  return assembly ? 'monday-assembly' : null;
};

const holds = (span: Span, minute: number): boolean => span.from <= minute && minute < span.to;
