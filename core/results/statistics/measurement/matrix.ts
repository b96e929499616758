/** Symmetric matrices of a few items. */

/** A square symmetric matrix by rows: covariances or correlations of items. */
export type Matrix = readonly (readonly number[])[];

/** An eigenvalue with its vector of length 1. */
export type Eigen = { readonly value: number; readonly vector: readonly number[] };

/** The entry at row `i` and column `j`; 0 outside the matrix. */
export const entry = (matrix: Matrix, i: number, j: number): number => matrix[i]?.[j] ?? 0;

/** Sum of all entries: of covariances, the variance of the sum of the items. */
export const total = (matrix: Matrix): number =>
  matrix.reduce((sum, row) => sum + row.reduce((part, value) => part + value, 0), 0);

/** Sum of the diagonal. */
export const trace = (matrix: Matrix): number =>
  matrix.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);

/** Sweeps over all pairs; a matrix of items stands still after six to eight. */
const mostSweeps = 60;

/** All eigenvalues with their vectors, largest first, by Jacobi's rotations (Golub & Van Loan, 4th ed., §8.5). */
export const eigen = (matrix: Matrix): readonly Eigen[] => {
  const size = matrix.length;
  const rows = matrix.map((row) => [...row]);
  const vectors = matrix.map((_, i) => matrix.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(rows) > 0; sweep += 1)
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1) rotate(rows, vectors, [p, q]);
  return rows
    .map((row, at) => ({ value: row[at] ?? 0, vector: vectors.map((line) => line[at] ?? 0) }))
    .sort((a, b) => b.value - a.value);
};

/** What is left beside the diagonal, 0 once it is lost in the last bit. */
const offDiagonal = (rows: Matrix): number => {
  let [beside, on] = [0, 0];
  for (const [i, row] of rows.entries())
    for (const [j, value] of row.entries())
      if (i === j) on += value * value;
      else beside += value * value;
  return beside <= on * 1e-32 ? 0 : beside;
};

/** Turns rows and columns p and q so that their common entry becomes 0. */
const rotate = (rows: number[][], vectors: number[][], [p, q]: readonly [number, number]): void => {
  const common = entry(rows, p, q);
  if (common === 0) return;
  const theta = (entry(rows, q, q) - entry(rows, p, p)) / (2 * common);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of [...rows, ...vectors]) {
    const [a, b] = [row[p] ?? 0, row[q] ?? 0];
    row[p] = cosine * a - sine * b;
    row[q] = sine * a + cosine * b;
  }
  const [one, other] = [rows[p] ?? [], rows[q] ?? []];
  for (let k = 0; k < rows.length; k += 1) {
    const [a, b] = [one[k] ?? 0, other[k] ?? 0];
    one[k] = cosine * a - sine * b;
    other[k] = sine * a + cosine * b;
  }
};
