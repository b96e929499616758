import { describe, expect, it } from 'vitest';
import { shippedCalendar } from '../../core/calendar/shipped.ts';
import { diceOf, randomSetting, settingOf } from '../../core/calendar/work/work-cases.ts';
import { judgeCases, type Report, unkeptWeeks } from '../../core/calendar/work/work-faults.ts';

const seed = 20_261_125;
const settings = 1_000;

describe('a million random Indonesian working days', () => {
  it('have 0 messages outside the written rules, 0 lost and 0 doubled, and each week as many as asked for', async () => {
    const dice = diceOf(seed);
    const shipped = settingOf(await shippedCalendar());
    const reports: Report[] = [];
    const weeks: string[] = [];
    for (let index = 0; index < settings; index += 1) {
      // Every tenth is the calendar as shipped.
      const setting = index % 10 === 0 ? shipped : randomSetting(dice);
      reports.push(judgeCases(dice, [setting], 1_000));
      weeks.push(...unkeptWeeks(dice, setting, 10));
      // The runner wants to be heard from now and then.
      await new Promise(setImmediate);
    }
    const sum = (of: (report: Report) => number): number =>
      reports.reduce((all, report) => all + of(report), 0);
    expect({
      cases: sum(({ cases }) => cases),
      outside: sum(({ outside }) => outside),
      lost: sum(({ lost }) => lost),
      doubled: sum(({ doubled }) => doubled),
      other: sum(({ other }) => other),
      told: reports.flatMap(({ told }) => told).slice(0, 10),
      weeks,
    }).toEqual({
      cases: 1_000_000,
      outside: 0,
      lost: 0,
      doubled: 0,
      other: 0,
      told: [],
      weeks: [],
    });
    // Neither all of them nor none is a day with a message.
    expect(sum(({ sent }) => sent)).toBeGreaterThan(300_000);
    expect(sum(({ sent }) => sent)).toBeLessThan(700_000);
  });
});
