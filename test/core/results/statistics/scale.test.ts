import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areSetara } from '../../../../core/results/statistics/interval.ts';
import { moments, momentsOf, sumsOf } from '../../../../core/results/statistics/moments.ts';
import {
  isFavourable,
  percentOfMaximum,
  reversed,
  type ScaleLength,
} from '../../../../core/results/statistics/scale.ts';
import reference from '../../../fixtures/reference.json' with { type: 'json' };

const sixPoints = { min: 1, max: 6 };

describe('a scale', () => {
  it('is turned round as (min + max) − x, and back again', () => {
    expect([1, 2, 3, 4, 5].map((x) => reversed(x))).toEqual([5, 4, 3, 2, 1]);
    expect(reversed(0, { min: 0, max: 10 })).toBe(10);
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (x, min, max) => {
        expect(reversed(reversed(x, { min, max }), { min, max })).toBe(x);
      }),
    );
  });

  it('is told in per cent of the maximum possible, 0–100', () => {
    expect([1, 2, 3, 4.5, 5].map((x) => percentOfMaximum(x))).toEqual([0, 25, 50, 87.5, 100]);
    expect(percentOfMaximum(3, sixPoints)).toBe(40);
    expect(percentOfMaximum(4, { min: 0, max: 10 })).toBe(40);
  });

  it.each([
    [4, [4]],
    [5, [4, 5]],
    [6, [4, 5, 6]],
    [7, [6, 7]],
    [10, [8, 9, 10]],
  ] as const)('of %i points has its favourable ones', (length, favourable) => {
    const points = Array.from({ length }, (_, at) => at + 1);
    expect(points.filter((x) => isFavourable(x, length satisfies ScaleLength))).toEqual(favourable);
  });

  it('gives R’s means of the five scales of bfi from the counts of each answer', () => {
    for (const { counts, reversed: turned, mean } of Object.values(reference.bfi)) {
      const means = Object.values(counts).map((perPoint, at) => {
        const values = perPoint.flatMap((count, point) => Array<number>(count).fill(point + 1));
        expect(values).toHaveLength(2436);
        return moments(turned[at] ? values.map((x) => reversed(x, sixPoints)) : values).mean;
      });
      expect(means.reduce((sum, one) => sum + one, 0) / 5).toBeCloseTo(mean, 9);
    }
  });
});

describe('sums', () => {
  const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 60 });

  it('carry the mean and the variance of the values', () => {
    fc.assert(
      fc.property(answers, (values) => {
        const { n, mean, variance } = momentsOf(sumsOf(values));
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        expect(n).toBe(values.length);
        expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / n, 12);
        expect(variance).toBeCloseTo(squares / (n - 1), 10);
      }),
    );
  });

  it('are the same whatever the order, to the last bit', () => {
    const thirds = answers.map((values) => values.map((value) => value / 3));
    const shuffled = thirds.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, mixed]) => {
        expect(sumsOf(mixed)).toEqual(sumsOf(given));
      }),
    );
  });

  it('of one value have no spread, and of none no mean', () => {
    expect(moments([4])).toEqual({ n: 1, mean: 4, variance: 0 });
    expect(() => moments([])).toThrow('a mean needs at least 1 value, found n = 0');
  });
});

describe('two figures', () => {
  it('are setara when their intervals share a point, in either order', () => {
    const one = { low: 2, high: 3 };
    expect(areSetara(one, { low: 3, high: 4 })).toBe(true);
    expect(areSetara({ low: 3, high: 4 }, one)).toBe(true);
    expect(areSetara(one, { low: 3.01, high: 4 })).toBe(false);
    expect(areSetara({ low: 3.01, high: 4 }, one)).toBe(false);
    expect(areSetara(one, { low: 2.4, high: 2.5 })).toBe(true);
    expect(areSetara(one, one)).toBe(true);
  });
});
