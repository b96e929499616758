/** The attack a release must withstand: combining published groups until few enough people are left. */
import loadHighs, { type Highs } from 'highs';
import { otherRespondents } from './threshold.ts';

/** Published groups over atoms: an atom is the respondents who are in exactly the same published groups. */
export type Lattice = {
  /** Respondents of each atom, each ≥ 1. */
  readonly atoms: readonly number[];
  /** Per published group the atoms it consists of. */
  readonly rows: readonly (readonly number[])[];
};

/** Rows whose combination gives the sum of too few people; undecided = the solver gave up, to be taken as a leak. */
type Leak =
  | { readonly kind: 'recipe'; readonly rows: readonly number[] }
  | { readonly kind: 'undecided' };

/** Finds a leak, or null when provably none is left; `systems` counts the systems of equations examined. */
export type Attack = (lattice: Lattice) => { readonly leak: Leak | null; readonly systems: number };

/** Largest factor of one published figure in a combination. */
const factorLimit = 8;
const secondsLimit = 20;

/**
 * The attacker as a mixed-integer program (exact criterion of linear disclosure: the indicator of a few people lies
 * in the row space of what is published). Real factors λ of rows, binary v of atoms:
 * Σ_r A[r,a] λ_r = v_a for every atom a, 1 ≤ Σ n_a v_a ≤ 5. Feasible = leak, and the rows with λ ≠ 0 are its recipe.
 * The bound is five because the reader may be one of them. A reader who is an atom alone can take any multiple of
 * the own answer off, so for each such atom the system is solved once more without its equation, with bound 4.
 */
export const loadAttack = async (): Promise<Attack> => {
  // The package's types describe its CommonJS build; its ES module exports the loader itself.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  return (lattice) => {
    const alone = lattice.atoms.flatMap((size, atom) => (size === 1 ? [atom] : []));
    let systems = 0;
    for (const reader of [null, ...alone]) {
      systems += 1;
      const leak = solve(highs, lattice, reader);
      if (leak !== null) return { leak, systems };
    }
    return { leak: null, systems };
  };
};

const solve = (highs: Highs, lattice: Lattice, reader: number | null): Leak | null => {
  const bound = reader === null ? otherRespondents : otherRespondents - 1;
  const small = lattice.atoms.flatMap((size, atom) =>
    atom !== reader && size <= bound ? [atom] : [],
  );
  // Every combination contains whole atoms: without a small one there is nothing to find.
  if (small.length === 0) return null;
  const solution = highs.solve(program(lattice, { reader, small, bound }), {
    time_limit: secondsLimit,
  });
  if (solution.Status === 'Infeasible') return null;
  if (solution.Status !== 'Optimal') return { kind: 'undecided' };
  const factor = (name: string): number => {
    const column = solution.Columns[name];
    return column !== undefined && 'Primal' in column ? column.Primal : 0;
  };
  const rows = lattice.rows.flatMap((_, row) =>
    Math.abs(factor(`p${row}`) - factor(`q${row}`)) > 1e-6 ? [row] : [],
  );
  return rows.length === 0 ? { kind: 'undecided' } : { kind: 'recipe', rows };
};

/** The program as text; fewest people first, then the shortest recipe. */
const program = (
  { atoms, rows }: Lattice,
  { reader, small, bound }: { reader: number | null; small: readonly number[]; bound: number },
): string => {
  const isSmall = new Set(small);
  const factors = rows.flatMap((_, row) => [`p${row}`, `q${row}`]);
  const equations = atoms.flatMap((_, atom) => {
    if (atom === reader) return [];
    const terms = rows.flatMap((row, index) =>
      row.includes(atom) ? [`+ p${index} - q${index}`] : [],
    );
    if (terms.length === 0) return [];
    return [` a${atom}: ${terms.join(' ')}${isSmall.has(atom) ? ` - v${atom}` : ''} = 0`];
  });
  const people = small.map((atom) => `+ ${atoms[atom]} v${atom}`).join(' ');
  return [
    'Minimize',
    ` cost: ${small.map((atom) => `+ ${1_000 * (atoms[atom] ?? 0)} v${atom}`).join(' ')} ${factors
      .map((name) => `+ ${name}`)
      .join(' ')}`,
    'Subject To',
    ...equations,
    ` least: ${people} >= 1`,
    ` most: ${people} <= ${bound}`,
    'Bounds',
    ...factors.map((name) => ` 0 <= ${name} <= ${factorLimit}`),
    'Binary',
    ` ${small.map((atom) => `v${atom}`).join(' ')}`,
    'End',
  ].join('\n');
};
