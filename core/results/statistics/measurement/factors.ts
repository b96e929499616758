/** Factor analysis by minimal residuals: how much of each item is its own. */
import { eigen, entry, type Matrix } from './matrix.ts';

/** Least own share of an item: keeps a solution from leaving the possible. */
const leastOwn = 0.005;

/** Largest change of a share between two rounds that counts as standing still, and rounds after which we stop. */
const standstill = 1e-13;
const mostRounds = 100_000;

/**
 * Own shares (uniquenesses) of the items of a correlation matrix under `factors` common factors: those for which the
 * sum of squared residual correlations is least. Found by repeating principal axes until the shares stand still,
 * which is the same solution. They do not depend on how the factors are turned.
 * Source: Harman & Jones, Psychometrika 31 (1966) 351–368.
 */
export const ownShares = (correlations: Matrix, factors = 1): readonly number[] => {
  let own: readonly number[] = correlations.map(() => 0.5);
  for (let round = 0; round < mostRounds; round += 1) {
    const reduced = correlations.map((row, i) =>
      row.map((value, j) => (i === j ? value - (own[i] ?? 0) : value)),
    );
    const common = eigen(reduced).slice(0, factors);
    const next = correlations.map((row, i) => {
      const shared = common.reduce(
        (sum, { value, vector }) => sum + Math.max(0, value) * (vector[i] ?? 0) ** 2,
        0,
      );
      return Math.min(1, Math.max(leastOwn, (row[i] ?? 1) - shared));
    });
    const moved = Math.max(...next.map((share, i) => Math.abs(share - (own[i] ?? 0))));
    own = next;
    if (moved < standstill) break;
  }
  return own;
};

/** Correlations of a covariance matrix whose items all vary. */
export const correlationsOf = (covariances: Matrix): Matrix =>
  covariances.map((row, i) =>
    row.map((value, j) =>
      i === j ? 1 : value / Math.sqrt(entry(covariances, i, i) * entry(covariances, j, j)),
    ),
  );
