/** What is left of a lattice when only combinations of few people count: small independent systems of equations. */
import {
  type Combination,
  clearAll,
  copyOf,
  divisor,
  type System,
  solve,
  systemOf,
} from './elimination.ts';
import type { Lattice } from './lattice.ts';

/** Combinations that share no atom with those of another block; each column stands for its twins. */
export type Block = {
  readonly rows: readonly Combination[];
  /** People per column: those of all atoms that every combination gives proportional weights. */
  readonly people: ReadonlyMap<number, number>;
};

/**
 * All combinations that touch no atom of more than `most` people, as independent blocks. If the lattice has one that
 * rests on at most `most` people, then a block has: the part of a combination that lies in one block is one, too.
 * Arithmetic is in whole numbers; throws RangeError where one outgrows 2⁵³.
 */
export const blocksOf = ({ atoms, rows }: Lattice, most: number): readonly Block[] => {
  const system = systemOf(
    rows.map((row, group) => ({
      weights: new Map(row.map((atom) => [atom, 1])),
      recipe: new Map([[group, 1]]),
    })),
  );
  clearAll(
    system,
    atoms.flatMap((size, atom) => (size > most ? [atom] : [])),
  );
  solve(system);
  const people = new Map([...system.holders.keys()].map((atom) => [atom, atoms[atom] ?? 0]));
  for (;;) {
    mergeTwins(system, people);
    const heavy = [...people].flatMap(([column, size]) => (size > most ? [column] : []));
    if (heavy.length === 0) return components(system, people);
    clearAll(system, heavy);
    for (const column of heavy) people.delete(column);
  }
};

/** The block's combinations that touch only these columns. */
export const within = (block: Block, columns: ReadonlySet<number>): Block => {
  const system = systemOf(block.rows.map(copyOf));
  clearAll(
    system,
    [...block.people.keys()].filter((column) => !columns.has(column)),
  );
  return {
    rows: [...system.rows.values()],
    people: new Map([...block.people].filter(([column]) => columns.has(column))),
  };
};

/** The row of the fewest people. */
export const lightest = (block: Block): Combination | undefined =>
  [...block.rows].sort((a, b) => peopleOf(block, a) - peopleOf(block, b))[0];

const peopleOf = ({ people }: Block, { weights }: Combination): number => {
  let sum = 0;
  for (const column of weights.keys()) sum += people.get(column) ?? 0;
  return sum;
};

/** Columns that all rows give proportional weights become one: a combination touches all of them or none. */
const mergeTwins = (system: System, people: Map<number, number>): void => {
  const first = new Map<string, number>();
  for (const [column, held] of [...system.holders].sort(([a], [b]) => a - b)) {
    const key = proportion(system, column, held);
    const twin = first.get(key);
    if (key !== '' && twin === undefined) {
      first.set(key, column);
      continue;
    }
    if (twin !== undefined) people.set(twin, (people.get(twin) ?? 0) + (people.get(column) ?? 0));
    for (const id of held) system.rows.get(id)?.weights.delete(column);
    system.holders.delete(column);
    people.delete(column);
  }
};

/** The column up to a factor, as text; empty for a column that no row touches. */
const proportion = ({ rows }: System, column: number, held: ReadonlySet<number>): string => {
  const entries = [...held]
    .sort((a, b) => a - b)
    .map((id) => [id, rows.get(id)?.weights.get(column) ?? 0] as const);
  const common = entries.reduce((sum, [, weight]) => divisor(sum, weight), 0);
  const sign = Math.sign(entries[0]?.[1] ?? 1);
  return entries.map(([id, weight]) => `${id}:${(sign * weight) / common}`).join(' ');
};

/** Rows that share a column, directly or over others, belong to one block. */
const components = (system: System, people: ReadonlyMap<number, number>): readonly Block[] => {
  const seen = new Set<number>();
  return [...system.rows.keys()].flatMap((start) => {
    if (seen.has(start)) return [];
    const ids = reached(system, start);
    for (const id of ids) seen.add(id);
    const rows = ids.flatMap((id) => system.rows.get(id) ?? []);
    const columns = new Set(rows.flatMap(({ weights }) => [...weights.keys()]));
    return [
      { rows, people: new Map([...columns].map((column) => [column, people.get(column) ?? 0])) },
    ];
  });
};

/** The row and every row that hangs together with it. */
const reached = ({ rows, holders }: System, start: number): readonly number[] => {
  const found = new Set([start]);
  for (const id of found)
    for (const column of rows.get(id)?.weights.keys() ?? [])
      for (const next of holders.get(column) ?? []) found.add(next);
  return [...found];
};
