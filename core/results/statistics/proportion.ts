/** A share of a group whose size is known: the exact interval, and the range that assumes nothing. */
import { logFactorial } from './gamma.ts';
import type { Interval } from './interval.ts';
import type { Sample } from './mean.ts';

/** Probability left out at either end; a tail of exactly this much is out, whatever the last bit says. */
const tail = 0.025 * (1 + 1e-9);

/**
 * Exact equal-tailed interval of a share in a finite population: all M of N for which neither tail of the
 * hypergeometric distribution holds 2.5 % or less. Source: Buonaccorsi, The American Statistician 41 (1987) 215–218.
 * `hits` of `sample.n` respondents; the bounds are shares M/N.
 */
export const shareInterval = (hits: number, sample: Sample): Interval => {
  const { n, invited } = sample;
  const least = hits;
  const most = invited - (n - hits);
  const lowest = firstFrom(least, most, (total) => 1 - below(hits - 1, total, sample) > tail);
  const beyond = firstFrom(least, most + 1, (total) => below(hits, total, sample) <= tail);
  return { low: lowest / invited, high: (beyond - 1) / invited };
};

/**
 * The share when every silent person is counted against, and when every one is counted in favour:
 * [x/N, (x + N − n)/N]. Needs no assumption about who stays silent.
 * Source: Manski, Partial Identification of Probability Distributions (2003), ch. 1.
 */
export const noAssumptionRange = (hits: number, { n, invited }: Sample): Interval => ({
  low: hits / invited,
  high: (hits + invited - n) / invited,
});

/**
 * P(X ≤ x) where X of n drawn belong to the `total` of N. Summed away from the mode, term by term from its
 * neighbour, so that a large agency costs no more than its standard deviation.
 */
const below = (x: number, total: number, { n, invited }: Sample): number => {
  const mode = Math.floor(((n + 1) * (total + 1)) / (invited + 2));
  if (x < mode) return sumOutwards(x, -1, { total, n, invited });
  return 1 - sumOutwards(x + 1, 1, { total, n, invited });
};

type Draw = Sample & { readonly total: number };

/** P(x) + P(x ± 1) + … to the end of the distribution, from a point from which terms only fall. */
const sumOutwards = (from: number, step: 1 | -1, { total, n, invited }: Draw): number => {
  const least = Math.max(0, n - (invited - total));
  const most = Math.min(n, total);
  if (from < least || from > most) return 0;
  let term = Math.exp(
    logChoose(total, from) + logChoose(invited - total, n - from) - logChoose(invited, n),
  );
  let sum = 0;
  for (let at = from; at >= least && at <= most && term > sum * 1e-17; at += step) {
    sum += term;
    const rest = invited - total - n;
    term *=
      step === 1
        ? ((total - at) * (n - at)) / ((at + 1) * (rest + at + 1))
        : (at * (rest + at)) / ((total - at + 1) * (n - at + 1));
  }
  return sum;
};

/** The first whole number in [from, to] at which `holds`, which then holds to the end; `to` when nowhere before. */
const firstFrom = (from: number, to: number, holds: (value: number) => boolean): number => {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k);
