import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moments } from '../../../../core/results/statistics/moments.ts';
import {
  coded,
  countBand,
  meanOfEstimates,
  meanOfMoments,
  publishedMean,
  publishedShare,
} from '../../../../core/results/statistics/published.ts';
import { within } from './sampling.ts';

const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 40 });
const estimate = (values: readonly number[], invited: number) =>
  publishedMean(moments(values), invited);

describe('a published mean', () => {
  it('of six to nine gives the spread away to nobody', () => {
    const alike = [3, 3, 3, 3, 3, 3];
    const divided = [1, 1, 1, 5, 5, 5];
    expect(estimate(divided, 12)).toEqual(estimate(alike, 12));
    expect(coded(moments(divided))).toEqual(coded(moments(alike)));
  });

  it('of a unanimous group under twenty is that of a group in which two people differ', () => {
    for (let n = 6; n < 20; n += 1) {
      const among = (others: number) => (rest: readonly number[]) => {
        const values = [...Array<number>(n - rest.length).fill(others), ...rest];
        return [estimate(values, 2 * n), coded(moments(values))];
      };
      const top = among(5);
      for (const rest of [[4, 4], [4], [3]]) expect(top(rest)).toEqual(top([]));
      expect(among(3)([2, 4])).toEqual(among(3)([]));
    }
  });

  it('of ten tells how much they differ, that of nine does not', () => {
    const width = (values: readonly number[]) => {
      const { low, high } = estimate(values, 60);
      return high - low;
    };
    const [alike, divided] = [
      [2, 3, 3, 3, 3, 3, 3, 4],
      [1, 1, 1, 1, 5, 5, 5, 5],
    ];
    expect(width([...alike, 3])).toBeCloseTo(width([...divided, 3]), 10);
    expect(width([...alike, 3, 3])).toBeLessThan(width([...divided, 3, 3]) / 2);
  });

  it('lies on the scale inside an interval that is never empty', () => {
    fc.assert(
      fc.property(answers, fc.nat({ max: 60 }), (given, silent) => {
        const { mean, low, high } = estimate(given, given.length + silent);
        expect(low).toBeGreaterThanOrEqual(1);
        expect(high).toBeLessThanOrEqual(5);
        expect(low).toBeLessThanOrEqual(mean);
        expect(high).toBeGreaterThanOrEqual(mean);
        expect(high).toBeGreaterThan(low);
      }),
    );
  });

  it('is the same whatever the order of the answers, and never falls when an answer rises', () => {
    const shuffled = answers.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, mixed]) => {
        expect(estimate(mixed, 50)).toEqual(estimate(given, 50));
        const raised = given.map((value, at) => (at === 0 ? Math.min(5, value + 1) : value));
        expect(estimate(raised, 50).mean).toBeGreaterThanOrEqual(estimate(given, 50).mean);
      }),
    );
  });

  it('does not tell that everybody answered', () => {
    const nine = [2, 3, 3, 4, 4, 5, 1, 3, 4];
    expect(estimate(nine, 9)).toEqual(estimate(nine, 10));
  });

  it('of twenty and more is not coded', () => {
    const many = moments(Array<number>(20).fill(5));
    expect(coded(many)).toEqual(many);
    expect(publishedMean(many, 40).mean).toBe(5);
  });

  it('over all aspects is a function of the aspects as published', () => {
    const parts = [
      { mean: 2, low: 1.5, high: 2.5 },
      { mean: 3, low: 2, high: 4 },
    ];
    expect(meanOfEstimates(parts)).toEqual({ mean: 2.5, low: 1.75, high: 3.25 });
    const pooled = meanOfMoments([
      { n: 30, mean: 2, variance: 1 },
      { n: 28, mean: 3, variance: 4 },
    ]);
    expect(pooled).toEqual({ n: 28, mean: 2.5, variance: 2.25 });
  });

  it('over all aspects never has too small a variance, however the aspects go together', () => {
    const point = fc.integer({ min: 1, max: 5 });
    const row = fc.array(point, { minLength: 5, maxLength: 5 });
    const rows = fc.array(row, { minLength: 20, maxLength: 40 });
    fc.assert(
      fc.property(rows, (people) => {
        const parts = [0, 1, 2, 3, 4].map((at) => moments(people.map((one) => one[at] ?? 0)));
        const own = moments(people.map((one) => one.reduce((sum, x) => sum + x, 0) / 5));
        expect(meanOfMoments(parts).mean).toBeCloseTo(own.mean, 10);
        expect(meanOfMoments(parts).variance).toBeGreaterThanOrEqual(own.variance - 1e-9);
      }),
    );
  });
});

describe('a published share', () => {
  it('is not told below ten respondents, where the mean is the one figure', () => {
    expect(publishedShare(4, 9, 20)).toBeNull();
    expect(publishedShare(4, 10, 20)).not.toBeNull();
  });

  it('is kept two people from either end below twenty, and the silent count both ways', () => {
    expect(publishedShare(0, 10, 20)).toEqual(publishedShare(2, 10, 20));
    expect(publishedShare(10, 10, 20)?.share).toBe(0.8);
    expect(publishedShare(20, 20, 40)).toMatchObject({ share: 1, range: { low: 0.5, high: 1 } });
    expect(publishedShare(5, 10, 10)).toEqual(publishedShare(5, 10, 12));
  });

  it('lies in its interval, and that in the range that assumes nothing', () => {
    const counted = fc.integer({ min: 10, max: 300 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        hits: fc.nat({ max: n }),
        silent: fc.nat({ max: 300 }),
      }),
    );
    fc.assert(
      fc.property(counted, ({ n, hits, silent }) => {
        const found = publishedShare(hits, n, n + silent);
        if (found === null) throw new Error('a share of ten is told');
        expect(within(found.share, found)).toBe(true);
        expect(within(found.low, found.range) && within(found.high, found.range)).toBe(true);
        expect(found.range.high).toBeGreaterThan(found.range.low);
      }),
    );
  });
});

describe('a count', () => {
  it('is told as a band', () => {
    const bands = {
      '6–9': [6, 9],
      '10–19': [10, 19],
      '20–49': [20, 49],
      '50–99': [50, 99],
      '100–199': [100, 199],
      '200–499': [200, 499],
      '500–999': [500, 999],
      '1000–1999': [1000, 1999],
    };
    for (const [band, counts] of Object.entries(bands))
      for (const count of counts) expect(countBand(count)).toBe(band);
  });
});
