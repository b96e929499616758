/** Random agencies for the attack: a tree of units crossed with grade bands, small enough for brute force. */
import type { Place } from '../../core/results/groups.ts';

type Unit = {
  readonly id: number;
  readonly parentId: number | null;
  readonly name: string;
  readonly levelLabel: string;
};

export type Person = Place & { readonly personId: number };

export type Organisation = {
  readonly units: readonly Unit[];
  /** Where people can be: at most 14 units and grade bands, so that there are at most 14 kinds of respondents. */
  readonly places: readonly Place[];
  /** The members of each wave, in order; from one to the next some join, leave or move. */
  readonly waves: readonly (readonly Person[])[];
};

export type Chance = () => number;

const mostPlaces = 14;
const waveCount = 6;

/** A whole number in [from, to]. */
export const between = (chance: Chance, from: number, to: number): number =>
  from + Math.floor(chance() * (to - from + 1));

/** Two to five levels, one to three grade bands, and six waves. */
export const organisationOf = (chance: Chance): Organisation => {
  const units = treeOf(chance);
  const places = placesOf(chance, units);
  let last = 0;
  const join = (place: Place): Person => {
    last += 1;
    return { ...place, personId: last };
  };
  const first = places.flatMap((place) =>
    Array.from({ length: between(chance, 1, between(chance, 3, 14)) }, () => join(place)),
  );
  const waves: (readonly Person[])[] = [first];
  while (waves.length < waveCount)
    waves.push(changed(waves.at(-1) ?? [], { chance, places, join }));
  return { units, places, waves };
};

const treeOf = (chance: Chance): readonly Unit[] => {
  const levels = between(chance, 2, 5);
  const depths = [0];
  const units: Unit[] = [{ id: 1, parentId: null, name: 'Unit 1', levelLabel: 'Tingkat 1' }];
  const count = between(chance, levels, 10);
  while (units.length < count) {
    // The first ones go straight down, so that every level exists.
    const deep = units.length < levels ? units.length - 1 : between(chance, 0, units.length - 1);
    const depth = (depths[deep] ?? 0) + 1;
    if (depth >= levels) continue;
    const id = units.length + 1;
    depths.push(depth);
    units.push({
      id,
      parentId: deep + 1,
      name: `Unit ${id}`,
      levelLabel: `Tingkat ${depth + 1}`,
    });
  }
  return units;
};

/** Every unit at the bottom has people, those above may have some of their own. */
const placesOf = (chance: Chance, units: readonly Unit[]): readonly Place[] => {
  const bands = ['a', 'b', 'c'].slice(0, between(chance, 1, 3));
  const parents = new Set(units.map(({ parentId }) => parentId));
  return units
    .filter(({ id }) => !parents.has(id) || chance() < 0.4)
    .flatMap(({ id }) => bands.map((gradeBand) => ({ unit: id, gradeBand })))
    .filter((_, at) => at === 0 || chance() < 0.85)
    .slice(0, mostPlaces);
};

/** Mostly a few people change, as happens, sometimes many: the wave after it. */
const changed = (
  people: readonly Person[],
  {
    chance,
    places,
    join,
  }: {
    readonly chance: Chance;
    readonly places: readonly Place[];
    readonly join: (place: Place) => Person;
  },
): readonly Person[] => {
  const share = chance() < 0.8 ? 0.03 : 0.2;
  const anywhere = (): Place =>
    places[between(chance, 0, places.length - 1)] ?? places[0] ?? never();
  const stayed = people.flatMap((person) => {
    if (chance() < share) return [];
    return chance() < share ? [{ ...anywhere(), personId: person.personId }] : [person];
  });
  const joiners = Array.from({ length: people.length }, () => chance()).filter((x) => x < share);
  return [...stayed, ...joiners.map(() => join(anywhere()))];
};

const never = (): never => {
  throw new Error('an organisation without places');
};
