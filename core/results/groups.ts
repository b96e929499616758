/** The groups of a wave: the unit tree, the grade bands of the agency, and those of each directorate. */
import type { Depth, Group } from './release.ts';

type UnitRow = {
  readonly id: number;
  readonly parentId: number | null;
  readonly name: string;
  readonly levelLabel: string;
};

/** A unit and a grade band in which at least one person is. */
export type Place = { readonly unit: number; readonly gradeBand: string };

/** The lattice that a wave freezes at its launch. */
export type Lattice = {
  readonly groups: readonly Group[];
  /** Per place the groups its people count in: the unit and all above it, nearest first, then the grade bands. */
  readonly places: readonly (Place & { readonly groups: readonly number[] })[];
};

/** Every unit with its depth below the root, in tree order: a unit stands right before what is below it. */
export const groupsOf = (units: readonly UnitRow[]): readonly Group[] => {
  const children = new Map<number | null, UnitRow[]>();
  for (const unit of units) {
    const siblings = children.get(unit.parentId);
    if (siblings === undefined) children.set(unit.parentId, [unit]);
    else siblings.push(unit);
  }
  const groups: Group[] = [];
  const add = (parent: number | null, depth: number): void => {
    for (const { id, name, levelLabel } of children.get(parent) ?? []) {
      groups.push({ unit: id, parent, kind: 'unit', name, levelLabel, depth });
      add(id, depth + 1);
    }
  };
  add(null, 0);
  return groups;
};

/**
 * The lattice for the places where people are. A grade band keeps the id it had in `known`, the groups of earlier
 * waves; a new one gets the next number below zero, which no unit can have. A unit with a single grade band needs no
 * group for it: it would be the same people again.
 */
export const freezeLattice = ({
  units,
  places,
  known,
}: {
  readonly units: readonly UnitRow[];
  readonly places: readonly Place[];
  readonly known: readonly Group[];
}): Lattice => {
  const tree = groupsOf(units);
  const byId = new Map(tree.map((group) => [group.unit, group]));
  const chainOf = (unit: number): readonly Group[] => {
    const group = byId.get(unit);
    return group === undefined
      ? []
      : [group, ...(group.parent === null ? [] : chainOf(group.parent))];
  };
  const above = (unit: number): readonly Group[] =>
    chainOf(unit).filter(({ depth }) => depth <= directorateDepth);
  const bands = bandsPerUnit(places, above);
  const grades = gradeGroups(tree, bands, known);
  const idOf = new Map(grades.map((group) => [keyOf(group), group.unit]));
  return {
    groups: [...tree, ...grades],
    places: places.map((place) => ({
      ...place,
      groups: [
        ...chainOf(place.unit).map(({ unit }) => unit),
        ...above(place.unit).flatMap(
          ({ unit }) => idOf.get(keyOf({ parent: unit, name: place.gradeBand })) ?? [],
        ),
      ],
    })),
  };
};

/** The groups a wave of that depth publishes figures of. */
export const withinDepth = (groups: readonly Group[], depth: Depth): readonly Group[] =>
  groups.filter((group) => group.depth <= deepest[depth]);

/** Levels below the root down to which a depth goes. */
const deepest: Readonly<Record<Depth, number>> = { agency: 0, directorates: 1, units: Infinity };

/** Directorates are the units right below the agency, whatever they are called. */
const directorateDepth = 1;

type Bands = ReadonlyMap<number, ReadonlySet<string>>;

const bandsPerUnit = (
  places: readonly Place[],
  above: (unit: number) => readonly Group[],
): Bands => {
  const bands = new Map<number, Set<string>>();
  for (const { unit, gradeBand } of places)
    for (const group of above(unit)) {
      const found = bands.get(group.unit) ?? new Set();
      bands.set(group.unit, found.add(gradeBand));
    }
  return bands;
};

const gradeGroups = (
  tree: readonly Group[],
  bands: Bands,
  known: readonly Group[],
): readonly Group[] => {
  const ids = new Map(
    known.filter(({ kind }) => kind === 'grade').map((group) => [keyOf(group), group.unit]),
  );
  let lowest = Math.min(0, ...ids.values());
  return tree
    .filter(({ unit }) => (bands.get(unit)?.size ?? 0) > 1)
    .flatMap(({ unit: parent, depth }) =>
      [...(bands.get(parent) ?? [])].sort().map((name): Group => {
        const unit = ids.get(keyOf({ parent, name })) ?? --lowest;
        return { unit, parent, kind: 'grade', name, levelLabel: '', depth };
      }),
    );
};

const keyOf = ({ parent, name }: Pick<Group, 'parent' | 'name'>): string => `${parent} ${name}`;
