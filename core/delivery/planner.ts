/** When each rhythm of the crowd gets a slot: instants in UTC, so that SQL never computes with zones. */
import {
  localDate,
  nextWindow,
  type Rhythm,
  sendTime,
  type WorkCalendar,
} from '../calendar/work-time.ts';
import { weekOf } from '../calendar/zone.ts';
import { day, type LocalDate } from '../clock.ts';

/** One distinct combination found among the people; `minute` is after local midnight, null = the stream's own. */
export type CrowdRhythm = Rhythm & {
  readonly minute: number | null;
  readonly perWeek: number | null;
};

/** A combination with its send instant for one slot. */
export type PlannedTime = CrowdRhythm & {
  readonly due: Date;
  readonly expires: Date;
  readonly moved: string | null;
};

export type SlotRequest = {
  readonly date: LocalDate;
  /** The stream's own time, minutes after local midnight. */
  readonly minute: number;
  readonly now: Date;
  /** The dates of its week on which the stream has something to say; without them any. */
  readonly days?: readonly LocalDate[];
};

/** The send times of a slot for every rhythm that has one; a rhythm whose day is off or over has none. */
export const planTimes = (
  calendar: WorkCalendar,
  rhythms: readonly CrowdRhythm[],
  slot: SlotRequest,
): readonly PlannedTime[] =>
  rhythms.flatMap((rhythm) => {
    if (rhythm.perWeek !== null && !isTurn(calendar, rhythm, slot)) return [];
    const time = timeOn(calendar, rhythm, slot);
    if (time === null) return [];
    if (time.due >= slot.now) return [{ ...rhythm, ...time }];
    // Planned after its time: the rest of the day still serves, another day would be another slot.
    const late = nextWindow(calendar, rhythm, slot.now);
    const sameDay = localDate(rhythm.zone, late.at) === slot.date && late.at < time.expires;
    return sameDay
      ? [{ ...rhythm, due: late.at, expires: time.expires, moved: time.moved ?? 'planned-late' }]
      : [];
  });

const timeOn = (
  calendar: WorkCalendar,
  rhythm: CrowdRhythm,
  { date, minute }: Pick<SlotRequest, 'date' | 'minute'>,
) =>
  sendTime(calendar, rhythm, {
    date,
    minute: rhythm.minute ?? minute,
    chosen: rhythm.minute !== null,
  });

/**
 * Whether a person who wants `perWeek` lessons gets one on the slot's date: the turns are spread over the week's days that
 * have one and on which the person can be written to. A day that only one of both knows would be a turn without a lesson.
 */
const isTurn = (calendar: WorkCalendar, rhythm: CrowdRhythm, slot: SlotRequest): boolean => {
  const { date, minute, days: given = weekOf(date) } = slot;
  const days = given.filter((one) => timeOn(calendar, rhythm, { date: one, minute }) !== null);
  const index = days.indexOf(date);
  const wanted = Math.min(rhythm.perWeek ?? days.length, days.length);
  if (index < 0 || wanted === 0) return false;
  return (
    Math.floor((index * wanted) / days.length) !== Math.floor(((index - 1) * wanted) / days.length)
  );
};

/** Sunday noon, UTC, before `now`: where no zone is at work, so that every local week begins after it and ends before the next. */
export const weekBegins = (now: Date): Date => {
  const noon = new Date(now.getTime() - day / 2);
  return new Date(Math.floor(noon.getTime() / day) * day - noon.getUTCDay() * day + day / 2);
};
