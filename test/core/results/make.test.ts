import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersOf, cellOf } from '../../../core/results/read.ts';
import type { Release } from '../../../core/results/release.ts';
import type { Answers } from '../../../core/survey/ballot/ballot.ts';
import { attack, close, everyItem, items, type Person, people, seeded } from './small-wave.ts';

/** 15 in the agency's own office, 12 and 14 in the units, 40 in the other directorate, 4 of them leaders. */
const members: readonly Person[] = [
  ...people(1, 15),
  ...people(4, 12),
  ...people(5, 14),
  ...people(3, 36),
  ...people(3, 4, { from: 3_900, gradeBand: 'leader' }),
];
const varied =
  (seed: number) =>
  ({ personId }: Person): Answers => {
    const random = seeded(seed * 10_007 + personId);
    return Object.fromEntries(
      items.map(({ id }) => [id, (1 + Math.floor(random() * 5)) as 1 | 2 | 3 | 4 | 5]),
    );
  };
const { release } = close(members, varied(1));
const pattern = ({ cells, answers }: Release) =>
  [...cells, ...answers].map((cell) => (cell.shown ? 'shown' : cell.hidden));

describe('a release', () => {
  it('has a cell for every group, score, aspect and item, and no others', () => {
    expect(release.cells).toHaveLength(release.groups.length * 12);
    expect(release.answers).toHaveLength(release.groups.length * 10);
    expect(release.audit.cells).toBe(release.cells.length + release.answers.length);
  });

  it('publishes nothing below its depth, not even a hidden cell, and keeps the tree', () => {
    const { release: shallow } = close(members, varied(1), { depth: 'directorates' });
    expect(new Set(shallow.cells.map(({ unit }) => unit))).not.toContain(4);
    expect(shallow.groups).toEqual(release.groups);
    expect(cellOf(shallow, 4, { score: 'concern', aspect: 'data' })).toMatchObject({
      shown: false,
      hidden: 'depth',
    });
  });

  it('keeps no sums of members of a group below its depth for the waves after it', () => {
    const { basis } = close(members, varied(1), { depth: 'directorates' });
    const kept = basis.members.map(({ unit }) => unit);
    expect(kept).toContain(2);
    expect(kept).not.toContain(4);
    expect(kept).not.toContain(5);
  });

  it('owns up to a system that the solver gave up on before any answer was looked at', () => {
    let systems = 0;
    const { release: given } = close(members, varied(1), {
      attack: (lattice, most) => {
        systems += 1;
        return systems > 1
          ? attack(lattice, most)
          : { leaks: [{ kind: 'undecided', rows: [...lattice.rows.keys()] }], systems: 1 };
      },
    });
    expect(release.audit.undecided).toBe(0);
    expect(given.audit.undecided).toBe(1);
  });

  it('is the same whatever the order of members and ballots', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...members], { minLength: members.length }), (mixed) => {
        const { release: other } = close(mixed, varied(1), { groups: release.groups });
        expect(JSON.stringify(other)).toBe(JSON.stringify(release));
      }),
      { numRuns: 5 },
    );
  });

  it('hides the same cells when all answers change places', () => {
    for (const seed of [2, 3]) {
      const { release: other } = close(members, varied(seed));
      expect(pattern(other)).toEqual(pattern(release));
    }
  });

  it('tells answers from ten respondents on, and one mean below', () => {
    const some = close(members, (person) =>
      person.unit === 4 && person.personId >= 4_008 ? undefined : varied(1)(person),
    ).release;
    const [first] = items;
    if (first === undefined) throw new Error('no item');
    expect(cellOf(some, 4, { score: 'concern', aspect: first.aspect })).toMatchObject({
      shown: true,
      band: '6–9',
    });
    expect(answersOf(some, 4, first.id)).toMatchObject({ shown: false, hidden: 'few' });
    expect(answersOf(some, 3, first.id)).toMatchObject({ shown: true, band: '20–49' });
  });

  it('never tells the answers of fewer than ten by taking one group from another', () => {
    // The directorate has 26 respondents, its units 12 and 14; without the larger unit 12 remain, which is enough.
    const [first] = items;
    if (first === undefined) throw new Error('no item');
    const eight = close([...people(4, 8), ...people(5, 14), ...people(3, 40)], varied(1)).release;
    const shown = [2, 5].filter((unit) => answersOf(eight, unit, first.id).shown);
    expect(shown.length).toBeLessThan(2);
    expect(answersOf(eight, 4, first.id).shown).toBe(false);
  });

  it('tells nothing exact of a unanimous group', () => {
    const unanimous = close(members, () => everyItem(5)).release;
    expect(cellOf(unanimous, 4, { score: 'concern', aspect: 'data' })).toMatchObject({
      mean: 4.5,
    });
    const cell = answersOf(unanimous, 4, 'data-anchor');
    if (!cell.shown) throw new Error('hidden');
    expect(cell.points).toEqual([0, 0.17, 0, 0, 0.83]);
    expect(cell.favourable.share).toBe(0.17);
  });

  it('tells reliability and agreement from a hundred complete answers on', () => {
    expect(release.method).toEqual({ reliability: null, agreement: null });
    const many = close([...people(4, 60), ...people(3, 60)], varied(1)).release;
    expect(many.method.reliability).toMatchObject({ alpha: expect.any(Number) });
    expect(many.method.agreement).toMatchObject({ icc1: expect.any(Number) });
  });

  it('keeps statistics of shown figures of concern alone beside it', () => {
    const { basis, release: same } = close(members, varied(1));
    for (const { unit, aspect } of basis.moments)
      expect(cellOf(same, unit, { score: 'concern', aspect }).shown).toBe(true);
    const shown = same.cells.filter((cell) => cell.shown && cell.score === 'concern');
    expect(basis.moments).toHaveLength(shown.length);
    expect(JSON.stringify(same)).not.toContain('"variance"');
  });

  it('gives a score over all aspects the band of the aspect that fewest answered', () => {
    const { 'people-anchor': _, ...four } = everyItem(3);
    const some = close(members, ({ unit, personId }) =>
      unit === 3 && personId % 1_000 < 25 ? four : everyItem(3),
    ).release;
    const bandOf = (aspect: 'data' | 'people' | 'all') =>
      cellOf(some, 3, { score: 'concern', aspect });
    expect(bandOf('data')).toMatchObject({ band: '20–49' });
    expect(bandOf('people')).toMatchObject({ band: '10–19' });
    expect(bandOf('all')).toMatchObject({ band: '10–19' });
  });

  it('keeps of a unanimous small group beside it what it keeps of one in which two differ', () => {
    const kept = (others: 4 | 5) =>
      close(members, ({ unit, personId }) => {
        const seats = [others, others, 5, 5, 5, 5, 5, 5] as const;
        const point = unit === 4 ? seats[personId - 4_000] : 3;
        return point === undefined ? undefined : everyItem(point);
      }).basis.moments.filter(({ unit }) => unit === 4);
    expect(kept(5)).not.toEqual([]);
    expect(kept(5)).toEqual(kept(4));
  });

  it('takes one answered item as enough for its aspect, and no other', () => {
    const one = close(members, () => ({ 'data-anchor': 4 })).release;
    expect(cellOf(one, 3, { score: 'concern', aspect: 'data' })).toMatchObject({ mean: 4 });
    expect(cellOf(one, 3, { score: 'concern', aspect: 'people' }).shown).toBe(false);
    expect(cellOf(one, 3, { score: 'concern', aspect: 'all' }).shown).toBe(false);
  });
});
