/** How well the five anchors measure one thing together. */
import { correlationsOf, ownShares } from './factors.ts';
import { entry, type Matrix, total, trace } from './matrix.ts';

/** Fewest people who answered every item. */
const fewestComplete = 100;

/** Sums over the people who answered every item: of each item, and of each product of two items. */
export type CrossSums = {
  readonly n: number;
  readonly sums: readonly number[];
  readonly products: Matrix;
};

export type Reliability = { readonly alpha: number; readonly omega: number };

/** Sums and products of complete rows of scores, one row a person, in the same order of items. */
export const crossSumsOf = (rows: readonly (readonly number[])[]): CrossSums => {
  const size = rows[0]?.length ?? 0;
  const sums = new Array<number>(size).fill(0);
  const products = sums.map(() => new Array<number>(size).fill(0));
  for (const row of rows)
    for (const [i, one] of row.entries()) {
      sums[i] = (sums[i] ?? 0) + one;
      const line = products[i] ?? [];
      for (const [j, other] of row.entries()) line[j] = (line[j] ?? 0) + one * other;
    }
  return { n: rows.length, sums, products };
};

/** Covariances (divisor n − 1) of at least 2 people: (Σxy − Σx Σy / n) / (n − 1). */
export const covariancesOf = ({ n, sums, products }: CrossSums): Matrix =>
  products.map((row, i) =>
    row.map((product, j) => (product - ((sums[i] ?? 0) * (sums[j] ?? 0)) / n) / (n - 1)),
  );

/**
 * Cronbach's alpha of the sum of k items: k/(k − 1) · (1 − Σ s_i² / s²_sum).
 * Source: Cronbach, Psychometrika 16 (1951) 297–334.
 */
export const alpha = (covariances: Matrix): number => {
  const k = covariances.length;
  return (k / (k - 1)) * (1 - trace(covariances) / total(covariances));
};

/**
 * Omega total of the sum of the items: 1 − Σ s_i² u_i² / s²_sum, with u_i² the own share of item i under `factors`
 * common factors by minimal residuals, which is what psych::omega prints (there of the correlations).
 * Source: McDonald, Test Theory (1999), ch. 6.
 */
export const omega = (covariances: Matrix, factors = 1): number => {
  const own = ownShares(correlationsOf(covariances), factors);
  const error = own.reduce((sum, share, i) => sum + share * entry(covariances, i, i), 0);
  return 1 - error / total(covariances);
};

/**
 * Both figures of one form, over the people who answered all of it; null below 100 of them, where they would mostly
 * show chance, and where an item does not vary or the items cancel out.
 */
export const reliability = (sums: CrossSums): Reliability | null => {
  if (sums.n < fewestComplete) return null;
  const covariances = covariancesOf(sums);
  const varies = covariances.every((_, i) => entry(covariances, i, i) > 0);
  if (covariances.length < 2 || !varies || !(total(covariances) > 0)) return null;
  return { alpha: alpha(covariances), omega: omega(covariances) };
};
