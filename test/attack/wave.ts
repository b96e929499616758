/** The waves of a random agency as the product closes them: its own lattice, roll and release. */
import { aspects, type Item } from '../../core/content/schema.ts';
import type { Attack } from '../../core/results/attack/attack.ts';
import type { Respondent } from '../../core/results/cells.ts';
import { freezeLattice } from '../../core/results/groups.ts';
import { type Made, makeRelease, type Question } from '../../core/results/make.ts';
import type { Depth, Group } from '../../core/results/release.ts';
import type { Earlier } from '../../core/results/waves/basis.ts';
import { openRoll, type Roll } from '../../core/results/waves/membership.ts';
import type { Answer } from '../../core/survey/ballot/ballot.ts';
import { between, type Chance, type Organisation, type Person } from './organisation.ts';

/** Five anchors and five conditions, as every wave asks them. */
export const items: readonly Item[] = (['anchor', 'condition'] as const).flatMap((role) =>
  aspects.map((aspect) => ({
    id: `${aspect}-${role}`,
    aspect,
    role,
    barrier: 'want' as const,
    reverse: role === 'condition',
    cites: ['pskn#challenge.data'],
    text: { id: aspect, en: aspect },
    approval: { role: 'Redaksi', date: '2026-09-28', sources: {} },
  })),
);

/** A closed wave, and the truth about it that no release tells. */
export type Wave = {
  readonly question: Question;
  readonly made: Made;
  /** Person ids per group, as frozen at launch. */
  readonly members: ReadonlyMap<number, ReadonlySet<number>>;
};

/** Units in the first, the fourth and the last wave and by chance in others, else directorates. */
const depthOf = (chance: Chance, wave: number): Depth =>
  wave % 3 === 0 || chance() < 0.5 ? 'units' : 'directorates';

/** Closes all waves of an agency one after the other. */
export const wavesOf = (
  { units, waves }: Organisation,
  chance: Chance,
  attack: Attack,
): readonly Wave[] => {
  const closed: Wave[] = [];
  let known: readonly Group[] = [];
  for (const [at, people] of waves.entries()) {
    const lattice = freezeLattice({ units, places: people, known });
    known = lattice.groups;
    const groupsOf = new Map(
      lattice.places.map(({ unit, gradeBand, groups }) => [`${unit} ${gradeBand}`, groups]),
    );
    const of = ({ unit, gradeBand }: Person): readonly number[] =>
      groupsOf.get(`${unit} ${gradeBand}`) ?? [];
    const question = {
      wave: `w${at + 1}`,
      closedOn: `2026-0${at + 1}-20`,
      depth: depthOf(chance, at),
      groups: lattice.groups,
      items,
      roll: rollOf(people, of),
      members: people.map(of),
      respondents: respondentsOf(chance, people, of),
      unreadable: 0,
      earlier: closed.map(({ made }): Earlier => made),
      attack,
    };
    closed.push({ question, made: makeRelease(question), members: membersOf(people, of) });
  }
  return closed;
};

type GroupsOf = (person: Person) => readonly number[];

const rollOf = (people: readonly Person[], of: GroupsOf): Roll => {
  const { roll, add } = openRoll('kunci-rumah');
  for (const person of people) add({ personId: person.personId, groups: of(person) });
  return roll;
};

const membersOf = (people: readonly Person[], of: GroupsOf): Wave['members'] => {
  const members = new Map<number, Set<number>>();
  for (const person of people)
    for (const group of of(person))
      members.set(group, (members.get(group) ?? new Set()).add(person.personId));
  return members;
};

/** Half to all of the members answer; an item now and then not. */
const respondentsOf = (
  chance: Chance,
  people: readonly Person[],
  of: GroupsOf,
): readonly Respondent[] => {
  const rate = 0.5 + chance() / 2;
  const missing = chance() < 0.5 ? 0.02 : 0.15;
  return people
    .filter(() => chance() < rate)
    .map((person) => ({
      groups: of(person),
      answers: Object.fromEntries(
        items.flatMap(({ id }): [string, Answer][] => {
          if (chance() < missing) return chance() < 0.5 ? [] : [[id, 'na']];
          return [[id, between(chance, 1, 5) as 1 | 2 | 3 | 4 | 5]];
        }),
      ),
    }));
};
