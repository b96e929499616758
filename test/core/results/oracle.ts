/**
 * The attacker by brute force and exact arithmetic, sharing nothing with the product's solver: every reader, every
 * set of fewer than five other people, every linear combination of the published groups.
 */

/** Recoverable sets of people, as sizes; empty when nothing can be recovered. People are numbered from 0. */
export const recoverable = (
  people: number,
  published: readonly ReadonlySet<number>[],
): number[] => {
  const kinds = new Map<string, number[]>();
  for (let person = 0; person < people; person += 1) {
    const key = published.map((group) => (group.has(person) ? '1' : '0')).join('');
    kinds.set(key, [...(kinds.get(key) ?? []), person]);
  }
  const blocks = [...kinds.values()];
  return [null, ...blocks.keys()].flatMap((reader) => recoverableBy(blocks, published, reader));
};

/** Without the reader's own column: the own answer is known, so it can be taken off any figure. */
const recoverableBy = (
  blocks: readonly (readonly number[])[],
  published: readonly ReadonlySet<number>[],
  reader: number | null,
): number[] => {
  const columns = blocks
    .map((block, index) => ({
      first: block[0] ?? -1,
      size: block.length - (index === reader ? 1 : 0),
    }))
    .filter(({ size }) => size > 0);
  const rows = published.map((group) => columns.map(({ first }) => (group.has(first) ? 1n : 0n)));
  const base = rank(rows);
  return subsets(columns.map(({ size }) => size)).flatMap(({ chosen, total }) => {
    const target = columns.map((_, index) => (chosen.has(index) ? 1n : 0n));
    return rank([...rows, target]) === base ? [total] : [];
  });
};

/** Every set of columns with one to four people in it. */
const subsets = (sizes: readonly number[]): { chosen: Set<number>; total: number }[] => {
  let found: { chosen: Set<number>; total: number }[] = [{ chosen: new Set(), total: 0 }];
  for (const [index, size] of sizes.entries())
    found = found.flatMap((set) =>
      set.total + size > 4
        ? [set]
        : [set, { chosen: new Set([...set.chosen, index]), total: set.total + size }],
    );
  return found.filter(({ total }) => total > 0);
};

/** Rank over the rationals by elimination without fractions. */
const rank = (matrix: readonly (readonly bigint[])[]): number => {
  let left = matrix.filter((row) => row.some((value) => value !== 0n));
  let found = 0;
  while (left.length > 0) {
    const [top = [], ...rest] = left;
    const column = top.findIndex((value) => value !== 0n);
    left = rest
      .map((row) => without(row, top, column))
      .filter((row) => row.some((value) => value !== 0n));
    found += 1;
  }
  return found;
};

/** The row with its entry in `column` cleared by a multiple of `top`. */
const without = (
  row: readonly bigint[],
  top: readonly bigint[],
  column: number,
): readonly bigint[] => {
  const head = top[column] ?? 1n;
  const factor = row[column] ?? 0n;
  return row.map((value, at) => value * head - factor * (top[at] ?? 0n));
};
