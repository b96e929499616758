/** One fire a local date at each of the times of day: what core/calendar/zone.ts says against what the clocks show. */
import { instantAt, localDate, localMinute } from '../../../../core/calendar/zone.ts';
import type { LocalDate } from '../../../../core/clock.ts';
import { dateOf, firstShown, type Piece, wallAt } from '../work/wall-pieces.ts';

const minuteLength = 60_000;
const day = 24 * 60 * minuteLength;

/** A local date and the minutes of it at which something is to fire. */
export type Fires = {
  readonly zone: string;
  readonly date: LocalDate;
  readonly minutes: readonly number[];
};

/** What is wrong with the fires of a date, a line each; nothing when each comes once, at the first instant that serves. */
export const faultsOn = (
  pieces: readonly Piece[],
  { zone, date, minutes }: Fires,
): readonly string[] => {
  // All are asked for before any is read back, which would let the zone know where they lie.
  const found = minutes.map((minute) => instantAt(zone, date, minute));
  return minutes.flatMap((minute, index) => {
    const expected = firstShown(pieces, date, minute);
    // No clock shows the date: there is nothing to fire for.
    if (expected === null) return [];
    const instant = found[index] ?? new Date(Number.NaN);
    const fault =
      instant.getTime() === expected
        ? faultOfReading(pieces, { zone, date, instant })
        : `${instant.getTime()}, not ${expected}`;
    return fault === null ? [] : [`${zone} ${date} minute ${minute}: ${fault}`];
  });
};

const faultOfReading = (
  pieces: readonly Piece[],
  fire: { readonly zone: string; readonly date: LocalDate; readonly instant: Date },
): string | null => {
  const wall = wallAt(pieces, fire.instant.getTime());
  // Greenland's clocks skip the last hour of a date: the first valid instant then opens the next one.
  const opensNext = wall === Date.parse(fire.date) + day;
  if (dateOf(wall) !== fire.date && !opensNext) return `fires on ${dateOf(wall)}`;
  const read = `${localDate(fire.zone, fire.instant)} ${localMinute(fire.zone, fire.instant)}`;
  const shown = `${dateOf(wall)} ${Math.floor((wall % day) / minuteLength)}`;
  return read === shown ? null : `read as ${read}, not ${shown}`;
};
