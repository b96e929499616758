import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  meanInterval,
  sampledMean,
  standardError,
  widestHalfWidth,
} from '../../../../core/results/statistics/mean.ts';
import { moments, momentsOf } from '../../../../core/results/statistics/moments.ts';
import reference from '../../../fixtures/reference.json' with { type: 'json' };
import { coverage, type Shape, within } from './sampling.ts';

describe('the mean of a sample without replacement', () => {
  it('has R’s error and interval: 656.58 (9.2497) of 200 schools out of 6,194', () => {
    const { sampleMean } = reference;
    const found = sampledMean(momentsOf(sampleMean), sampleMean.invited);
    expect(found.mean).toBeCloseTo(656.585, 9);
    expect(found.error).toBeCloseTo(9.2497, 4);
    expect(found.error).toBeCloseTo(sampleMean.error, 9);
    expect(found.low).toBeCloseTo(sampleMean.interval[0] ?? 0, 8);
    expect(found.high).toBeCloseTo(sampleMean.interval[1] ?? 0, 8);
  });

  it('agrees with the published example of nine out of twelve', () => {
    const nine = moments([2, 3, 3, 4, 4, 5, 1, 3, 4]);
    expect(standardError({ n: 9, invited: 12 }, nine.variance)).toBeCloseTo(0.2003084, 7);
    const { low, high } = sampledMean(nine, 12);
    expect(low).toBeCloseTo(2.76031, 5);
    expect(high).toBeCloseTo(3.684134, 6);
  });
});

describe('the interval of the mean of ten or more', () => {
  it('is the one worked out by hand for ten times 5 out of forty', () => {
    // s_f² = (2 + 10/11 · 4) / 10; centre 5 − 2/11 · √.75; t(.975, 10) = 2.228139
    const half = 2.228139 * Math.sqrt((0.5636364 / 10) * 0.75);
    const { low, high } = meanInterval({ n: 10, mean: 5, variance: 0 }, 40);
    expect((low + high) / 2).toBeCloseTo(5 - (2 / 11) * Math.sqrt(0.75), 6);
    expect((high - low) / 2).toBeCloseTo(half, 6);
  });

  it('contains the mean, is never empty, narrows with more answers and mirrors the scale', () => {
    const given = fc.record({
      n: fc.integer({ min: 10, max: 500 }),
      mean: fc.double({ min: 1, max: 5, noNaN: true }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      silent: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(given, ({ n, mean, part, silent }) => {
        const variance = part * (mean - 1) * (5 - mean);
        const found = meanInterval({ n, mean, variance }, n + silent);
        expect(within(mean, found)).toBe(true);
        expect(found.high).toBeGreaterThan(found.low);
        const more = meanInterval({ n: 2 * n, mean, variance }, 2 * n + silent);
        expect(more.high - more.low).toBeLessThan(found.high - found.low);
        const mirror = meanInterval({ n, mean: 6 - mean, variance }, n + silent);
        expect(mirror.high).toBeCloseTo(6 - found.low, 10);
      }),
    );
  });

  it.each(['even', 'nearlyAlike', 'split'] as const)(
    'covers the true mean at least 94 times in a hundred: %s',
    (shape: Shape) => {
      for (const sizes of [
        { invited: 20, n: 12 },
        { invited: 120, n: 20 },
      ]) {
        const covered = coverage({ shape, ...sizes, runs: 2_000 }, (sample, everybody) =>
          within(moments(everybody).mean, meanInterval(moments(sample), sizes.invited)),
        );
        expect(covered).toBeGreaterThanOrEqual(0.94);
      }
    },
  );
});

describe('the interval of the mean of six to nine', () => {
  it('depends on the counts alone, and is 1.96 · 2 / √6 · √(6/11) for six out of twelve', () => {
    expect(widestHalfWidth({ n: 6, invited: 12 })).toBeCloseTo(1.181903, 6);
    expect(widestHalfWidth({ n: 9, invited: 9 })).toBe(0);
  });

  it('narrows with more answers and widens with more silent people', () => {
    for (let n = 6; n < 9; n += 1)
      for (let invited = 10; invited < 60; invited += 1) {
        const half = widestHalfWidth({ n, invited });
        expect(widestHalfWidth({ n: n + 1, invited })).toBeLessThan(half);
        expect(widestHalfWidth({ n, invited: invited + 1 })).toBeGreaterThan(half);
      }
  });

  it('covers the true mean of a team divided in two', () => {
    for (const sizes of [
      { invited: 12, n: 6 },
      { invited: 12, n: 9 },
      { invited: 30, n: 9 },
    ]) {
      const covered = coverage({ shape: 'split', ...sizes, runs: 4_000 }, (sample, everybody) =>
        within(moments(everybody).mean, around(moments(sample).mean, widestHalfWidth(sizes))),
      );
      expect(covered).toBeGreaterThanOrEqual(0.94);
    }
  });
});

const around = (centre: number, half: number) => ({ low: centre - half, high: centre + half });
