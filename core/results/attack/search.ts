/** Exact proofs, column by column, that no combination of few people touches it; the solver gets what is left. */
import type { Block } from './blocks.ts';
import {
  clear,
  copyOf,
  remove,
  type System,
  solve,
  subtractFromAll,
  systemOf,
} from './elimination.ts';

export type Searched = {
  /** Columns of a combination of at most so many people; null when none was found. */
  readonly touched: ReadonlySet<number> | null;
  /** Columns that could not be proved to be in no such combination within the steps allowed. */
  readonly open: ReadonlySet<number>;
};

/** Rows in reduced echelon form, each with a column of its own. */
type Tableau = { readonly system: System; readonly own: Map<number, number> };

/**
 * Takes one column after the other and follows, in exact arithmetic, what else a combination that touches it must
 * touch: a column's weight is a sum of the own columns of the rows that hold it, so one of these is touched, too, and
 * so on, until there are too many people in it or nothing else is needed.
 */
export const searchColumns = (
  block: Block,
  { most, steps }: { readonly most: number; readonly steps: number },
): Searched => {
  const tableau = tableauOf(block);
  const open = new Set<number>();
  for (const [column, size] of [...block.people].sort(
    ([a, one], [b, other]) => one - other || a - b,
  )) {
    const found = follow(copyOfTableau(tableau), {
      block,
      touched: new Set([column]),
      left: most - size,
      steps: { left: steps },
    });
    if (found === 'gave up') open.add(column);
    else if (found !== null) return { touched: found, open };
    else forbid(tableau, column);
  }
  return { touched: null, open };
};

type Step = {
  readonly block: Block;
  readonly touched: ReadonlySet<number>;
  /** People that may be touched besides. */
  readonly left: number;
  readonly steps: { left: number };
};

/** The columns of a combination that touches only the touched ones and at most so many people besides, or null. */
const follow = (tableau: Tableau, step: Step): ReadonlySet<number> | null | 'gave up' => {
  const { block, touched, left, steps } = step;
  steps.left -= 1;
  if (steps.left < 0) return 'gave up';
  forbidHeavy(tableau, step);
  for (const column of touched) if (!release(tableau, column, touched)) return touched;
  for (const id of fewestHolders(tableau, touched)) {
    const next = tableau.own.get(id) ?? -1;
    const found = follow(copyOfTableau(tableau), {
      block,
      touched: new Set([...touched, next]),
      left: left - (block.people.get(next) ?? 0),
      steps,
    });
    if (found !== null) return found;
    remove(tableau.system, id);
  }
  return null;
};

/** Columns with more people than may still be touched. */
const forbidHeavy = (tableau: Tableau, { block, touched, left }: Step): void => {
  for (const column of [...tableau.system.holders.keys()])
    if (!touched.has(column) && (block.people.get(column) ?? 0) > left) forbid(tableau, column);
};

/** The rows that hold one of the touched columns, of the column that the fewest hold. */
const fewestHolders = ({ system }: Tableau, touched: ReadonlySet<number>): readonly number[] => {
  const held = [...touched].map((column) => [...(system.holders.get(column) ?? [])]);
  return held.sort((a, b) => a.length - b.length)[0] ?? [];
};

/** Makes the column none of the own ones, or returns false: then a row touches only the touched columns. */
const release = (
  { system, own }: Tableau,
  column: number,
  touched: ReadonlySet<number>,
): boolean => {
  for (const id of system.holders.get(column) ?? []) {
    if (own.get(id) !== column) continue;
    const other = [...(system.rows.get(id)?.weights.keys() ?? [])].find((one) => !touched.has(one));
    if (other === undefined) return false;
    subtractFromAll(system, { pivot: id, column: other });
    own.set(id, other);
    return true;
  }
  return true;
};

/** Leaves only the combinations that do not touch the column. */
const forbid = ({ system, own }: Tableau, column: number): void => {
  const held = [...(system.holders.get(column) ?? [])];
  const owner = held.find((id) => own.get(id) === column);
  if (owner === undefined) clear(system, column);
  else remove(system, owner);
};

const tableauOf = (block: Block): Tableau => {
  const system = systemOf(
    block.rows.map(({ weights }) => ({ weights: new Map(weights), recipe: new Map() })),
  );
  return { system, own: solve(system) };
};

const copyOfTableau = ({ system, own }: Tableau): Tableau => ({
  system: {
    rows: new Map([...system.rows].map(([id, row]) => [id, copyOf(row)])),
    holders: new Map([...system.holders].map(([column, held]) => [column, new Set(held)])),
  },
  own: new Map(own),
});
