/** Local dates and instants: the one place where a time zone's rules are asked. */
import { Temporal } from 'temporal-polyfill';
import { day, type LocalDate, minute as minutes } from '../clock.ts';

/** The date that people in `zone` read off the wall at `instant`. */
export const localDate = (zone: string, instant: Date): LocalDate =>
  wallClock(zone, instant).toISOString().slice(0, 10);

/** Whole minutes after local midnight that the clock in `zone` shows at `instant`. */
export const localMinute = (zone: string, instant: Date): number => {
  const wall = wallClock(zone, instant);
  return wall.getUTCHours() * 60 + wall.getUTCMinutes();
};

/** The instant at which the clock in `zone` first shows `minute` after midnight of `date`; the end of the gap when it never does. */
export const instantAt = (zone: string, date: LocalDate, minute: number): Date =>
  farFromChange(zone, Date.parse(date) + minute * minutes) ?? besideChange(zone, date, minute);

/** The first instant of the day that `zone` has at `instant`. */
export const dayBegins = (zone: string, instant: Date): Date =>
  instantAt(zone, localDate(zone, instant), 0);

const besideChange = (zone: string, date: LocalDate, minute: number): Date => {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minute });
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const inGap = !found.toPlainDateTime().equals(wanted);
  // In a gap `earlier` lies before the change of the clocks, so the next change is the gap itself.
  const first = inGap ? (found.getTimeZoneTransition('next') ?? found) : found;
  return new Date(first.epochMilliseconds);
};

/** The date `days` later; throws RangeError beyond the year 9999, where dates no longer sort as texts. */
export const addDays = (date: LocalDate, days: number): LocalDate => {
  const iso = new Date(Date.parse(date) + days * day).toISOString();
  if (iso.length !== isoLength) throw new RangeError(`no date ${days} days after ${date}`);
  return iso.slice(0, 10);
};

const isoLength = '2026-01-01T00:00:00.000Z'.length;

/** ISO weekday of a date: 1 = Monday to 7 = Sunday. */
export const weekday = (date: LocalDate): number =>
  ((new Date(Date.parse(date)).getUTCDay() + 6) % 7) + 1;

/** Monday to Sunday of the week that holds `date`. */
export const weekOf = (date: LocalDate): readonly LocalDate[] =>
  Array.from({ length: 7 }, (_, index) => addDays(date, index + 1 - weekday(date)));

/** Whether `text` is a date that exists, written `YYYY-MM-DD`. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = Date.parse(text);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().slice(0, 10) === text;
};

const zoned = (zone: string, instant: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);

/** A stretch of time, milliseconds since 1970, in which the clocks of a zone keep one distance from UTC. */
type Stretch = { readonly from: number; readonly before: number; readonly offset: number };

/** The stretch asked for last, by zone: a morning's questions nearly all fall into the same one. */
const stretches = new Map<string, Stretch>();

/** The time on the wall in `zone`, as if it were UTC. */
const wallClock = (zone: string, instant: Date): Date => {
  const at = instant.getTime();
  const known = stretches.get(zone);
  const stretch = known && known.from <= at && at < known.before ? known : stretchAt(zone, instant);
  if (stretch !== known) stretches.set(zone, stretch);
  return new Date(at + stretch.offset);
};

/** The instant of a wall time that falls a day or more after the last known change of clocks, so that no other shows it; else null. */
const farFromChange = (zone: string, wall: number): Date | null => {
  const known = stretches.get(zone);
  if (known === undefined) return null;
  const at = wall - known.offset;
  return known.from + day <= at && at < known.before ? new Date(at) : null;
};

const stretchAt = (zone: string, instant: Date): Stretch => {
  const here = zoned(zone, instant);
  // One millisecond on: a change of clocks at this very instant begins the stretch.
  const began = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const ends = here.getTimeZoneTransition('next');
  return {
    from: began?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    before: ends?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: Math.round(here.offsetNanoseconds / 1_000_000),
  };
};
