import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkday } from '../../../core/calendar/work-calendar.ts';
import { addDays } from '../../../core/calendar/zone.ts';
import { lessonDates } from '../../../core/delivery/lesson-dates.ts';
import { calendarOf } from '../calendar/holidays.ts';

const pattern = 'five-day';
const starts = '2026-10-26';
const order = Array.from({ length: 30 }, (_, index) => `l${index}`);

/** The tips of one week's days, planned on its Monday or on `day`. */
const dates = (
  begun: readonly (readonly [string, string])[],
  holidays: readonly string[] = [],
  {
    day = '2026-10-26',
    ...from
  }: Partial<{ day: string; starts: string; order: readonly string[] }> = {},
) =>
  Object.fromEntries(
    lessonDates(
      { starts, order, ...from },
      begun.map(([slot, item]) => ({ slot, item })),
      { calendar: calendarOf(holidays), pattern, from: day, until: '2026-10-30' },
    ),
  );

describe('the tips of a programme', () => {
  it('are the order’s, one a working day of the agency', () => {
    expect(dates([], ['2026-10-27'])).toEqual({
      '2026-10-26': 'l0',
      '2026-10-28': 'l1',
      '2026-10-29': 'l2',
      '2026-10-30': 'l3',
    });
    expect(dates([], [], { starts: '2026-10-31' })).toEqual({});
    expect(dates([], [], { order: ['l7'] })).toEqual({ '2026-10-26': 'l7' });
  });

  it('go on behind what has begun, also where that has become a holiday', () => {
    expect(dates([['2026-10-26', 'l0']], ['2026-10-26'])).toEqual({
      '2026-10-27': 'l1',
      '2026-10-28': 'l2',
      '2026-10-29': 'l3',
      '2026-10-30': 'l4',
    });
    const begun = [
      ['2026-10-26', 'l0'],
      ['2026-10-27', 'l1'],
      ['2026-10-28', 'l2'],
    ] as const;
    expect(dates(begun, ['2026-10-27'])).toEqual({
      '2026-10-26': 'l0',
      '2026-10-28': 'l2',
      '2026-10-29': 'l3',
      '2026-10-30': 'l4',
    });
  });

  it('leave out one that left the order, and bring one that was put before what has begun', () => {
    const begun = [['2026-10-28', 'l7']] as const;
    expect(dates(begun, [], { order: ['a', 'b'] })).toEqual({
      '2026-10-29': 'a',
      '2026-10-30': 'b',
    });
    expect(dates(begun, [], { order: ['a', 'l7', 'b'] })).toEqual({
      '2026-10-28': 'l7',
      '2026-10-29': 'a',
      '2026-10-30': 'b',
    });
  });

  it('begin anew where the start is moved behind what has begun', () => {
    expect(dates([['2026-10-26', 'l0']], [], { starts: '2026-10-29' })).toEqual({
      '2026-10-29': 'l0',
      '2026-10-30': 'l1',
    });
  });

  it('are not used up by days that passed without one: a holiday taken back afterwards, an outage', () => {
    expect(dates([['2026-10-26', 'l0']], [], { day: '2026-10-29' })).toEqual({
      '2026-10-26': 'l0',
      '2026-10-29': 'l1',
      '2026-10-30': 'l2',
    });
  });

  it('come once each and none is passed over, whenever holidays are entered or taken back', () => {
    const change = fc.record({ on: fc.nat(40), date: fc.nat(40), off: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 15 }), (changes) => {
        const begun = fortyDays(changes);
        expect(begun).toEqual(order.slice(0, begun.length));
      }),
      {
        numRuns: 500,
        examples: [
          [
            [
              { on: 0, date: 36, off: true },
              { on: 36, date: 36, off: false },
            ],
          ],
        ],
      },
    );
  });
});

type Change = { readonly on: number; readonly date: number; readonly off: boolean };

/** The tips that begin on forty days, on which holidays of any other of them are entered or taken back. */
const fortyDays = (changes: readonly Change[]): readonly string[] => {
  const holidays = new Set<string>();
  const begun: { slot: string; item: string }[] = [];
  for (let on = 0; on <= 40; on += 1) {
    const slot = addDays(starts, on);
    const calendar = calendarOf([...holidays]);
    const item = lessonDates({ starts, order }, begun, {
      calendar,
      pattern,
      from: slot,
      until: slot,
    }).get(slot);
    const works = isWorkday(calendar, pattern, slot);
    expect(item !== undefined).toBe(works && begun.length < order.length);
    if (item !== undefined) begun.push({ slot, item });
    for (const { date, off } of changes.filter((one) => one.on === on))
      holidays[off ? 'add' : 'delete'](addDays(starts, date));
  }
  return begun.map(({ item }) => item);
};
