/** Respondents as atoms: people in exactly the same published groups are one column of the attack. */

/** Published groups over atoms: an atom is the respondents who are in exactly the same published groups. */
export type Lattice = {
  /** Respondents of each atom; 0 where people were invited and nobody answered. */
  readonly atoms: readonly number[];
  /** Per published group the atoms it consists of. */
  readonly rows: readonly (readonly number[])[];
};

/** So many people who count in exactly these groups. */
export type Members = { readonly groups: readonly number[]; readonly count: number };

/** Groups with the very same respondents: they are one figure, shown or hidden together. */
export type Twins = { readonly units: readonly number[] };

/** Members of the same groups taken together, in an order that does not depend on that of the list. */
export const merged = (members: readonly Members[]): readonly Members[] => {
  const found = new Map<string, { groups: readonly number[]; count: number }>();
  for (const { groups, count } of members) {
    const sorted = [...new Set(groups)].sort((a, b) => a - b);
    const key = sorted.join(' ');
    const same = found.get(key);
    if (same === undefined) found.set(key, { groups: sorted, count });
    else same.count += count;
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
};

/** How many people count in which groups. */
export const placesOf = (people: readonly (readonly number[])[]): readonly Members[] =>
  merged(people.map((groups) => ({ groups, count: 1 })));

/** The lattice of the open groups; row i of it stands for the twins `classes[i]`, its atoms for the members `atoms`. */
export const latticeOf = (
  open: readonly number[],
  members: readonly Members[],
): {
  readonly classes: readonly Twins[];
  readonly atoms: readonly Members[];
  readonly lattice: Lattice;
} => {
  const published = new Set(open);
  const atoms = merged(
    members.map(({ groups, count }) => ({
      groups: groups.filter((unit) => published.has(unit)),
      count,
    })),
  ).filter(({ groups }) => groups.length > 0);
  const atomsOf = new Map<number, number[]>(
    [...open].sort((a, b) => a - b).map((unit) => [unit, []]),
  );
  for (const [atom, { groups }] of atoms.entries())
    for (const unit of groups) atomsOf.get(unit)?.push(atom);
  const twins = new Map<string, { units: number[]; row: readonly number[] }>();
  for (const [unit, row] of atomsOf) {
    const same = twins.get(row.join(' '));
    if (same === undefined) twins.set(row.join(' '), { units: [unit], row });
    else same.units.push(unit);
  }
  const rows = [...twins.values()];
  return {
    classes: rows.map(({ units }) => ({ units })),
    atoms,
    lattice: { atoms: atoms.map(({ count }) => count), rows: rows.map(({ row }) => row) },
  };
};
