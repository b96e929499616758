import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAttack } from '../../../../core/results/attack/attack.ts';
import { placesOf } from '../../../../core/results/attack/lattice.ts';
import { suppress } from '../../../../core/results/disclosure/disclosure.ts';
import { recoverable, resting } from '../oracle.ts';

const attack = await loadAttack();
type Unit = { readonly unit: number; readonly parent: number | null };

/** Respondents of a tree: `direct[i]` people sit in unit i itself and count in every unit above. */
const peopleOf = (units: readonly Unit[], direct: readonly number[]): number[][] => {
  const chain = (unit: number): number[] => {
    const parent = units[unit]?.parent ?? null;
    return parent === null ? [unit] : [unit, ...chain(parent)];
  };
  return units.flatMap(({ unit }) => Array.from({ length: direct[unit] ?? 0 }, () => chain(unit)));
};

/** Unit 0 is the root; every other unit hangs below an earlier one. */
const trees = fc
  .array(fc.record({ up: fc.nat(), direct: fc.nat({ max: 9 }) }), { minLength: 2, maxLength: 12 })
  .map((rows) => {
    const units = rows.map(
      ({ up }, unit): Unit => ({ unit, parent: unit === 0 ? null : up % unit }),
    );
    return {
      units,
      people: peopleOf(
        units,
        rows.map(({ direct }) => direct),
      ),
    };
  });

/** A tree of two levels crossed with grades: grades are groups below the root too. */
const crossed = fc
  .record({
    directorates: fc.integer({ min: 2, max: 4 }),
    grades: fc.integer({ min: 2, max: 3 }),
    sizes: fc.array(fc.nat({ max: 7 }), { minLength: 12, maxLength: 12 }),
  })
  .map(({ directorates, grades, sizes }) => {
    const units: Unit[] = [
      { unit: 0, parent: null },
      ...Array.from({ length: directorates + grades }, (_, index) => ({
        unit: index + 1,
        parent: 0,
      })),
    ];
    const people = sizes.flatMap((size, index) => {
      const directorate = 1 + (index % directorates);
      const grade = 1 + directorates + (Math.floor(index / directorates) % grades);
      return Array.from({ length: size }, () => [0, directorate, grade]);
    });
    return { units, people };
  });

const shownSets = (units: readonly Unit[], people: readonly (readonly number[])[]) => {
  const { hidden } = suppress({ groups: units, respondents: people, attack });
  const shown = units.filter(({ unit }) => !hidden.has(unit));
  return {
    hidden,
    sets: shown.map(
      ({ unit }) =>
        new Set(people.flatMap((groups, person) => (groups.includes(unit) ? [person] : []))),
    ),
  };
};

describe('suppression', () => {
  it.each([
    ['trees', trees],
    ['cross-classified groups', crossed],
  ])('leaves nothing that brute force could recover, in %s', (_, organisations) => {
    fc.assert(
      fc.property(organisations, ({ units, people }) => {
        const { sets } = shownSets(units, people);
        expect(recoverable(people.length, sets)).toEqual([]);
        expect(resting(people.length, sets)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it('hides directly exactly the groups under six, and never a root of six or more', () => {
    fc.assert(
      fc.property(fc.oneof(trees, crossed), ({ units, people }) => {
        const { hidden } = shownSets(units, people);
        for (const { unit } of units) {
          const n = people.filter((groups) => groups.includes(unit)).length;
          expect(hidden.get(unit) === 'few').toBe(n < 6);
        }
        expect(hidden.has(0)).toBe(people.length < 6);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order in which people come', () => {
    fc.assert(
      fc.property(
        fc.oneof(trees, crossed).chain(({ units, people }) =>
          fc.record({
            units: fc.constant(units),
            people: fc.constant(people),
            mixed: fc.shuffledSubarray(people, { minLength: people.length }),
          }),
        ),
        ({ units, people, mixed }) => {
          expect(shownSets(units, mixed).hidden).toEqual(shownSets(units, people).hidden);
        },
      ),
      { numRuns: 40 },
    );
  });

  const family = [0, 1, 2, 3].map((unit): Unit => ({ unit, parent: unit === 0 ? null : 0 }));

  it('hides the smallest sibling where the parent minus the rest would show three people', () => {
    const { hidden } = shownSets(family, peopleOf(family, [0, 3, 8, 9]));
    expect([...hidden]).toEqual([
      [1, 'few'],
      [2, 'protect'],
    ]);
  });

  it('hides no sibling where people of the parent itself cover the hidden unit', () => {
    const { hidden } = shownSets(family, peopleOf(family, [7, 3, 8, 9]));
    expect([...hidden]).toEqual([[1, 'few']]);
  });

  it('shows siblings of exactly six: five others and the reader', () => {
    expect(shownSets(family, peopleOf(family, [0, 6, 6, 6])).hidden.size).toBe(0);
  });

  it('counts five left over as a leak: the reader may be one of them', () => {
    const pair = family.slice(0, 2);
    expect([...shownSets(pair, peopleOf(pair, [5, 9])).hidden]).toEqual([[1, 'protect']]);
    expect(shownSets(pair, peopleOf(pair, [6, 9])).hidden.size).toBe(0);
  });

  it('counts a place where nobody answered as a leak: it would say of each that they did not', () => {
    const pair = family.slice(0, 2);
    const question = { groups: pair, respondents: peopleOf(pair, [0, 9]), attack };
    const places = placesOf(peopleOf(pair, [12, 15]));
    expect([...suppress({ ...question, places }).hidden]).toEqual([[1, 'protect']]);
    expect(suppress({ ...question, places }).undecided).toBe(0);
    expect(suppress(question).hidden.size).toBe(0);
  });

  it('hides the group of the fewest invited, whoever answered', () => {
    const places = placesOf(peopleOf(family, [0, 12, 30, 40]));
    for (const direct of [
      [0, 3, 8, 9],
      [0, 3, 9, 8],
    ]) {
      const respondents = peopleOf(family, direct);
      const { hidden } = suppress({ groups: family, respondents, places, attack });
      expect([...hidden]).toEqual([
        [1, 'few'],
        [2, 'protect'],
      ]);
    }
  });

  it('takes a solver that gives up for a leak, and counts it', () => {
    const stuck: typeof attack = ({ rows }) =>
      rows.length < 4
        ? { leaks: [], systems: 1 }
        : { leaks: [{ kind: 'undecided', rows: [...rows.keys()] }], systems: 1 };
    const { hidden, undecided } = suppress({
      groups: family,
      respondents: peopleOf(family, [0, 9, 8, 7]),
      attack: stuck,
    });
    expect([...hidden]).toEqual([[3, 'protect']]);
    expect(undecided).toBe(2);
  });

  it('never hides the only root, even from a solver that never decides', () => {
    const stuck: typeof attack = ({ rows }) => ({
      leaks: [{ kind: 'undecided', rows: [...rows.keys()] }],
      systems: 1,
    });
    const question = { groups: family, respondents: peopleOf(family, [0, 9, 9, 9]), attack: stuck };
    expect(() => suppress(question)).toThrow(/only the root/);
  });

  it('hides a smaller root where two roots differ by a few people', () => {
    const twoRoots = [0, 1].map((unit): Unit => ({ unit, parent: null }));
    const people = [...Array(9).fill([0, 1]), ...Array(3).fill([0])];
    expect([...shownSets(twoRoots, people).hidden]).toEqual([[1, 'protect']]);
  });
});
