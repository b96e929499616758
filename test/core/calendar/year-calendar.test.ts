import { describe, expect, it } from 'vitest';
import { parseCalendar, readStoredCalendar } from '../../../core/calendar/year-calendar.ts';
import { ContentError } from '../../../core/errors.ts';
import { shippedCalendar } from './shipped.ts';

const faultsOf = (text: string): readonly string[] => {
  try {
    parseCalendar({ path: 'calendar/2028.yaml', text });
  } catch (error) {
    if (error instanceof ContentError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('a calendar file', () => {
  it('ships for 2026 by decree and for 2027 as an estimate', async () => {
    const { years } = await shippedCalendar();
    const counts = (year: number) =>
      ['national', 'cuti-bersama'].map(
        (kind) => years.get(year)?.holidays.filter((holiday) => holiday.kind === kind).length,
      );
    expect(counts(2026)).toEqual([17, 8]);
    expect(counts(2027)).toEqual([17, 0]);
    expect(years.get(2026)?.decreed).toBe(true);
    expect(years.get(2027)?.decreed).toBe(false);
    expect(years.get(2027)?.holidays.filter((holiday) => holiday.estimated)).toHaveLength(8);
  });

  it('tells every fault with its line', () => {
    const text = [
      'year: 2028',
      'decree: SKB contoh',
      'decreed: true',
      'holidays:',
      '  - { date: 2028-02-30, name: Hari contoh, kind: national }',
      '  - { date: 2028-01-01, name: Hari contoh, kind: libur }',
      'ramadan: null',
      'decreee: x',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      expect.stringMatching(
        /^content\/calendar\/2028\.yaml:5: .*found "2028-02-30", allowed a date/,
      ),
      expect.stringMatching(/:6: .*found "libur", allowed one of: national, cuti-bersama/),
      expect.stringMatching(/:8: unknown field decreee/),
    ]);
  });

  it('refuses a day of another year, a day listed twice, an estimate under a decree, a reversed Ramadan', () => {
    const text = [
      'year: 2028',
      'decree: SKB contoh',
      'decreed: true',
      'holidays:',
      '  - { date: 2027-12-31, name: Hari contoh, kind: national }',
      '  - { date: 2028-01-01, name: Hari contoh, kind: national }',
      '  - { date: 2028-01-01, name: Hari contoh, kind: national }',
      '  - { date: 2028-01-02, name: Hari contoh, kind: national, estimated: true }',
      'ramadan: { from: 2028-02-01, to: 2028-01-01 }',
    ].join('\n');
    const faults = faultsOf(text);
    expect(faults.map((fault) => fault.split(':')[1])).toEqual(['5', '7', '8', '9']);
    expect(faults.join()).toMatch(
      /a day of the year.*each date once.*no estimated day.*not before Ramadan/,
    );
  });

  it('that is no YAML names the line', () => {
    expect(faultsOf('year: 2028\nholidays: [')).toEqual([
      expect.stringMatching(/^content\/calendar\/2028\.yaml:2: /),
    ]);
    expect(faultsOf('')).toHaveLength(1);
  });

  it('survives the way into the store and back', async () => {
    const { years } = await shippedCalendar();
    for (const year of years.values())
      expect(readStoredCalendar(JSON.parse(JSON.stringify(year)))).toEqual(year);
  });
});
