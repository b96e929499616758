/**
 * What the clocks of a zone show, read off the text of Intl.DateTimeFormat and found by halving: the oracle for
 * core/calendar/zone.ts, which asks Temporal instead and shares no line with this file.
 */
import type { LocalDate } from '../../../../core/clock.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A stretch between two changes of clocks; `shift` is what the wall shows less the instant, all in milliseconds. */
export type Piece = { readonly from: number; readonly before: number; readonly shift: number };

/** The eight local times of day at which something is to fire, around the changes of clocks and in working time. */
export const fireMinutes = [0, 30, 90, 120, 150, 180, 540, 1410] as const;

/** The date of a time on the wall that is written as if it were UTC. */
export const dateOf = (wall: number): LocalDate => new Date(wall).toISOString().slice(0, 10);

/** Every date of the sixteen years that are looked at. */
export const everyDate: readonly LocalDate[] = Array.from(
  { length: (Date.parse('2036-01-01') - Date.parse('2020-01-01')) / day },
  (_, index) => dateOf(Date.parse('2020-01-01') + index * day),
);

/** The stretches of a zone from two days before those years to two days after; two changes within `stepHours` would be missed. */
export const wallPieces = (zone: string, stepHours: number): readonly Piece[] => {
  const shiftAt = shiftReader(zone);
  const pieces: Piece[] = [];
  const [begin, end] = [Date.parse('2019-12-30'), Date.parse('2036-01-03')];
  let from = begin;
  let shift = shiftAt(begin);
  for (let at = begin; at < end; at += stepHours * hour) {
    const next = Math.min(at + stepHours * hour, end);
    const after = shiftAt(next);
    if (after === shift) continue;
    const change = changeBetween(at, next, (instant) => shiftAt(instant) !== shift);
    pieces.push({ from, before: change, shift });
    from = change;
    shift = after;
  }
  return [...pieces, { from, before: end, shift }];
};

/** The first instant at which the wall shows this minute or a later one; null for a date that no clock of the zone shows. */
export const firstShown = (
  pieces: readonly Piece[],
  date: LocalDate,
  minuteOfDay: number,
): number | null => {
  const midnight = Date.parse(date);
  const begins = firstAtLeast(pieces, midnight);
  return begins < firstAtLeast(pieces, midnight + day)
    ? firstAtLeast(pieces, midnight + minuteOfDay * minute)
    : null;
};

/** The time on the wall at an instant, as if it were UTC. */
export const wallAt = (pieces: readonly Piece[], instant: number): number => {
  const piece = pieces.find(({ before }) => instant < before);
  if (piece === undefined) throw new Error(`${new Date(instant).toISOString()} is out of range`);
  return instant + piece.shift;
};

const firstAtLeast = (pieces: readonly Piece[], wall: number): number => {
  for (const { from, before, shift } of pieces) {
    const at = Math.max(from, wall - shift);
    if (at < before) return at;
  }
  throw new Error(`${new Date(wall).toISOString()} on the wall is out of range`);
};

const shiftReader = (zone: string): ((instant: number) => number) => {
  // Sweden writes 2026-03-29 03:00:00.
  const format = new Intl.DateTimeFormat('sv', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (instant) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant;
};

/** The first whole minute after `low`, at most `high`, for which `changed` holds. */
const changeBetween = (
  low: number,
  high: number,
  changed: (instant: number) => boolean,
): number => {
  let [same, other] = [low, high];
  while (other - same > minute) {
    const middle = same + Math.floor((other - same) / 2 / minute) * minute;
    if (changed(middle)) other = middle;
    else same = middle;
  }
  return other;
};
