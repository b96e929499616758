/**
 * When a civil servant may be written to, minute by minute as the rules are written (Perpres 21/2023, the house's
 * defaults for Indonesian working time): the oracle for core/calendar/work-time.ts, which reckons with spans.
 */
import type { LocalDate } from '../../../core/clock.ts';

const minuteLength = 60_000;
const dayLength = 24 * 60 * minuteLength;

/** Clocks in Indonesia never change. */
const hoursAhead: Readonly<Record<string, number>> = {
  'Asia/Jakarta': 7,
  'Asia/Pontianak': 7,
  'Asia/Makassar': 8,
  'Asia/Jayapura': 9,
};
export const indonesianZones: readonly string[] = Object.keys(hoursAhead);

/** What was decreed: days off of both kinds and the months of Ramadan, first and last day. */
export type Decrees = {
  readonly off: ReadonlySet<LocalDate>;
  readonly ramadans: readonly { readonly from: LocalDate; readonly to: LocalDate }[];
};

export type Worker = {
  readonly zone: string;
  readonly pattern: string;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
};

type Day = { readonly weekday: number; readonly off: boolean; readonly ramadan: boolean };

const at = (hours: number, minutes: number): number => hours * 60 + minutes;

export const shift = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(date) + days * dayLength).toISOString().slice(0, 10);

/** The instant of a minute of a date in an Indonesian zone, in milliseconds. */
export const instantOf = (zone: string, date: LocalDate, minute: number): number =>
  Date.parse(date) + minute * minuteLength - (hoursAhead[zone] ?? Number.NaN) * 60 * minuteLength;

/** What the wall shows in an Indonesian zone. */
export const wallOf = (zone: string, instant: number) => {
  const wall = instant + (hoursAhead[zone] ?? Number.NaN) * 60 * minuteLength;
  return {
    date: new Date(wall).toISOString().slice(0, 10),
    minute: Math.floor((((wall % dayLength) + dayLength) % dayLength) / minuteLength),
  };
};

/** Nobody of this pattern works: Sunday, Saturday unless the unit works six days, or a decreed day off. */
const isFree = ({ off }: Decrees, pattern: string, date: LocalDate): boolean => {
  const weekday = new Date(date).getUTCDay();
  return weekday === 0 || (weekday === 6 && pattern === 'five-day') || off.has(date);
};

/** A long leave begins tomorrow: five days or more without work in a row, decreed ones among them. */
const isEve = (decrees: Decrees, pattern: string, date: LocalDate): boolean => {
  let days = 0;
  while (days < 30 && isFree(decrees, pattern, shift(date, days + 1))) days += 1;
  const leave = Array.from({ length: days }, (_, index) => shift(date, index + 1));
  return days >= 5 && leave.some((each) => decrees.off.has(each));
};

/** The working time of a pattern: an ordinary day and one in Ramadan, the end not included. */
const workingTime = (pattern: string, ramadan: boolean): readonly [number, number] => {
  if (pattern === 'six-day') return ramadan ? [at(8, 0), at(14, 0)] : [at(7, 30), at(14, 30)];
  return ramadan ? [at(8, 0), at(15, 0)] : [at(7, 30), at(16, 0)];
};

/** Whether a minute of a working day is one for messages, quiet time aside. */
const isOpen = (pattern: string, { weekday, ramadan }: Day, minute: number): boolean => {
  const [begins, ends] = workingTime(pattern, ramadan);
  if (minute < begins || minute >= ends || minute >= at(15, 30)) return false;
  if (weekday === 1 && minute < at(8, 15)) return false;
  return !(weekday === 5 && minute >= at(11, 30) && minute < at(13, 0));
};

/** Every minute of a kind of day, looked at once. */
const minutesOf = (() => {
  const known = new Map<string, readonly boolean[]>();
  return (pattern: string, day: Day): readonly boolean[] => {
    const name = `${pattern} ${day.weekday} ${day.ramadan}`;
    const found =
      known.get(name) ??
      Array.from({ length: 24 * 60 }, (_, minute) => isOpen(pattern, day, minute));
    known.set(name, found);
    return found;
  };
})();

/** Quiet from 21.00 to 06.00 is the evening and the early morning of each date; no time at all when an end is missing. */
const isQuiet = ({ quietFrom, quietTo }: Worker, minute: number): boolean => {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false;
  const after = minute >= quietFrom;
  const before = minute < quietTo;
  return quietFrom < quietTo ? after && before : after || before;
};

/** Quiet time that leaves no minute of an ordinary week does not count. */
const countsQuiet = (worker: Worker): boolean =>
  [1, 2, 3, 4, 5].some((weekday) =>
    minutesOf(worker.pattern, { weekday, off: false, ramadan: false }).some(
      (open, minute) => open && !isQuiet(worker, minute),
    ),
  );

/** The rules for one set of decrees; days once looked at are remembered. */
export const writtenRules = (decrees: Decrees) => {
  const days = new Map<string, Day>();
  const dayOf = (pattern: string, date: LocalDate): Day => {
    const known = days.get(pattern + date);
    if (known !== undefined) return known;
    const day = {
      weekday: new Date(date).getUTCDay(),
      off: isFree(decrees, pattern, date) || isEve(decrees, pattern, date),
      ramadan: decrees.ramadans.some(({ from, to }) => from <= date && date <= to),
    };
    days.set(pattern + date, day);
    return day;
  };
  /** Every minute of a date, allowed or not. */
  const minutesFor = (worker: Worker, date: LocalDate): readonly boolean[] => {
    const day = dayOf(worker.pattern, date);
    if (day.off) return [];
    const open = minutesOf(worker.pattern, day);
    if (worker.quietFrom === null || worker.quietTo === null || !countsQuiet(worker)) return open;
    return open.map((allowed, minute) => allowed && !isQuiet(worker, minute));
  };
  return {
    /** The first allowed minute of a date from `wish` on, or null. */
    firstMinute: (worker: Worker, date: LocalDate, wish: number): number | null => {
      const found = minutesFor(worker, date).indexOf(true, wish);
      return found < 0 ? null : found;
    },
    /** For a wish after the last allowed minute: a quarter-hour mark with a quarter-hour to go, or the last opening. */
    lastQuarter: (worker: Worker, date: LocalDate): number | null => {
      const minutes = minutesFor(worker, date);
      const last = minutes.lastIndexOf(true);
      if (last < 0) return null;
      let minute = last;
      const serves = () => minute % 15 === 0 && minute + 15 <= last + 1;
      while (!serves() && minutes[minute - 1] === true) minute -= 1;
      return minute;
    },
    /** The minute after the last allowed one. */
    closing: (worker: Worker, date: LocalDate): number =>
      minutesFor(worker, date).lastIndexOf(true) + 1,
    /** The usual slot is not before 09.00 in Ramadan; a minute of one's own choice stands. */
    wish: (pattern: string, date: LocalDate, slot: { minute: number; chosen: boolean }): number =>
      !slot.chosen && dayOf(pattern, date).ramadan ? Math.max(slot.minute, at(9, 0)) : slot.minute,
  };
};
