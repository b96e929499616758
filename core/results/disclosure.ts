/** Which groups of one measure may be published: depends on who is in which group, never on an answer. */
import type { Attack, Lattice } from './attack.ts';
import type { Group, HiddenReason } from './release.ts';
import { fewestRespondents } from './threshold.ts';

export type Suppression = {
  readonly hidden: ReadonlyMap<number, HiddenReason>;
  /** Systems of equations that the attack examined. */
  readonly systems: number;
};

type Question = {
  readonly groups: readonly Pick<Group, 'unit' | 'parent'>[];
  /** Per respondent of the measure the groups this person counts in. */
  readonly respondents: readonly (readonly number[])[];
  readonly attack: Attack;
};

/**
 * Hides groups with fewer than six respondents, then, as long as a combination of what is left gives the sum
 * of too few people, the smallest group of that combination. A root with six respondents is never hidden.
 */
export const suppress = ({ groups, respondents, attack }: Question): Suppression => {
  const counts = countPer(respondents);
  const hidden = new Map<number, HiddenReason>(
    groups
      .filter(({ unit }) => (counts.get(unit) ?? 0) < fewestRespondents)
      .map(({ unit }) => [unit, 'few'] as const),
  );
  const roots = new Set(groups.filter(({ parent }) => parent === null).map(({ unit }) => unit));
  let systems = 0;
  for (;;) {
    const open = groups.flatMap(({ unit }) => (hidden.has(unit) ? [] : [unit]));
    const { classes, lattice } = latticeOf(open, respondents);
    const found = attack(lattice);
    systems += found.systems;
    if (found.leak === null) return { hidden, systems };
    const recipe = found.leak.kind === 'recipe' ? found.leak.rows : [...classes.keys()];
    const victim = recipe
      .flatMap((row) => classes[row] ?? [])
      .filter((twins) => !twins.units.some((unit) => roots.has(unit)))
      .sort((a, b) => a.size - b.size || Math.min(...a.units) - Math.min(...b.units))[0];
    if (victim === undefined) throw new Error('a leak is left although only roots are published');
    for (const unit of victim.units) hidden.set(unit, 'protect');
  }
};

/** Groups with the very same respondents: they are one figure, shown or hidden together. */
type Twins = { readonly units: readonly number[]; readonly size: number };

const latticeOf = (
  open: readonly number[],
  respondents: readonly (readonly number[])[],
): { readonly classes: readonly Twins[]; readonly lattice: Lattice } => {
  const published = new Set(open);
  const sizes = new Map<string, number>();
  for (const groups of respondents) {
    const key = groups
      .filter((unit) => published.has(unit))
      .sort((a, b) => a - b)
      .join(' ');
    if (key !== '') sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const atomKeys = [...sizes.keys()].sort();
  const atoms = atomKeys.map((key) => sizes.get(key) ?? 0);
  const atomsOf = new Map<number, number[]>(open.map((unit) => [unit, []]));
  atomKeys.forEach((key, atom) => {
    for (const unit of key.split(' ')) atomsOf.get(Number(unit))?.push(atom);
  });
  const twins = new Map<string, { units: number[]; row: readonly number[] }>();
  for (const [unit, row] of atomsOf) {
    const entry = twins.get(row.join(' ')) ?? { units: [], row };
    entry.units.push(unit);
    twins.set(row.join(' '), entry);
  }
  const entries = [...twins.values()];
  return {
    classes: entries.map(({ units, row }) => ({
      units,
      size: row.reduce((sum, atom) => sum + (atoms[atom] ?? 0), 0),
    })),
    lattice: { atoms, rows: entries.map(({ row }) => row) },
  };
};

const countPer = (respondents: readonly (readonly number[])[]): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const groups of respondents)
    for (const unit of groups) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return counts;
};
