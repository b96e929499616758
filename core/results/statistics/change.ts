/** Which anchors changed between two waves, judged together for a whole release. */
import type { Moments } from './moments.ts';
import { asPrinted, fivePoints, type Scale } from './scale.ts';
import { detectableChange, welch } from './welch.ts';

/** Share of false findings accepted among what a release calls changed. */
const falseShare = 0.1;

/** Smallest change worth a word, as a share of the scale: .20 of the five points, 5 of 100. */
const leastShare = 0.05;

/** Two waves of one published anchor, both as published (`published.ts`), never linked by person. */
export type Pair = { readonly before: Moments; readonly after: Moments };

/** A comparison as it is published; all figures in points of the scale, two decimals. */
export type Change = {
  readonly verdict: 'higher' | 'lower' | 'unclear';
  /** After − before. */
  readonly delta: number;
  /** A true change of this size would be found in 80 of 100 cases; said beside "unclear". */
  readonly detectable: number;
};

/**
 * Verdicts of all pairs of one release, in their order: changed only where Benjamini–Hochberg's q < .10 over all of
 * them and |Δ| is at least 5 % of the scale. Give all pairs of a release in one call and anchors only: fewer at a
 * time would find more than there is. Δ is the difference of the means as printed.
 */
export const judgeChanges = (
  pairs: readonly Pair[],
  scale: Scale = fivePoints,
): readonly Change[] => {
  const found = pairs.map(({ before, after }) => welch(before, after));
  const qs = adjustForMany(found.map(({ p }) => p));
  const least = asPrinted(leastShare * (scale.max - scale.min));
  return pairs.map(({ before, after }, at) => {
    const delta = asPrinted(asPrinted(after.mean) - asPrinted(before.mean));
    const clear = (qs[at] ?? 1) < falseShare && Math.abs(delta) >= least;
    const difference = found[at];
    const detectable = difference === undefined ? 0 : asPrinted(detectableChange(difference));
    if (!clear) return { verdict: 'unclear', delta, detectable };
    return { verdict: delta > 0 ? 'higher' : 'lower', delta, detectable };
  });
};

/**
 * Adjusted p values in the order given: q_(i) = min over j ≥ i of (m / j) p_(j), at most 1.
 * Source: Benjamini & Hochberg, J. R. Statist. Soc. B 57 (1995) 289–300.
 */
export const adjustForMany = (ps: readonly number[]): readonly number[] => {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => b.p - a.p);
  const adjusted = new Array<number>(ps.length);
  let least = 1;
  for (const [index, { p, at }] of order.entries()) {
    least = Math.min(least, (ps.length / (ps.length - index)) * p);
    adjusted[at] = least;
  }
  return adjusted;
};
