/** The mean of a finite group and how sure it is: one choice for ten and more, one for fewer. */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Interval } from './interval.ts';
import type { Moments } from './moments.ts';
import { fivePoints } from './scale.ts';

/** Below this many respondents only one figure is published, and its interval tells nothing about the spread. */
export const spreadToldFrom = 10;

/** Largest variance on the five points, half at either end: (5 − 1)² / 4 (Popoviciu 1935). */
const largestVariance = (fivePoints.max - fivePoints.min) ** 2 / 4;

/** The variance of a sample of n (divisor n − 1) half of which is at either end: none can be larger. */
export const widestVariance = (n: number): number => (largestVariance * n) / (n - 1);

/** An answer spread evenly over the five points: what is assumed before anything is known. */
const prior = { mean: 3, variance: 2 } as const;

/** How many answered, of how many. */
export type Sample = {
  /** Respondents. */
  readonly n: number;
  /** Invited people the respondents come from, N ≥ n. */
  readonly invited: number;
};

/**
 * Standard error of a mean drawn without replacement: √(s²/n · (1 − n/N)).
 * Source: Cochran, Sampling Techniques, 3rd ed. (1977), §2.6–2.8.
 */
export const standardError = ({ n, invited }: Sample, variance: number): number =>
  Math.sqrt((variance / n) * (1 - n / invited));

/** Mean of a simple random sample of at least 2 with its error and mean ± t_{.975,n−1} · error (Cochran, §2.8). */
export const sampledMean = (
  { n, mean, variance }: Moments,
  invited: number,
): Interval & { readonly mean: number; readonly error: number } => {
  const error = standardError({ n, invited }, variance);
  const half = tQuantile(0.975, n - 1) * error;
  return { mean, error, low: mean - half, high: mean + half };
};

/**
 * 95 % interval of a mean on the five points for n ≥ 10: t_{.975,n} with finite-population correction and a variance
 * floor. One answer spread evenly over the points (mean 3, variance 2) is counted in:
 * s_f² = ((n − 1) s² + 2 + n/(n + 1) (x̄ − 3)²) / n, and the centre moves by (3 − x̄)/(n + 1) · √(1 − n/N).
 * The floor keeps agreement from giving a zero width; the moved centre keeps coverage where most people give the same
 * extreme answer, as in Agresti & Coull, The American Statistician 52 (1998) 119–126. The mean is always inside.
 * The correction (Cochran, §2.6) takes non-response as random within the group.
 */
export const meanInterval = ({ n, mean, variance }: Moments, invited: number): Interval => {
  const off = mean - prior.mean;
  const floored = ((n - 1) * variance + prior.variance + (n / (n + 1)) * off ** 2) / n;
  const centre = mean - (off / (n + 1)) * Math.sqrt(1 - n / invited);
  const half = tQuantile(0.975, n) * standardError({ n, invited }, floored);
  return { low: centre - half, high: centre + half };
};

/** Φ⁻¹(.975) */
const normalQuantile = 1.959963984540054;

/**
 * Half-width of the 95 % interval for n = 6–9, a function of (n, N) alone: z_{.975} √(σ²/n · (N − n)/(N − 1)) with the
 * largest variance there can be, σ² = 4. Nothing is estimated, hence no t; teams that are divided in two are covered,
 * too. Mean, share and spread together would often fix every answer of so few people.
 * Source of the error: Cochran, §2.5, theorem 2.2.
 */
export const widestHalfWidth = ({ n, invited }: Sample): number =>
  normalQuantile * Math.sqrt((largestVariance / n) * ((invited - n) / (invited - 1)));
