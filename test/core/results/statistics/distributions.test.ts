import { describe, expect, it } from 'vitest';
import {
  incompleteBeta,
  logFactorial,
  logGamma,
} from '../../../../core/results/statistics/gamma.ts';
import { twoSidedP } from '../../../../core/results/statistics/welch.ts';
import reference from '../../../fixtures/reference.json' with { type: 'json' };

const { student, beta, gamma } = reference.distributions;

/** Equal to within 1e-9 of the value itself, so that a very small p is right, too. */
const near = (found: number, expected: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(
    1e-9 * Math.max(1e-300, Math.abs(expected)),
  );

describe('the distributions', () => {
  it('give the p of Student’s t as R does, however small', () => {
    for (const { t, df, p } of student) near(twoSidedP(t, df), p);
    for (const { t, df, p } of student) near(twoSidedP(-t, df), p);
  });

  it('give the incomplete beta function as R does, and its ends', () => {
    for (const { x, a, b, value } of beta) near(incompleteBeta(x, a, b), value);
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
  });

  it('give the logarithm of the gamma function as R does', () => {
    for (const { x, value } of gamma) expect(logGamma(x)).toBeCloseTo(value, value > 1e3 ? 7 : 12);
  });

  it('count the orders of whole numbers', () => {
    let product = 1;
    for (let n = 0; n <= 18; n += 1) {
      product *= Math.max(1, n);
      expect(Math.exp(logFactorial(n)) / product).toBeCloseTo(1, 12);
    }
  });
});
