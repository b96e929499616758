/** Exact elimination: combinations of published groups as whole-number rows over atoms. */

/** A combination of published groups: whole-number weights of atoms, and of the groups it is made of. */
export type Combination = {
  readonly weights: Map<number, number>;
  readonly recipe: Map<number, number>;
};

/** Combinations, and per atom the combinations that touch it. */
export type System = {
  readonly rows: Map<number, Combination>;
  readonly holders: Map<number, Set<number>>;
};

export const systemOf = (rows: readonly Combination[]): System => {
  const system: System = { rows: new Map(rows.entries()), holders: new Map() };
  for (const [id, { weights }] of system.rows)
    for (const atom of weights.keys()) hold(system, atom, id);
  return system;
};

const hold = ({ holders }: System, atom: number, id: number): void => {
  const held = holders.get(atom);
  if (held === undefined) holders.set(atom, new Set([id]));
  else held.add(id);
};

/** Leaves only the combinations that give none of the columns a weight; the least entangled columns go first. */
export const clearAll = (system: System, columns: readonly number[]): void => {
  let left = columns;
  for (let entangled = 1; left.length > 0; entangled *= 2) {
    let before: number;
    do {
      before = left.length;
      left = left.filter((column) => {
        if ((system.holders.get(column)?.size ?? 0) > entangled) return true;
        clear(system, column);
        return false;
      });
    } while (left.length < before);
  }
};

/** Leaves only the combinations that give the column no weight. */
export const clear = (system: System, column: number): void => {
  const ids = [...(system.holders.get(column) ?? [])];
  const pivot = shortest(system, ids);
  if (pivot !== undefined) {
    subtractFromAll(system, { pivot, column });
    remove(system, pivot);
  }
  system.holders.delete(column);
};

const shortest = ({ rows }: System, ids: readonly number[]): number | undefined => {
  const length = (id: number): number => rows.get(id)?.weights.size ?? 0;
  let best = ids[0];
  for (const id of ids) if (best !== undefined && length(id) < length(best)) best = id;
  return best;
};

export const remove = ({ rows, holders }: System, id: number): void => {
  for (const atom of rows.get(id)?.weights.keys() ?? []) holders.get(atom)?.delete(id);
  rows.delete(id);
};

/**
 * Reduced row echelon form: every row has a column of its own, which is returned. Shows what hangs together and what
 * is twin.
 */
export const solve = (system: System): Map<number, number> => {
  const own = new Map<number, number>();
  const left = new Set([...system.rows.keys()].sort((a, b) => a - b));
  for (;;) {
    const pivot = shortest(system, [...left]);
    if (pivot === undefined) return own;
    left.delete(pivot);
    const column = leastEntangled(system, pivot);
    if (column === undefined) continue;
    own.set(pivot, column);
    subtractFromAll(system, { pivot, column });
  }
};

/** The column of a row that the fewest rows touch; undefined when the row has become empty. */
const leastEntangled = ({ rows, holders }: System, id: number): number | undefined => {
  const entangled = (column: number): number => holders.get(column)?.size ?? 0;
  return [...(rows.get(id)?.weights.keys() ?? [])].sort(
    (a, b) => entangled(a) - entangled(b) || a - b,
  )[0];
};

/** Takes the pivot off every other row that touches the column. */
export const subtractFromAll = (
  system: System,
  { pivot, column }: { readonly pivot: number; readonly column: number },
): void => {
  for (const id of [...(system.holders.get(column) ?? [])])
    if (id !== pivot) subtract(system, { id, pivot, column });
};

/** Takes so much of the pivot off the row that its weight in the column becomes zero; an empty row goes. */
const subtract = (
  system: System,
  { id, pivot, column }: { readonly id: number; readonly pivot: number; readonly column: number },
): void => {
  const row = system.rows.get(id);
  const other = system.rows.get(pivot);
  if (row === undefined || other === undefined) return;
  clearWith(row, other, column);
  for (const atom of other.weights.keys())
    if (row.weights.has(atom)) hold(system, atom, id);
    else system.holders.get(atom)?.delete(id);
  if (row.weights.size === 0) system.rows.delete(id);
};

/** Turns the row into a multiple of it less a multiple of the other one, so that the column has no weight. */
const clearWith = (row: Combination, other: Combination, column: number): void => {
  const [mine, theirs] = [row.weights.get(column) ?? 0, other.weights.get(column) ?? 1];
  const common = divisor(mine, theirs) * Math.sign(theirs);
  const factors = { keep: theirs / common, take: mine / common };
  mix(row.weights, other.weights, factors);
  mix(row.recipe, other.recipe, factors);
  shorten(row);
};

/** keep · one − take · other, without entries of zero. */
const mix = (
  one: Map<number, number>,
  other: ReadonlyMap<number, number>,
  { keep, take }: { readonly keep: number; readonly take: number },
): void => {
  if (keep !== 1) for (const [key, value] of one) one.set(key, exact(keep * value));
  for (const [key, value] of other) {
    const left = exact((one.get(key) ?? 0) - exact(take * value));
    if (left === 0) one.delete(key);
    else one.set(key, left);
  }
};

/** Divides the row by what all its numbers have in common. */
const shorten = ({ weights, recipe }: Combination): void => {
  let common = 0;
  for (const part of [weights, recipe])
    for (const value of part.values()) {
      common = divisor(common, value);
      if (common === 1) return;
    }
  for (const part of [weights, recipe])
    for (const [key, value] of part) part.set(key, value / common);
};

/** A row of its own to work on. */
export const copyOf = ({ weights, recipe }: Combination): Combination => ({
  weights: new Map(weights),
  recipe: new Map(recipe),
});

export const divisor = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
};

const exact = (value: number): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError('a weight outgrew 2⁵³');
  return value;
};
