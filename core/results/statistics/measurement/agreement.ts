/** How much people of one group answer alike, compared with people of different groups. */
import type { Sums } from '../moments.ts';

export type Agreement = {
  /** Share of the variance of one answer that lies between groups; below 0 when groups differ less than chance. */
  readonly icc1: number;
  /** How reliably a group's mean tells the groups apart. */
  readonly icc2: number;
};

/**
 * ICC(1) = (MSB − MSW) / (MSB + (k − 1) MSW) and ICC(2) = (MSB − MSW) / MSB from one-way analysis of variance, with k
 * the average group size. Source: Bliese in Klein & Kozlowski, Multilevel Theory (2000) 349–381.
 * Groups are disjoint; null when nothing can be compared: fewer than two groups, no group of two, or no difference
 * between groups at all.
 */
export const agreement = (groups: readonly Sums[]): Agreement | null => {
  const counted = groups.filter(({ n }) => n > 0);
  const n = counted.reduce((sum, group) => sum + group.n, 0);
  const within = n - counted.length;
  if (counted.length < 2 || within < 1) return null;
  const sum = counted.reduce((all, group) => all + group.sum, 0);
  const squares = counted.reduce((all, group) => all + group.sumSquares, 0);
  const ofMeans = counted.reduce((all, group) => all + group.sum ** 2 / group.n, 0);
  const between = Math.max(0, ofMeans - sum ** 2 / n) / (counted.length - 1);
  const inside = Math.max(0, squares - ofMeans) / within;
  if (between <= inside * 1e-12) return null;
  const size = n / counted.length;
  return {
    icc1: (between - inside) / (between + (size - 1) * inside),
    icc2: (between - inside) / between,
  };
};
