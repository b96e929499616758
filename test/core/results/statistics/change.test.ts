import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustForMany, judgeChanges } from '../../../../core/results/statistics/change.ts';
import { momentsOf } from '../../../../core/results/statistics/moments.ts';
import { detectableChange, welch } from '../../../../core/results/statistics/welch.ts';
import reference from '../../../fixtures/reference.json' with { type: 'json' };
import { compareTwice } from './organisation.ts';

const { twoWaves, manyTests, detectable } = reference;

describe('the difference of two waves that cannot be linked', () => {
  it('is R’s Welch test: t −3.7535 with 920.74 degrees of freedom', () => {
    const [first, third] = [momentsOf(twoWaves.before), momentsOf(twoWaves.after)];
    const found = welch(third, first);
    expect(found.t).toBeCloseTo(-3.7535, 4);
    expect(found.df).toBeCloseTo(920.74, 2);
    expect(found.t).toBeCloseTo(twoWaves.t, 9);
    expect(found.df).toBeCloseTo(twoWaves.df, 6);
    expect(found.p).toBeCloseTo(twoWaves.p, 12);
    expect(welch(first, third)).toMatchObject({ t: -found.t, delta: -found.delta, p: found.p });
  });

  it('is certain, or none, where nobody differs from anybody', () => {
    const alike = (mean: number) => ({ n: 20, mean, variance: 0 });
    expect(welch(alike(3), alike(4))).toMatchObject({ delta: 1, p: 0, df: 38 });
    expect(welch(alike(3), alike(3))).toMatchObject({ delta: 0, t: 0, p: 1 });
  });

  it('could have seen what R’s power calculation says, to within .001', () => {
    for (const { n, change } of detectable) {
      const one = { n, mean: 3, variance: 1 };
      const found = detectableChange(welch(one, one));
      expect(Math.abs(found - change)).toBeLessThan(0.001);
    }
  });
});

describe('p values of a whole release', () => {
  it('are adjusted as R does, the fifteen of 1995 among them', () => {
    for (const { p, q } of manyTests)
      for (const [at, found] of adjustForMany(p).entries())
        expect(found).toBeCloseTo(q[at] ?? 0, 12);
    expect(adjustForMany(manyTests[0]?.p ?? []).slice(0, 5)).toEqual([
      0.0015, 0.003, 0.0095, 0.035625, 0.0603,
    ]);
    expect(adjustForMany([])).toEqual([]);
  });

  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

  it('are at least p and at most 1, and rise with p', () => {
    fc.assert(
      fc.property(ps, (given) => {
        const rising = [...given].sort((a, b) => a - b);
        let last = 0;
        for (const [at, q] of adjustForMany(rising).entries()) {
          expect(q).toBeGreaterThanOrEqual(Math.max(last, rising[at] ?? 0));
          expect(q).toBeLessThanOrEqual(1);
          last = q;
        }
      }),
    );
  });

  it('never fall when a p rises or when one without a finding joins', () => {
    fc.assert(
      fc.property(ps, fc.double({ min: 0, max: 1, noNaN: true }), ([first = 0, ...rest], part) => {
        const found = adjustForMany([first, ...rest]);
        const raised = adjustForMany([first + part * (1 - first), ...rest]);
        const joined = adjustForMany([first, ...rest, 1]);
        for (const [at, q] of found.entries()) {
          expect(raised[at]).toBeGreaterThanOrEqual(q);
          expect(joined[at]).toBeGreaterThanOrEqual(q);
        }
      }),
    );
  });

  it('do not depend on the order they are given in', () => {
    fc.assert(
      fc.property(ps, (given) => {
        const turned = adjustForMany([...given].reverse());
        expect([...turned].reverse()).toEqual(adjustForMany(given));
      }),
    );
  });
});

describe('a verdict', () => {
  const wave = (mean: number, n = 400) => ({ n, mean, variance: 1 });

  it('says higher or lower with the change as printed', () => {
    const found = judgeChanges([
      { before: wave(3), after: wave(3.304) },
      { before: wave(3.3), after: wave(2.9) },
    ]);
    expect(found).toEqual([
      { verdict: 'higher', delta: 0.3, detectable: 0.2 },
      { verdict: 'lower', delta: -0.4, detectable: 0.2 },
    ]);
  });

  it('is unclear for a sure change under .20 of five points or 5 of 100, and clear from there on', () => {
    const sure = (after: number) => ({ before: wave(3, 40_000), after: wave(after, 40_000) });
    expect(judgeChanges([sure(3.19)])[0]).toMatchObject({ verdict: 'unclear', delta: 0.19 });
    expect(judgeChanges([sure(3.2)])[0]).toMatchObject({ verdict: 'higher', delta: 0.2 });
    const percent = (mean: number) => ({ n: 40_000, mean, variance: 625 });
    const hundred = { min: 0, max: 100 };
    const of = (after: number) => ({ before: percent(50), after: percent(after) });
    expect(judgeChanges([of(54.9)], hundred)[0]?.verdict).toBe('unclear');
    expect(judgeChanges([of(45)], hundred)[0]?.verdict).toBe('lower');
  });

  it('is unclear for a large change of few people, with the change they could have shown', () => {
    const [found] = judgeChanges([{ before: wave(3, 10), after: wave(3.6, 10) }]);
    expect(found).toEqual({ verdict: 'unclear', delta: 0.6, detectable: 1.33 });
  });

  it('of one pair grows stricter in the company of pairs without a change', () => {
    const pair = { before: wave(3, 100), after: wave(3.3, 100) };
    const still = { before: wave(3, 100), after: wave(3, 100) };
    const alone = judgeChanges([pair]);
    const among = judgeChanges([pair, ...Array<typeof still>(40).fill(still)]);
    expect([alone[0]?.verdict, among[0]?.verdict]).toEqual(['higher', 'unclear']);
    expect(judgeChanges([])).toEqual([]);
  });

  it('is hardly ever "changed" in an organisation where nothing changed', () => {
    const runs = 60;
    let wrong = 0;
    for (let seed = 1; seed <= runs; seed += 1)
      if (compareTwice({ seed, shift: 0 }).some(({ verdict }) => verdict !== 'unclear')) wrong += 1;
    expect(wrong / runs).toBeLessThanOrEqual(0.1);
  });

  it('finds a change of half a point of a large organisation as a whole', () => {
    for (let seed = 1; seed <= 10; seed += 1)
      expect(compareTwice({ seed, shift: 0.5, people: 1_200 })[0]?.verdict).toBe('higher');
  });
});
