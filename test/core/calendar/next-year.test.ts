import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missingYear, workCalendar } from '../../../core/calendar/work-calendar.ts';

const hour = 3_600_000;

const yearOf = (year: number, how: 'decreed' | 'estimated-days' | 'not-decreed') => ({
  year,
  decree: 'contoh',
  decreed: how !== 'not-decreed',
  holidays: [
    {
      date: `${year}-01-01`,
      name: 'Tahun Baru',
      kind: 'national' as const,
      estimated: how === 'estimated-days',
    },
  ],
  ramadan: null,
});

const moment = fc.record({
  year: fc.integer({ min: 2020, max: 2034 }),
  /** Milliseconds after New Year in Jakarta. */
  into: fc.integer({ min: 0, max: 365 * 24 * hour - 1 }),
});
/** The hours around the turn of September, where a wrong zone would show. */
const turn = fc.record({
  year: fc.integer({ min: 2020, max: 2034 }),
  fromOctober: fc.integer({ min: -12 * hour, max: 12 * hour }),
});

/** 00.00 of a date in Jakarta, seven hours ahead of UTC all year. */
const jakarta = (date: string): number => Date.parse(date) - 7 * hour;
const instantOf = (when: { year: number; into: number } | { year: number; fromOctober: number }) =>
  'into' in when
    ? jakarta(`${when.year}-01-01`) + when.into
    : jakarta(`${when.year}-10-01`) + when.fromOctober;

const warnings = {
  missing: ['next-year-missing'],
  decreed: [],
  'estimated-days': ['next-year-estimated'],
  'not-decreed': ['next-year-estimated'],
} as const;

describe('next year’s calendar', () => {
  test('is asked for from 1 October in Jakarta until it is in, and only while it is missing or an estimate', () => {
    fc.assert(
      fc.property(
        fc.oneof(moment, turn),
        fc.constantFrom('missing' as const, 'decreed', 'estimated-days', 'not-decreed'),
        fc.boolean(),
        (when, next, later) => {
          const { year } = when;
          const at = instantOf(when);
          const following = next === 'missing' ? [] : [yearOf(year + 1, next)];
          // A year after that says nothing about the next one.
          const after = later ? [yearOf(year + 2, 'decreed')] : [];
          const calendar = workCalendar([yearOf(year, 'decreed'), ...following, ...after]);
          const expected = at >= jakarta(`${year}-10-01`) ? warnings[next] : [];
          expect(missingYear(calendar, new Date(at))).toEqual(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
