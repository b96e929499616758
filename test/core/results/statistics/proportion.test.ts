import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  noAssumptionRange,
  shareInterval,
} from '../../../../core/results/statistics/proportion.ts';
import reference from '../../../fixtures/reference.json' with { type: 'json' };
import { coverage, within } from './sampling.ts';

/** Some of `n` respondents out of `invited`. */
const counted = fc
  .integer({ min: 1, max: 400 })
  .chain((invited) => fc.tuple(fc.constant(invited), fc.integer({ min: 1, max: invited })))
  .chain(([invited, n]) =>
    fc.record({ hits: fc.nat({ max: n }), n: fc.constant(n), invited: fc.constant(invited) }),
  );

describe('the exact interval of a share', () => {
  it.each([
    [3, 10, 50, 5 / 50, 31 / 50],
    [4, 7, 8, 0.5, 0.625],
    [3, 5, 8, 0.375, 0.75],
    [6, 9, 12, 0.5, 0.75],
    [0, 6, 10, 0, 0.3],
    [10, 10, 12, 11 / 12, 1],
    [8, 16, 20, 0.4, 0.6],
    [5, 8, 8, 0.625, 0.625],
  ])('of %i of %i respondents out of %i is [%d, %d]', (...vector) => {
    const [hits, n, invited, low, high] = vector;
    const found = shareInterval(hits, { n, invited });
    expect(found.low).toBeCloseTo(low, 10);
    expect(found.high).toBeCloseTo(high, 10);
  });

  it('agrees with R up to 200,000 people', () => {
    for (const { hits, n, invited, least, most } of reference.shares)
      expect(shareInterval(hits, { n, invited })).toEqual({
        low: least / invited,
        high: most / invited,
      });
  });

  it('leaves out exactly what whole-number arithmetic leaves out, for everybody up to 22', () => {
    for (let invited = 1; invited <= 22; invited += 1)
      for (let n = 1; n <= invited; n += 1)
        for (let hits = 0; hits <= n; hits += 1)
          expect(shareInterval(hits, { n, invited })).toEqual(exactly(hits, n, invited));
  });

  it('contains the share itself to within one person, lies in the no-assumption range and mirrors its opposite', () => {
    fc.assert(
      fc.property(counted, ({ hits, n, invited }) => {
        const found = shareInterval(hits, { n, invited });
        const person = 1 / invited; // Its bounds are whole people of all; hits of n may lie between two.
        expect(within(hits / n, { low: found.low - person, high: found.high + person })).toBe(true);
        const range = noAssumptionRange(hits, { n, invited });
        expect(within(hits / n, range)).toBe(true);
        expect(within(found.low, range) && within(found.high, range)).toBe(true);
        const opposite = shareInterval(n - hits, { n, invited });
        expect(found.low).toBeCloseTo(1 - opposite.high, 12);
      }),
    );
  });

  it('rises with the share, and more respondents never leave more to the silent', () => {
    fc.assert(
      fc.property(counted, ({ hits, n, invited }) => {
        fc.pre(hits < n);
        const [one, next] = [hits, hits + 1].map((x) => shareInterval(x, { n, invited }));
        expect(next?.low).toBeGreaterThanOrEqual(one?.low ?? 1);
        expect(next?.high).toBeGreaterThanOrEqual(one?.high ?? 1);
        const width = (of: number) => {
          const { low, high } = noAssumptionRange(hits, { n: of, invited });
          return high - low;
        };
        if (n < invited) expect(width(n + 1)).toBeLessThan(width(n));
      }),
    );
  });

  it('covers the true share at least 94 times in a hundred', () => {
    for (const sizes of [
      { invited: 20, n: 12 },
      { invited: 120, n: 60 },
    ]) {
      const hit = coverage({ shape: 'leaning', ...sizes, runs: 1_000 }, (sample, everybody) =>
        within(favourable(everybody) / sizes.invited, shareInterval(favourable(sample), sizes)),
      );
      expect(hit).toBeGreaterThanOrEqual(0.94);
    }
  });
});

const favourable = (values: readonly number[]): number => values.filter((x) => x >= 4).length;

/** The same interval by counting samples, with whole numbers only. */
const exactly = (hits: number, n: number, invited: number) => {
  const ways = choose(invited, n);
  const inside: number[] = [];
  for (let total = hits; total <= invited - n + hits; total += 1) {
    const of = (x: number) => choose(total, x) * choose(invited - total, n - x);
    let [below, above] = [0n, 0n];
    for (let x = 0; x <= n; x += 1) {
      if (x <= hits) below += of(x);
      if (x >= hits) above += of(x);
    }
    if (below * 40n > ways && above * 40n > ways) inside.push(total);
  }
  return { low: Math.min(...inside) / invited, high: Math.max(...inside) / invited };
};

const choose = (n: number, k: number): bigint => {
  if (k < 0 || k > n) return 0n;
  let ways = 1n;
  for (let i = 1; i <= k; i += 1) ways = (ways * BigInt(n - k + i)) / BigInt(i);
  return ways;
};
