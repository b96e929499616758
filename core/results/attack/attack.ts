/** The attack a release must withstand: combining published groups until few enough people are left. */
import loadHighs, { type Highs } from 'highs';
import { otherRespondents } from '../threshold.ts';
import { type Block, blocksOf, lightest, within } from './blocks.ts';
import type { Combination } from './elimination.ts';
import type { Lattice } from './lattice.ts';
import { programsOf } from './program.ts';
import { searchColumns } from './search.ts';

/**
 * Rows that can be combined into a figure of too few people: their `sum`, or a weighted one that gives them away by
 * its `bounds`; undecided = the solver gave up on a system of these rows, to be taken as a leak.
 */
export type Leak =
  | { readonly kind: 'sum' | 'bounds'; readonly rows: readonly number[]; readonly people: number }
  | { readonly kind: 'undecided'; readonly rows: readonly number[] };

/** Leaks of independent parts of the lattice, none = provably safe; `systems` counts the systems examined. */
type Finding = { readonly leaks: readonly Leak[]; readonly systems: number };

/** Finds combinations that rest on at most `most` people (five unless told), on none of some place included. */
export type Attack = (lattice: Lattice, most?: number) => Finding;

/** Steps of exact search spent on one column before the solver decides about it. */
const stepLimit = 500;

/** Seconds a program may take. */
const secondsLimit = 20;

/**
 * The attacker. The sums of published groups count as known to the last digit: coding, rounding and bands protect
 * nobody here. What can be computed from them is the row space of the matrix "who is in which published group".
 * A leak is a vector of that space, not zero, whose support is five people or fewer. If there is none, then
 * (1) no sum or mean of 1–5 people can be computed: their indicator would be such a vector;
 * (2) a reader who takes the own answer off, at any weight, still has five others in what is left: so one bound, five,
 *     covers every reader at once;
 * (3) bounds on a person are bounds of single combinations (duality of linear programs), and each rests on at least
 *     five others: a bound is exact only if all of them answered at an end of the scale.
 * If there is one with equal weights, it is the sum of so few; with other weights, answers at the ends of the scale
 * that the weights point to give all of them away, and a rule that must not look at answers takes the worst ones.
 * It speaks of who is where alone, so it holds for every figure that adds up a function of a person's answer.
 *
 * Elimination in whole numbers leaves small blocks; in these an exact search of so many `steps` a column proves most
 * columns safe or finds a leak; about the rest mixed-integer programs decide (none with `steps` = 0: then they decide
 * about all), whose leaks are weighed again in whole numbers. Undecided, a program over its time is a leak.
 */
export const loadAttack = async ({
  steps = stepLimit,
  seconds = secondsLimit,
} = {}): Promise<Attack> => {
  // The package's types describe its CommonJS build; its ES module exports the loader itself.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  // Looking for a combination by chance costs more here than it finds.
  const solver: Solver = (program) =>
    highs.solve(program, { time_limit: seconds, mip_heuristic_effort: 0 });
  return (lattice, most = otherRespondents) => {
    try {
      const blocks = blocksOf(lattice, most);
      const findings = blocks.map((block) => {
        const { found, systems } = search(solver, block, { most, steps });
        return { leaks: found === null ? [] : [leakOf(lattice, { block, found, most })], systems };
      });
      return {
        leaks: findings.flatMap(({ leaks }) => leaks),
        systems: findings.reduce((sum, { systems }) => sum + systems, 1),
      };
    } catch (error) {
      // A number outgrew exact arithmetic.
      if (!(error instanceof RangeError)) throw error;
      return { leaks: [{ kind: 'undecided', rows: [...lattice.rows.keys()] }], systems: 1 };
    }
  };
};

type Solver = (program: string) => ReturnType<Highs['solve']>;

type Found = Combination | 'undecided';

/** By exact search, and what that leaves open by the solver; `found` is null when there is no combination. */
const search = (
  solver: Solver,
  block: Block,
  limits: { readonly most: number; readonly steps: number },
): { readonly found: Found | null; readonly systems: number } => {
  const { touched, open } = searchColumns(block, limits);
  if (touched !== null)
    return { found: lightest(within(block, touched)) ?? 'undecided', systems: 1 };
  return decide(solver, within(block, open), limits.most);
};

const decide = (
  solver: Solver,
  block: Block,
  most: number,
): { readonly found: Found | null; readonly systems: number } => {
  let systems = 1;
  for (const program of block.rows.length === 0 ? [] : programsOf(block, most)) {
    const { Status, Columns } = solver(program);
    systems += 1;
    if (Status === 'Infeasible') continue;
    const touched = [...block.people.keys()].filter((_, column) => {
      const value = Columns[`v${column}`];
      return value !== undefined && 'Primal' in value && value.Primal > 0.5;
    });
    const found = Status === 'Optimal' ? lightest(within(block, new Set(touched))) : undefined;
    return { found: found ?? 'undecided', systems };
  }
  return { found: null, systems };
};

/** A combination weighed once more over the whole lattice; undecided when it does not rest on at most `most` people. */
const leakOf = (
  { atoms, rows }: Lattice,
  { block, found, most }: { readonly block: Block; readonly found: Found; readonly most: number },
): Leak => {
  const involved = new Set(block.rows.flatMap(({ recipe }) => [...recipe.keys()]));
  const undecided = { kind: 'undecided', rows: [...involved].sort(ascending) } as const;
  if (found === 'undecided') return undecided;
  const weights = new Map<number, number>();
  for (const [row, factor] of found.recipe)
    for (const atom of rows[row] ?? []) weights.set(atom, (weights.get(atom) ?? 0) + factor);
  const left = [...weights].filter(([, weight]) => weight !== 0);
  const people = left.reduce((sum, [atom]) => sum + (atoms[atom] ?? 0), 0);
  if (left.length === 0 || people > most) return undecided;
  const kind = new Set(left.map(([, weight]) => weight)).size === 1 ? 'sum' : 'bounds';
  return { kind, rows: [...found.recipe.keys()].sort(ascending), people };
};

const ascending = (a: number, b: number): number => a - b;
