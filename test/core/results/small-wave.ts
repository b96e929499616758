/** Waves of a small agency for tests: who is where, and what they answered. */
import { type Aspect, aspects, type Item } from '../../../core/content/schema.ts';
import { loadAttack } from '../../../core/results/attack/attack.ts';
import { freezeLattice } from '../../../core/results/groups.ts';
import { type Made, makeRelease, type Question } from '../../../core/results/make.ts';
import { openRoll } from '../../../core/results/waves/membership.ts';
import type { Answers } from '../../../core/survey/ballot/ballot.ts';

export const attack = await loadAttack();

export const item = (aspect: Aspect, role: Item['role'], id = `${aspect}-${role}`): Item => ({
  id,
  aspect,
  role,
  barrier: 'want',
  reverse: role === 'condition',
  cites: ['pskn#challenge.data'],
  text: { id: aspect, en: aspect },
  approval: { role: 'Redaksi', date: '2026-09-28', sources: {} },
});

/** Five anchors and five conditions, as every wave asks them. */
export const items: readonly Item[] = (['anchor', 'condition'] as const).flatMap((role) =>
  aspects.map((aspect) => item(aspect, role)),
);

export type Person = {
  readonly personId: number;
  readonly unit: number;
  readonly gradeBand: string;
};

/** An agency (1) with directorates 2 and 3, and units 4 and 5 below 2. */
const units = [
  { id: 1, parentId: null, name: 'Kementerian Contoh', levelLabel: 'Kementerian' },
  { id: 2, parentId: 1, name: 'Direktorat Layanan', levelLabel: 'Direktorat' },
  { id: 4, parentId: 2, name: 'Subdirektorat Mutu', levelLabel: 'Subdirektorat' },
  { id: 5, parentId: 2, name: 'Subdirektorat Izin', levelLabel: 'Subdirektorat' },
  { id: 3, parentId: 1, name: 'Direktorat Wilayah', levelLabel: 'Direktorat' },
];

/** So many people in a unit, numbered from `from`. */
export const people = (
  unit: number,
  count: number,
  { from = unit * 1_000, gradeBand = 'staff' } = {},
): readonly Person[] =>
  Array.from({ length: count }, (_, at) => ({ personId: from + at, unit, gradeBand }));

/** The answers of a person; undefined = no ballot. */
export type Answering = (person: Person) => Answers | undefined;

/** The same answer to every item. */
export const everyItem = (answer: 1 | 2 | 3 | 4 | 5 | 'na'): Answers =>
  Object.fromEntries(items.map(({ id }) => [id, answer]));

/** Closes a wave over the people. */
export const close = (
  members: readonly Person[],
  answering: Answering,
  { membersKey = 'kunci-rumah', ...changed }: Partial<Question> & { membersKey?: string } = {},
): Made => {
  const lattice = freezeLattice({ units, places: members, known: [] });
  const groupsOf = new Map(
    lattice.places.map(({ unit, gradeBand, groups }) => [`${unit} ${gradeBand}`, groups]),
  );
  const { roll, add } = openRoll(membersKey);
  const invited = members.map(({ unit, gradeBand }) => groupsOf.get(`${unit} ${gradeBand}`) ?? []);
  const respondents = members.flatMap((person, at) => {
    const groups = invited[at] ?? [];
    add({ personId: person.personId, groups });
    const answers = answering(person);
    return answers === undefined ? [] : [{ groups, answers }];
  });
  return makeRelease({
    wave: 'w1',
    closedOn: '2026-11-20',
    depth: 'units',
    groups: lattice.groups,
    items,
    roll,
    members: invited,
    respondents,
    unreadable: 0,
    earlier: [],
    attack,
    ...changed,
  });
};

/** Every way in which so many people can spread over the five points. */
export const spreads = (n: number, points = 5): readonly (readonly number[])[] =>
  points === 1
    ? [[n]]
    : Array.from({ length: n + 1 }, (_, count) =>
        spreads(n - count, points - 1).map((rest) => [count, ...rest]),
      ).flat();

/** A linear congruential generator (Numerical Recipes' constants): the same numbers in every run. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
