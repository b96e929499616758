/** What somebody with every dump and the roster tries: pairing published comments with people by some order of theirs. */

/** Positions of comments, and of people, as an attacker may line them up. */
export type Guess = { readonly by: string; readonly people: readonly number[] };

/** How many comments a line-up gives to whoever wrote them, at its best shift and in both directions. */
export const hits = (
  authors: readonly number[],
  { people }: Guess,
): { readonly straight: number; readonly reversed: number } => ({
  straight: authors.filter((author, at) => people[at] === author).length,
  reversed: authors.filter((author, at) => people.at(-1 - at) === author).length,
});

/** Spearman's rank correlation of two orders of the same people. */
export const correlation = (one: readonly number[], other: readonly number[]): number => {
  const place = new Map(other.map((id, at) => [id, at]));
  const n = one.length;
  const squares = one.reduce((sum, id, at) => sum + (at - (place.get(id) ?? 0)) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
};

/** Most successes of n tries of chance p that happen by luck in all but a share of `error`. */
export const luckiest = (n: number, p: number, error: number): number => {
  let probability = (1 - p) ** n;
  let within = probability;
  let count = 0;
  while (within < 1 - error) {
    count += 1;
    probability *= ((n - count + 1) / count) * (p / (1 - p));
    within += probability;
  }
  return count;
};
