import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '../../../../core/calendar/zone.ts';
import { dateOf, everyDate, fireMinutes, firstShown, wallPieces } from '../work/wall-pieces.ts';
import { faultsOn } from './zone-fires.ts';

const day = 86_400_000;
// Nobody changes the clocks twice within a week in these years; the long proof looks every three hours.
const pieces = new Map(
  Intl.supportedValuesOf('timeZone').map((zone) => [zone, wallPieces(zone, 7 * 24)]),
);
const piecesOf = (zone: string) => pieces.get(zone) ?? [];

describe('a local time of day in every zone', () => {
  test('fires once on the dates around each change of clocks from 2026 to 2029', () => {
    const faults: string[] = [];
    let dates = 0;
    for (const [zone, all] of pieces)
      for (const [index, { before, shift }] of all.slice(0, -1).entries()) {
        const after = before + (all[index + 1]?.shift ?? shift);
        const around = new Set([before + shift, after, after + day].map(dateOf));
        for (const date of [...around].filter((one) => one >= '2026' && one < '2030')) {
          dates += 1;
          // The zone then knows the hours after the change best, when asked for those before it.
          localDate(zone, new Date(before));
          faults.push(...faultsOn(all, { zone, date, minutes: fireMinutes }));
        }
      }
    expect(faults).toEqual([]);
    expect(dates).toBeGreaterThan(1_500);
  });

  test('fires once on any date from 2020 to 2035, whatever instant was asked about before', () => {
    const any = fc.constantFrom(...everyDate);
    const questions = fc.array(fc.tuple(any, any, fc.integer({ min: 0, max: 1439 })), {
      minLength: 20,
      maxLength: 20,
    });
    fc.assert(
      fc.property(fc.constantFrom(...pieces.keys()), questions, (zone, asked) => {
        for (const [before, date, minute] of asked) {
          localDate(zone, new Date(before));
          expect(faultsOn(piecesOf(zone), { zone, date, minutes: [minute] })).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('fires at the end of a gap and at the first of two', () => {
    const at = (zone: string, date: string, minute: number) => {
      const instant = firstShown(piecesOf(zone), date, minute);
      return instant === null ? null : new Date(instant).toISOString();
    };
    // The oracle itself, against dates that anybody can look up.
    expect(at('America/New_York', '2026-03-08', 150)).toBe('2026-03-08T07:00:00.000Z');
    expect(at('America/New_York', '2026-11-01', 90)).toBe('2026-11-01T05:30:00.000Z');
    expect(at('Asia/Jakarta', '2026-11-25', 540)).toBe('2026-11-25T02:00:00.000Z');
  });
});
