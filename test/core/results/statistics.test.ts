import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countBand,
  fixedHalfWidth,
  flooredHalfWidth,
  meanOfEstimates,
  moments,
  publishedMean,
  shareInterval,
} from '../../../core/results/statistics.ts';

const example = [2, 3, 3, 4, 4, 5, 1, 3, 4];

describe('the mean of ten or more', () => {
  it('agrees with the published example: 3.2222, floored half-width .4627 of 9 out of 12', () => {
    const { mean, variance } = moments(example);
    expect(mean).toBeCloseTo(3.2222222222, 9);
    expect(flooredHalfWidth({ n: 9, invited: 12 }, variance)).toBeCloseTo(0.4627, 4);
    // Standard error with correction as survey::svymean gives it.
    expect(Math.sqrt((variance / 9) * (1 - 9 / 12))).toBeCloseTo(0.2003084, 7);
  });

  it('covers the true mean of a finite population at least 94 times in a hundred', () => {
    for (const shares of [even, leaning, divided, skewed])
      for (const sizes of populations) expect(coverage(shares, sizes)).toBeGreaterThanOrEqual(0.94);
  });

  it('still covers it 93 times where seven in ten give the same extreme answer', () => {
    for (const sizes of populations)
      expect(coverage(nearlyAlike, sizes)).toBeGreaterThanOrEqual(0.93);
  });
});

describe('the mean of six to nine', () => {
  it('has an interval that depends on the counts alone', () => {
    const widths = [
      [8, 5, 1.0],
      [8, 7, 0.45],
      [12, 6, 1.0],
      [12, 9, 0.53],
    ] as const;
    for (const [invited, n, half] of widths)
      expect(Math.round(100 * fixedHalfWidth({ n, invited }))).toBe(100 * half);
    // t(.975, 9) √(2/9) √(1 − 9/12)
    expect(fixedHalfWidth({ n: 9, invited: 12 })).toBeCloseTo(2.262157 * 0.4714045 * 0.5, 6);
  });

  it('gives the spread away to nobody', () => {
    const alike = publishedMean([3, 3, 3, 3, 3, 3], 12);
    expect(publishedMean([1, 1, 1, 5, 5, 5], 12)).toEqual(alike);
  });
});

describe('a published mean', () => {
  const values = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 40 });

  it('of a unanimous group under twenty is that of a group in which two people differ', () => {
    for (let n = 6; n < 20; n += 1) {
      const of = (rest: readonly number[]) =>
        publishedMean([...Array(n - rest.length).fill(5), ...rest], 2 * n);
      expect(of([4, 4])).toEqual(of([]));
      expect(of([4])).toEqual(of([]));
      expect(of([3])).toEqual(of([]));
      const middle = (rest: readonly number[]) =>
        publishedMean([...Array(n - rest.length).fill(3), ...rest], 2 * n);
      expect(middle([2, 4])).toEqual(middle([]));
    }
  });

  it('lies on the scale inside an interval that is never empty', () => {
    fc.assert(
      fc.property(values, fc.nat({ max: 60 }), (given, silent) => {
        const { mean, low, high } = publishedMean(given, given.length + silent);
        expect(low).toBeGreaterThanOrEqual(1);
        expect(high).toBeLessThanOrEqual(5);
        expect(low).toBeLessThanOrEqual(mean);
        expect(high).toBeGreaterThanOrEqual(mean);
        expect(high).toBeGreaterThan(low);
      }),
    );
  });

  it('is the same whatever the order of the answers', () => {
    const shuffled = values.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, mixed]) => {
        expect(publishedMean(mixed, 50)).toEqual(publishedMean(given, 50));
      }),
    );
  });

  it('does not tell that everybody answered', () => {
    expect(publishedMean(example, 9)).toEqual(publishedMean(example, 10));
  });

  it('over all aspects is a function of the aspects as published', () => {
    const parts = [
      { mean: 2, low: 1.5, high: 2.5 },
      { mean: 3, low: 2, high: 4 },
    ];
    expect(meanOfEstimates(parts)).toEqual({ mean: 2.5, low: 1.75, high: 3.25 });
  });
});

describe('a count', () => {
  it('is told as a band', () => {
    expect([6, 9, 10, 19, 20, 49, 50, 99, 100, 199, 200, 999, 1000].map(countBand)).toEqual([
      '6–9',
      '6–9',
      '10–19',
      '10–19',
      '20–49',
      '20–49',
      '50–99',
      '50–99',
      '100–199',
      '100–199',
      '200–499',
      '500–999',
      '1000–1999',
    ]);
  });
});

describe('a share of a known population', () => {
  it.each([
    [3, 10, 50, 5 / 50, 31 / 50],
    [4, 7, 8, 0.5, 0.625],
    [3, 5, 8, 0.375, 0.75],
    [6, 9, 12, 0.5, 0.75],
    [0, 6, 10, 0, 0.3],
    [10, 10, 12, 11 / 12, 1],
    [8, 16, 20, 0.4, 0.6],
    [5, 8, 8, 0.625, 0.625],
  ])('with %i of %i respondents out of %i lies in [%d, %d]', (...vector) => {
    const [hits, n, invited, low, high] = vector;
    const found = shareInterval(hits, { n, invited });
    expect(found.low).toBeCloseTo(low, 10);
    expect(found.high).toBeCloseTo(high, 10);
  });
});

/** Shares of the five points. */
const even = [0.2, 0.2, 0.2, 0.2, 0.2];
const leaning = [0.05, 0.1, 0.2, 0.4, 0.25];
const divided = [0.45, 0.05, 0, 0.05, 0.45];
const skewed = [0.05, 0.1, 0.15, 0.25, 0.45];
const nearlyAlike = [0.02, 0.03, 0.05, 0.2, 0.7];

const populations = [
  { invited: 20, n: 12 },
  { invited: 40, n: 32 },
  { invited: 120, n: 60 },
  { invited: 30, n: 10 },
];

const coverage = (
  shares: readonly number[],
  { invited, n }: { invited: number; n: number },
): number => {
  const random = seeded(invited * 1_000 + n);
  const runs = 4_000;
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const population = Array.from({ length: invited }, () => draw(shares, random()));
    const sample = shuffle(population, random).slice(0, n);
    const { mean, variance } = moments(sample);
    const half = flooredHalfWidth({ n, invited }, variance);
    if (Math.abs(mean - moments(population).mean) <= half + 1e-12) covered += 1;
  }
  return covered / runs;
};

const draw = (shares: readonly number[], at: number): number => {
  let left = at;
  for (const [index, share] of shares.entries()) {
    if (left < share) return index + 1;
    left -= share;
  }
  return shares.length;
};

const shuffle = (values: readonly number[], random: () => number): number[] => {
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] ?? 0, mixed[at] ?? 0];
  }
  return mixed;
};

/** A linear congruential generator (Numerical Recipes' constants): the same numbers in every run. */
const seeded = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
