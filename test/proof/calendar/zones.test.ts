import { describe, expect, it } from 'vitest';
import { workCalendar } from '../../../core/calendar/work-calendar.ts';
import { sendTime } from '../../../core/calendar/work-time.ts';
import {
  everyDate,
  fireMinutes,
  firstShown,
  type Piece,
  wallPieces,
} from '../../core/calendar/work/wall-pieces.ts';
import { faultsOn } from '../../core/calendar/zone/zone-fires.ts';

const zones = Intl.supportedValuesOf('timeZone');
const morning = 9 * 60;
const noHolidays = workCalendar([]);

/** What is wrong with the sixteen years of a zone, and how many fires were looked at. */
const lookThrough = (zone: string, pieces: readonly Piece[]) => {
  const faults: string[] = [];
  let fires = 0;
  const last = fireMinutes.map(() => Number.NEGATIVE_INFINITY);
  for (const date of everyDate) {
    faults.push(...faultsOn(pieces, { zone, date, minutes: fireMinutes }));
    for (const [index, minute] of fireMinutes.entries()) {
      const at = firstShown(pieces, date, minute);
      if (at === null) continue;
      fires += 1;
      if (at <= (last[index] ?? at)) faults.push(`${zone} ${date} ${minute}: not after the last`);
      last[index] = at;
    }
  }
  return { faults, fires };
};

/** The same through the planner's door: a message at 09.00 for who works Monday to Saturday. */
const sendFaults = (zone: string, pieces: readonly Piece[]): readonly string[] =>
  everyDate.flatMap((date) => {
    const sunday = new Date(date).getUTCDay() === 0;
    const expected = sunday ? null : firstShown(pieces, date, morning);
    const rhythm = { zone, pattern: 'six-day', quietFrom: null, quietTo: null };
    const found = sendTime(noHolidays, rhythm, { date, minute: morning });
    return (found?.due.getTime() ?? null) === expected ? [] : [`${zone} ${date}: ${found?.due}`];
  });

describe('every zone on every date from 2020 to 2035', () => {
  it('fires once a date at each of eight local times: after a gap at its end, in an overlap at the first', async () => {
    const faults: string[] = [];
    let fires = 0;
    for (const zone of zones) {
      const pieces = wallPieces(zone, 3);
      const looked = lookThrough(zone, pieces);
      fires += looked.fires;
      faults.push(...looked.faults, ...sendFaults(zone, pieces));
      // The runner wants to be heard from now and then.
      await new Promise(setImmediate);
    }
    expect(faults.slice(0, 20)).toEqual([]);
    // Every zone has every date of these years.
    expect(fires).toBe(zones.length * everyDate.length * fireMinutes.length);
  });
});
