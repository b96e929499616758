/** What two attackers make of a release: brute force in exact arithmetic, and the product's own solver. */

import type { Attack } from '../../core/results/attack/attack.ts';
import type { Lattice } from '../../core/results/attack/lattice.ts';
import { fewestForAnswers, fewestRespondents } from '../../core/results/threshold.ts';
import { scoreOfRole } from '../../core/survey/scoring.ts';
import { kindsCount, recoverable, resting } from '../core/results/oracle.ts';
import { items, type Wave } from './wave.ts';

/** Sets of people found out, one text each that says where; and how much of the release is shown. */
export type Spoils = {
  readonly recovered: readonly string[];
  readonly cells: number;
  readonly shown: number;
};

/** The most kinds of respondents that brute force goes through. */
const mostKinds = 14;

/**
 * Attacks every item of a release over the people who answered it, knowing who they are: the means of all groups
 * shown, and the answers of those that show them. Throws when the two attackers do not agree on what an unprotected
 * release of the same wave would give away.
 */
export const attackWave = ({ question, made }: Wave, attack: Attack): Spoils => {
  const { cells, answers } = made.release;
  const recovered = items.flatMap((item) => {
    const base = question.respondents.filter(({ answers: given }) => {
      const answer = given[item.id];
      return answer !== undefined && answer !== 'na';
    });
    const setOf = (unit: number): ReadonlySet<number> =>
      new Set(base.flatMap(({ groups }, at) => (groups.includes(unit) ? [at] : [])));
    const told = cells.filter(
      ({ score, aspect }) => score === scoreOfRole[item.role] && aspect === item.aspect,
    );
    const people = base.length;
    agree(
      {
        people,
        sets: told.map(({ unit }) => setOf(unit)).filter(({ size }) => size >= fewestRespondents),
      },
      attack,
    );
    const means = told.flatMap(({ unit, shown }) => (shown ? [setOf(unit)] : []));
    const detail = answers.flatMap((one) =>
      one.item === item.id && one.shown ? [setOf(one.unit)] : [],
    );
    return [
      ...found({ people, sets: means }, fewestRespondents, attack),
      ...found({ people, sets: detail }, fewestForAnswers, attack),
    ].map((what) => `${question.wave} ${item.id}: ${what}`);
  });
  const counted = cells.filter(({ aspect }) => aspect !== 'all');
  return { recovered, cells: counted.length, shown: counted.filter(({ shown }) => shown).length };
};

type Sums = { readonly people: number; readonly sets: readonly ReadonlySet<number>[] };

const found = ({ people, sets }: Sums, fewest: number, attack: Attack): readonly string[] => {
  if (kindsCount(people, sets) > mostKinds) throw new Error('too many kinds for brute force');
  return [
    ...recoverable(people, sets).map((size) => `the sum of ${size} besides a reader`),
    ...resting(people, sets, fewest - 1).map((size) => `a combination of ${size}`),
    ...attack(latticeOf({ people, sets }), fewest - 1).leaks.map(({ kind }) => `solver: ${kind}`),
    ...sets.filter(({ size }) => size < fewest).map(({ size }) => `a group of ${size}`),
  ];
};

const agree = (sums: Sums, attack: Attack): void => {
  const byForce = resting(sums.people, sums.sets).length > 0;
  const { leaks } = attack(latticeOf(sums));
  if (byForce !== leaks.length > 0)
    throw new Error(`brute force ${byForce ? 'finds' : 'does not find'} what the solver says`);
};

/** The same sums for the solver: atoms are the people in exactly the same sets. */
const latticeOf = ({ people, sets }: Sums): Lattice => {
  const atoms = new Map<string, number>();
  const keyOf = (person: number): string => sets.map((set) => (set.has(person) ? 1 : 0)).join('');
  for (let person = 0; person < people; person += 1) {
    const key = keyOf(person);
    if (key.includes('1')) atoms.set(key, (atoms.get(key) ?? 0) + 1);
  }
  const keys = [...atoms.keys()];
  return {
    atoms: [...atoms.values()],
    rows: sets.map((_, set) => keys.flatMap((key, atom) => (key[set] === '1' ? [atom] : []))),
  };
};
