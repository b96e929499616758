/** Local dates and instants: the one place where a time zone's rules are asked. */
import { Temporal } from 'temporal-polyfill';
import { day, type LocalDate } from '../clock.ts';

/** The date that people in `zone` read off the wall at `instant`. */
export const localDate = (zone: string, instant: Date): LocalDate =>
  zoned(zone, instant).toPlainDate().toString();

/** Whole minutes after local midnight that the clock in `zone` shows at `instant`. */
export const localMinute = (zone: string, instant: Date): number => {
  const { hour, minute } = zoned(zone, instant);
  return hour * 60 + minute;
};

/** The instant at which the clock in `zone` first shows `minute` after midnight of `date`; the end of the gap when it never does. */
export const instantAt = (zone: string, date: LocalDate, minute: number): Date => {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minute });
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const inGap = !found.toPlainDateTime().equals(wanted);
  // In a gap `earlier` lies before the change of the clocks, so the next change is the gap itself.
  const first = inGap ? (found.getTimeZoneTransition('next') ?? found) : found;
  return new Date(first.epochMilliseconds);
};

/** Whether `zone` is an IANA name this runtime knows; bare offsets are refused, they know no change of clocks. */
export const isZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    zoned(zone, new Date(0));
    return true;
  } catch {
    return false;
  }
};

/** The date `days` later. */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);

/** ISO weekday of a date: 1 = Monday to 7 = Sunday. */
export const weekday = (date: LocalDate): number =>
  ((new Date(Date.parse(date)).getUTCDay() + 6) % 7) + 1;

/** Whether `text` is a date that exists, written `YYYY-MM-DD`. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = Date.parse(text);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().slice(0, 10) === text;
};

const zoned = (zone: string, instant: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
