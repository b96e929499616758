/** What is kept of a group's answers: count, sum and sum of squares; every figure follows from these. */

/** Sufficient statistics of one group; sums of disjoint groups add up. */
export type Sums = { readonly n: number; readonly sum: number; readonly sumSquares: number };

/** Count, mean and sample variance (divisor n − 1). */
export type Moments = { readonly n: number; readonly mean: number; readonly variance: number };

/** Sums of the values, added in sorted order, so that their order tells nothing. */
export const sumsOf = (values: readonly number[]): Sums => {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    n: sorted.length,
    sum: sorted.reduce((sum, value) => sum + value, 0),
    sumSquares: sorted.reduce((sum, value) => sum + value * value, 0),
  };
};

/**
 * Mean Σx / n and variance (Σx² − (Σx)²/n) / (n − 1), which is 0 for a single value. The short formula loses no
 * figure that is shown: scores are small and of one size. Throws when there is no value at all.
 */
export const momentsOf = ({ n, sum, sumSquares }: Sums): Moments => {
  if (!(n >= 1)) throw new RangeError(`a mean needs at least 1 value, found n = ${n}`);
  const squares = Math.max(0, sumSquares - (sum * sum) / n);
  return { n, mean: sum / n, variance: n < 2 ? 0 : squares / (n - 1) };
};

/** Mean and variance of the values themselves. */
export const moments = (values: readonly number[]): Moments => momentsOf(sumsOf(values));
