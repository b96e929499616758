import { describe, expect, it } from 'vitest';
import { moments } from '../../core/results/statistics/moments.ts';
import { noAssumptionRange, shareInterval } from '../../core/results/statistics/proportion.ts';
import { publishedMean } from '../../core/results/statistics/published.ts';
import { isFavourable } from '../../core/results/statistics/scale.ts';
import { detectableChange, welch } from '../../core/results/statistics/welch.ts';
import { compareTwice } from '../core/results/statistics/organisation.ts';
import {
  coverage,
  draw,
  type Shape,
  seeded,
  shapes,
  within,
} from '../core/results/statistics/sampling.ts';

const runs = 10_000;

/** n of N: from nearly everybody to one in ten. */
const few = [
  [8, 6],
  [8, 7],
  [10, 8],
  [12, 6],
  [12, 8],
  [12, 9],
  [15, 6],
  [20, 9],
  [30, 6],
  [30, 9],
  [100, 8],
] as const;
const many = [
  [12, 10],
  [20, 12],
  [20, 16],
  [30, 10],
  [40, 15],
  [40, 32],
  [60, 20],
  [100, 10],
  [120, 20],
  [120, 60],
  [240, 30],
  [240, 150],
  [1_000, 100],
] as const;

const grid = (sizes: readonly (readonly [number, number])[]) =>
  (Object.keys(shapes) as Shape[]).flatMap((shape) =>
    sizes.map(([invited, n]) => ({ shape, invited, n, runs })),
  );

/** The lowest coverage of the grid and where it is found. */
const lowest = (
  trials: ReturnType<typeof grid>,
  cover: (trial: (typeof trials)[number]) => number,
) =>
  trials
    .map((trial) => ({ ...trial, covered: cover(trial) }))
    .reduce((least, one) => (one.covered < least.covered ? one : least));

const nowhere = { low: 1, high: 0 };

describe('95 % means at least 94 times in a hundred', () => {
  const meanCovers = (trial: ReturnType<typeof grid>[number]): number =>
    coverage(trial, (sample, everybody) =>
      within(moments(everybody).mean, publishedMean(moments(sample), trial.invited)),
    );

  it('for the published mean of six to nine, divided teams included', () => {
    const found = lowest(grid(few), meanCovers);
    expect(found.covered, JSON.stringify(found)).toBeGreaterThanOrEqual(0.94);
  });

  it('for the published mean of ten and more, nearly unanimous and divided groups included', () => {
    const found = lowest(grid(many), meanCovers);
    expect(found.covered, JSON.stringify(found)).toBeGreaterThanOrEqual(0.94);
  });

  it('for the share, and always for the range that assumes nothing', () => {
    const favourable = (values: readonly number[]) => values.filter((x) => isFavourable(x)).length;
    const found = lowest(grid([...few, ...many]), (trial) => {
      const hits = Array.from({ length: trial.n + 1 }, (_, at) => at);
      const intervals = hits.map((at) => shareInterval(at, trial));
      const ranges = hits.map((at) => noAssumptionRange(at, trial));
      let outside = 0;
      const covered = coverage(trial, (sample, everybody) => {
        const share = favourable(everybody) / trial.invited;
        const at = favourable(sample);
        if (!within(share, ranges[at] ?? nowhere)) outside += 1;
        return within(share, intervals[at] ?? nowhere);
      });
      expect(outside).toBe(0);
      return covered;
    });
    expect(found.covered, JSON.stringify(found)).toBeGreaterThanOrEqual(0.94);
  });
});

describe('changes of a release', () => {
  const wronglyChanged = (plan: { readonly stable: number; readonly people: number }): number => {
    let wrong = 0;
    for (let seed = 1; seed <= 500; seed += 1)
      if (compareTwice({ seed, shift: 0, ...plan }).some(({ verdict }) => verdict !== 'unclear'))
        wrong += 1;
    return wrong / 500;
  };

  it.each([
    { stable: 0.5, people: 240 },
    { stable: 0, people: 240 },
    { stable: 0.8, people: 240 },
    { stable: 0, people: 2_000 },
  ])('are found in at most a tenth of 500 organisations in which nothing changed: %o', (plan) => {
    expect(wronglyChanged(plan)).toBeLessThanOrEqual(0.1);
  });

  it('of the size called detectable are found in about 80 of 100 cases', () => {
    const random = seeded(80);
    const wave = (n: number, moved: number) =>
      moments(Array.from({ length: n }, () => draw(shapes.middling, random()) + moved));
    const variance = 0.8; // of the shape: 2 · .05 · 4 + 2 · .2 · 1
    for (const n of [20, 60, 200]) {
      const sure = { n, mean: 3, variance };
      const moved = detectableChange(welch(sure, sure));
      let found = 0;
      for (let run = 0; run < 4_000; run += 1)
        if (welch(wave(n, 0), wave(n, moved)).p < 0.05) found += 1;
      expect(found / 4_000).toBeGreaterThan(0.77);
      expect(found / 4_000).toBeLessThan(0.83);
    }
  });
});
