import { describe, expect, it } from 'vitest';
import { shippedCalendar } from './shipped.ts';
import { diceOf, randomSetting, settingOf } from './work/work-cases.ts';
import { judgeCases, unkeptWeeks } from './work/work-faults.ts';

const none = { outside: 0, lost: 0, doubled: 0, other: 0, told: [] };

describe('thousands of Indonesian working days against the written rules', async () => {
  const shipped = settingOf(await shippedCalendar());

  it('are kept over the shipped calendars', () => {
    const report = judgeCases(diceOf(1), [shipped], 3_000);
    expect(report).toMatchObject({ cases: 3_000, ...none });
    expect(report.sent).toBeGreaterThan(600);
  });

  it('are kept over any decrees', () => {
    const dice = diceOf(2);
    const settings = Array.from({ length: 15 }, () => randomSetting(dice));
    expect(judgeCases(dice, settings, 200)).toMatchObject({ cases: 3_000, ...none });
  });

  it('bring as many messages a week as were asked for, or one a working day where there are fewer', () => {
    const dice = diceOf(3);
    const settings = [shipped, ...Array.from({ length: 10 }, () => randomSetting(dice))];
    expect(settings.flatMap((setting) => unkeptWeeks(dice, setting, 100))).toEqual([]);
  });
});
