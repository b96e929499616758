import { describe, expect, it } from 'vitest';
import { methodOf } from '../../../core/results/method.ts';
import type { Cell, Group } from '../../../core/results/release.ts';
import type { Answers } from '../../../core/survey/ballot/ballot.ts';
import { everyItem, items, seeded } from './small-wave.ts';

/** An agency (1) with three units below it. */
const groups: readonly Group[] = [1, 2, 3, 4].map((unit) => ({
  unit,
  parent: unit === 1 ? null : 1,
  kind: 'unit',
  name: `Unit ${unit}`,
  levelLabel: '',
  depth: unit === 1 ? 0 : 1,
}));

const cellsOf = (shown: readonly number[]): readonly Cell[] =>
  groups.map(({ unit }) => {
    const of = { unit, score: 'concern', aspect: 'all' } as const;
    return shown.includes(unit)
      ? { ...of, shown: true, mean: 3, low: 2, high: 4, band: '20–49' }
      : { ...of, shown: false, hidden: 'protect' };
  });

/** So many people of a unit, who differ among themselves, and less from one item to the next. */
const from = (unit: number, count: number) => {
  const random = seeded(unit);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  return Array.from({ length: count }, () => {
    const own = unit - 1 + upTo(2);
    return {
      groups: [unit, 1],
      answers: Object.fromEntries(
        items.map(({ id }) => [id, Math.min(5, own + upTo(1))]),
      ) as Answers,
    };
  });
};

const method = (
  respondents: ReturnType<typeof from>,
  { shown = [1, 2, 3, 4] as readonly number[] } = {},
) => methodOf({ items, groups, cells: cellsOf(shown), respondents });

describe('reliability and agreement', () => {
  it('are told of a hundred who answered every anchor, and not of ninety-nine', () => {
    const ninetyNine = [...from(2, 50), ...from(3, 49)];
    const partly = { groups: [3, 1], answers: { ...everyItem(3), 'data-anchor': 'na' } as const };
    expect(method([...ninetyNine, partly])).toEqual({ reliability: null, agreement: null });
    const hundred = method([...ninetyNine, ...from(3, 1)]);
    expect(hundred.reliability).not.toBeNull();
    expect(hundred.agreement).not.toBeNull();
  });
});

describe('agreement', () => {
  const shownTwo = [...from(2, 60), ...from(3, 60)];
  const { agreement } = method(shownTwo);

  it('does not move with the answers of a unit whose figure is hidden', () => {
    const hidden = method([...shownTwo, ...from(4, 30)], { shown: [1, 2, 3] });
    expect(hidden.agreement).toEqual(agreement);
    expect(method([...shownTwo, ...from(4, 30)]).agreement).not.toEqual(agreement);
  });

  it('does not move with a shown unit of whom five answered every anchor', () => {
    expect(method([...shownTwo, ...from(4, 5)]).agreement).toEqual(agreement);
    expect(method([...shownTwo, ...from(4, 6)]).agreement).not.toEqual(agreement);
  });
});
