/** The difference of two groups that cannot be linked: Welch's test and what it could have seen. */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { incompleteBeta } from './gamma.ts';
import type { Moments } from './moments.ts';

/** Difference after − before, its standard error, t, degrees of freedom and two-sided p. */
export type Difference = {
  readonly delta: number;
  readonly error: number;
  readonly t: number;
  readonly df: number;
  readonly p: number;
};

/**
 * Welch's t: Δ / √(s₁²/n₁ + s₂²/n₂), with Satterthwaite's degrees of freedom. Source: Welch, Biometrika 34 (1947)
 * 28–35. No finite-population correction: a change is a statement about the process, not about this month's staff.
 * Careful where the same people answer twice, as their agreement with themselves is not used.
 * Where nobody differs from anybody in either group, t is 0 or infinite. Both groups need at least 2 answers.
 */
export const welch = (before: Moments, after: Moments): Difference => {
  const [one, other] = [before.variance / before.n, after.variance / after.n];
  const error = Math.sqrt(one + other);
  const delta = after.mean - before.mean;
  const df =
    error === 0
      ? before.n + after.n - 2
      : (one + other) ** 2 / (one ** 2 / (before.n - 1) + other ** 2 / (after.n - 1));
  const t = delta === 0 ? 0 : delta / error;
  return { delta, error, t, df, p: twoSidedP(t, df) };
};

/** P(|T| ≥ |t|) of Student's t = I_{df/(df + t²)}(df/2, 1/2). Source: DLMF 8.17(i), Abramowitz & Stegun 26.7.1. */
export const twoSidedP = (t: number, df: number): number =>
  Number.isFinite(t) ? incompleteBeta(df / (df + t * t), df / 2, 0.5) : 0;

/**
 * The true change that such a comparison finds in 80 of 100 cases at α = .05: (t_{.975,df} + t_{.80,df}) · error.
 * Source: Bloom, Evaluation Review 19 (1995) 547–556.
 */
export const detectableChange = ({ error, df }: Pick<Difference, 'error' | 'df'>): number =>
  (tQuantile(0.975, df) + tQuantile(0.8, df)) * error;
