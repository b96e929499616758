import { describe, expect, it } from 'vitest';
import { agreement } from '../../../../core/results/statistics/measurement/agreement.ts';
import {
  correlationsOf,
  ownShares,
} from '../../../../core/results/statistics/measurement/factors.ts';
import { eigen, type Matrix } from '../../../../core/results/statistics/measurement/matrix.ts';
import {
  alpha,
  covariancesOf,
  crossSumsOf,
  omega,
  reliability,
} from '../../../../core/results/statistics/measurement/reliability.ts';
import { sumsOf } from '../../../../core/results/statistics/moments.ts';
import reference from '../../../fixtures/reference.json' with { type: 'json' };
import { seeded } from './sampling.ts';

/** Alphas of the five scales as the reference prints them, complete answers of 2,436 people. */
const printedAlphas = {
  agree: 0.71584855,
  conscientious: 0.737294813,
  extraverted: 0.765122439,
  neurotic: 0.816946884,
  open: 0.607801817,
};

/** Covariances after turning items round: those with an unturned item change their sign. */
const keyed = (covariances: Matrix, turned: readonly boolean[]): Matrix =>
  covariances.map((row, i) => row.map((value, j) => (turned[i] === turned[j] ? value : -value)));

describe('reliability', () => {
  it.each(Object.entries(reference.bfi))('of bfi is R’s: %s', (name, scale) => {
    const covariances = keyed(scale.covariances, scale.reversed);
    expect(alpha(covariances)).toBeCloseTo(printedAlphas[name as keyof typeof printedAlphas], 9);
    expect(alpha(covariances)).toBeCloseTo(scale.alpha, 10);
    expect(Math.abs(omega(covariances) - scale.omega)).toBeLessThan(1e-6);
    const correlated = omega(correlationsOf(covariances));
    expect(Math.abs(correlated - scale.omegaOfCorrelations)).toBeLessThan(1e-6);
  });

  it('of Thurstone’s nine tests is alpha .891458 and, with three factors, omega .930825', () => {
    const { thurstone } = reference;
    expect(alpha(thurstone.correlations)).toBeCloseTo(0.891458, 6);
    expect(alpha(thurstone.correlations)).toBeCloseTo(thurstone.alpha, 10);
    const found = omega(thurstone.correlations, 3);
    expect(Math.abs(found - 0.930825)).toBeLessThan(1e-6);
    expect(Math.abs(found - thurstone.omega)).toBeLessThan(1e-6);
    for (const [at, share] of ownShares(thurstone.correlations, 3).entries())
      expect(Math.abs(share - (thurstone.own[at] ?? 0))).toBeLessThan(1e-4);
  });

  it('of items that measure one thing equally well is the same by both figures', () => {
    const equal = [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((j) => (i === j ? 1.6 : 0.8)));
    // k ρ / (1 + (k − 1) ρ) with ρ = .5
    expect(alpha(equal)).toBeCloseTo(5 / 6, 12);
    expect(omega(equal)).toBeCloseTo(5 / 6, 10);
  });

  it('is told from 100 complete answers on, from sums alone', () => {
    const rows = people(100);
    const found = reliability(crossSumsOf(rows));
    expect(found?.alpha).toBeCloseTo(alpha(covariancesOf(crossSumsOf(rows))), 12);
    expect(found?.omega).toBeGreaterThan(0.6);
    expect(reliability(crossSumsOf(rows.slice(1)))).toBeNull();
    expect(reliability(crossSumsOf([]))).toBeNull();
  });

  it('is not told where an item has one answer only, or the items cancel out', () => {
    const rows = people(120);
    expect(reliability(crossSumsOf(rows.map(([, ...rest]) => [3, ...rest])))).toBeNull();
    expect(reliability(crossSumsOf(rows.map(([one = 0]) => [one, 6 - one])))).toBeNull();
    expect(reliability(crossSumsOf(rows.map(([one = 0]) => [one])))).toBeNull();
  });

  it('stays possible where one factor explains an item wholly', () => {
    const same = people(150).map(([one = 0, two = 0]) => [one, one, two]);
    const found = reliability(crossSumsOf(same));
    expect(found?.omega).toBeLessThanOrEqual(1);
    expect(found?.omega).toBeGreaterThan(0);
    const more = [0, 1, 2].map((i) =>
      [0, 1, 2].map((j) => (i === j ? 1 : i + j === 1 ? 0.3 : 0.8)),
    );
    expect(ownShares(more).map((share) => share >= 0.005)).toEqual([true, true, true]);
    expect(Math.min(...ownShares(more))).toBe(0.005);
  });
});

describe('an eigenvector', () => {
  it('is only stretched by its matrix, and all values together are the trace', () => {
    const { correlations } = reference.thurstone;
    const found = eigen(correlations);
    for (const { value, vector } of found)
      for (const [i, row] of correlations.entries()) {
        const image = row.reduce((sum, entry, j) => sum + entry * (vector[j] ?? 0), 0);
        expect(image).toBeCloseTo(value * (vector[i] ?? 0), 12);
      }
    expect(found.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(9, 12);
    expect(found.map(({ value }) => value)).toEqual(
      found.map(({ value }) => value).sort((a, b) => b - a),
    );
  });
});

describe('agreement within groups', () => {
  it('is R’s: ICC(1) .04336905 and ICC(2) .7717129 of the well-being of 99 companies', () => {
    const { wellbeing, satisfaction } = reference.groups;
    const found = agreement(wellbeing.groups);
    expect(found?.icc1).toBeCloseTo(0.04336905, 8);
    expect(found?.icc2).toBeCloseTo(0.7717129, 7);
    for (const { groups, icc1, icc2 } of [wellbeing, satisfaction]) {
      expect(agreement(groups)?.icc1).toBeCloseTo(icc1, 8);
      expect(agreement(groups)?.icc2).toBeCloseTo(icc2, 8);
    }
  });

  it('is whole where only groups differ, and below 0 where they are more alike than chance', () => {
    const groups = [1, 3, 5].map((value) => sumsOf([value, value, value]));
    expect(agreement(groups)).toEqual({ icc1: 1, icc2: 1 });
    expect(agreement([sumsOf([1, 5, 3]), sumsOf([2, 5, 3])])?.icc1).toBeLessThan(0);
  });

  it('is not told where nothing can be compared', () => {
    expect(agreement([])).toBeNull();
    expect(agreement([sumsOf([1, 2, 3])])).toBeNull();
    expect(agreement([sumsOf([1]), sumsOf([2])])).toBeNull();
    expect(agreement([sumsOf([1, 5]), sumsOf([1, 5]), sumsOf([])])).toBeNull();
  });
});

/** Five scores a person that share an opinion. */
const people = (count: number): readonly (readonly number[])[] => {
  const random = seeded(count);
  return Array.from({ length: count }, () => {
    const opinion = 1 + 4 * random();
    return [0, 1, 2, 3, 4].map(() =>
      Math.max(1, Math.min(5, Math.round(opinion + 2 * (random() - 0.5)))),
    );
  });
};
