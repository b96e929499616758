/**
 * The attacker by brute force and exact arithmetic, sharing nothing with the product's solver: every reader and every
 * small set of people is tried against every change of answers that the published sums would not notice.
 */

/** Respondents of one kind are in exactly the same published groups. */
type Kinds = { readonly sizes: readonly number[]; readonly rows: readonly (readonly bigint[])[] };

/**
 * Sets of one to four people, as sizes, whose sum a reader could compute who knows the own answer; empty when nothing
 * can be recovered. People are numbered from 0.
 */
export const recoverable = (
  people: number,
  published: readonly ReadonlySet<number>[],
): number[] => {
  const kinds = kindsOf(people, published);
  return [null, ...kinds.sizes.keys()].flatMap((reader) => {
    const { sizes, rows } = without(kinds, reader);
    const unnoticed = kernel(rows, sizes.length);
    return subsets(sizes, 4)
      .filter(({ chosen }) => unnoticed.every((change) => total(chosen, change) === 0n))
      .map(({ people: size }) => size);
  });
};

/** Sets of at most `most` people, as sizes, on whom alone some combination of published sums rests, at any weights. */
export const resting = (
  people: number,
  published: readonly ReadonlySet<number>[],
  most = 5,
): number[] => {
  const { sizes, rows } = kindsOf(people, published);
  const unnoticed = kernel(rows, sizes.length);
  return subsets(sizes, most)
    .filter(({ chosen }) => {
      const columns = chosen.map((kind) => unnoticed.map((change) => change[kind] ?? 0n));
      return echelon(columns).length < chosen.length;
    })
    .map(({ people: size }) => size);
};

/** How many kinds of respondents there are: what brute force has to go through. */
export const kindsCount = (people: number, published: readonly ReadonlySet<number>[]): number =>
  kindsOf(people, published).sizes.length;

const kindsOf = (people: number, published: readonly ReadonlySet<number>[]): Kinds => {
  const found = new Map<string, { size: number; first: number }>();
  for (let person = 0; person < people; person += 1) {
    const key = published.map((group) => (group.has(person) ? '1' : '0')).join('');
    if (!key.includes('1')) continue;
    const same = found.get(key);
    if (same === undefined) found.set(key, { size: 1, first: person });
    else same.size += 1;
  }
  const kinds = [...found.values()];
  return {
    sizes: kinds.map(({ size }) => size),
    rows: published.map((group) => kinds.map(({ first }) => (group.has(first) ? 1n : 0n))),
  };
};

/** Without one person of the reader's kind: the own answer is known, so it can be taken off any figure. */
const without = ({ sizes, rows }: Kinds, reader: number | null): Kinds => {
  const left = sizes.map((size, kind) => size - (kind === reader ? 1 : 0));
  const stays = (_: unknown, kind: number): boolean => (left[kind] ?? 0) > 0;
  return { sizes: left.filter(stays), rows: rows.map((row) => row.filter(stays)) };
};

const total = (chosen: readonly number[], change: readonly bigint[]): bigint =>
  chosen.reduce((sum, kind) => sum + (change[kind] ?? 0n), 0n);

/** Every set of kinds with 1 to `most` people in it. */
const subsets = (
  sizes: readonly number[],
  most: number,
): { readonly chosen: readonly number[]; readonly people: number }[] => {
  let found: { chosen: readonly number[]; people: number }[] = [{ chosen: [], people: 0 }];
  for (const [kind, size] of sizes.entries())
    found = found.flatMap((set) =>
      set.people + size > most
        ? [set]
        : [set, { chosen: [...set.chosen, kind], people: set.people + size }],
    );
  return found.filter(({ people }) => people > 0);
};

/** A basis of the vectors that every row sends to zero, in whole numbers. */
const kernel = (rows: readonly (readonly bigint[])[], columns: number): bigint[][] => {
  const solved = echelon(rows);
  const leading = solved.map((row) => row.findIndex((value) => value !== 0n));
  const common = solved.reduce((product, row, at) => product * (row[leading[at] ?? 0] ?? 1n), 1n);
  return Array.from({ length: columns }, (_, column) => column)
    .filter((column) => !leading.includes(column))
    .map((free) =>
      Array.from({ length: columns }, (_, column) => {
        if (column === free) return common;
        const at = leading.indexOf(column);
        const row = solved[at];
        return row === undefined ? 0n : (-(row[free] ?? 0n) * common) / (row[column] ?? 1n);
      }),
    );
};

/** Rows of the same span without redundant ones; the leading column of each is zero in all others. */
const echelon = (matrix: readonly (readonly bigint[])[]): bigint[][] => {
  let solved: bigint[][] = [];
  for (const row of matrix) {
    const next = solved.reduce<bigint[]>(cleared, [...row]);
    if (next.every((value) => value === 0n)) continue;
    solved = [...solved.map((known) => cleared(known, next)), next];
  }
  return solved;
};

/** The row with its entry in the leading column of the other one cleared. */
const cleared = (row: readonly bigint[], other: readonly bigint[]): bigint[] => {
  const column = other.findIndex((value) => value !== 0n);
  const [head, factor] = [other[column] ?? 1n, row[column] ?? 0n];
  if (factor === 0n) return [...row];
  return row.map((value, at) => value * head - factor * (other[at] ?? 0n));
};
