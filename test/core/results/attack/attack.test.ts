import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAttack } from '../../../../core/results/attack/attack.ts';
import type { Lattice } from '../../../../core/results/attack/lattice.ts';
import { resting } from '../oracle.ts';

const searching = await loadAttack();
/** Without the exact search: the solver decides about everything. */
const solving = await loadAttack({ steps: 0 });

/** People of the lattice, numbered in the order of their atoms, and the published groups as sets of them. */
const peopleOf = ({ atoms, rows }: Lattice) => {
  const starts = atoms.map((_, atom) => atoms.slice(0, atom).reduce((sum, size) => sum + size, 0));
  const members = (atom: number): number[] =>
    Array.from({ length: atoms[atom] ?? 0 }, (_, at) => (starts[atom] ?? 0) + at);
  return {
    people: atoms.reduce((sum, size) => sum + size, 0),
    published: rows.map((row) => new Set(row.flatMap(members))),
  };
};

/** Groups of any overlap, as no agency would have them: up to nine of them over up to eleven atoms. */
const lattices = fc
  .record({
    atoms: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 11 }),
    bits: fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
  })
  .map(({ atoms, bits }) => {
    const rows = bits.map((bit) => atoms.flatMap((_, atom) => ((bit >> atom) & 1 ? [atom] : [])));
    const used = atoms.flatMap((_, atom) => (rows.some((row) => row.includes(atom)) ? [atom] : []));
    return {
      atoms: used.map((atom) => atoms[atom] ?? 1),
      rows: rows
        .filter((row) => row.length > 0)
        .map((row) => row.map((atom) => used.indexOf(atom))),
    };
  });

/**
 * Two people hide beside a group that is found by doubling another one so many times: a step's three rows give
 * {x, p} + {x, q} − {p, q, next x} = 2x − next x. Nobody but the two stands in a group of fewer than nine.
 */
const doubling = (steps: number): Lattice => ({
  atoms: [2, 9, ...Array(3 * steps).fill(9)],
  rows: [
    [1],
    ...Array.from({ length: steps }, (_, step) => {
      const [x, p, q, next] = [1 + 3 * step, 2 + 3 * step, 3 + 3 * step, 4 + 3 * step];
      return [
        [x, p],
        [x, q],
        [p, q, next],
      ];
    }).flat(),
    [0, 1 + 3 * steps],
  ],
});

describe.each([
  ['with the exact search', searching],
  ['by the solver alone', solving],
] as const)('the attack %s', (_, attack) => {
  it('names the rows of a combination that leaves three people', () => {
    expect(attack({ atoms: [3, 8, 9], rows: [[0, 1, 2], [1], [2]] }).leaks).toEqual([
      { kind: 'sum', rows: [0, 1, 2], people: 3 },
    ]);
  });

  it('finds nothing where six are left, the reader and five others', () => {
    expect(attack({ atoms: [6, 8], rows: [[0, 1], [1]] }).leaks).toEqual([]);
  });

  it('finds more with a higher bound', () => {
    const lattice = { atoms: [6, 8], rows: [[0, 1], [1]] };
    expect(attack(lattice, 6).leaks).toEqual([{ kind: 'sum', rows: [0, 1], people: 6 }]);
  });

  it('counts a difference of two people as a leak: answers at both ends would give them away', () => {
    const lattice = {
      atoms: [1, 1, 9],
      rows: [
        [0, 2],
        [1, 2],
      ],
    };
    expect(attack(lattice).leaks).toEqual([{ kind: 'bounds', rows: [0, 1], people: 2 }]);
  });

  it('gives a reader who stands alone the own answer to take off', () => {
    const lattice = {
      atoms: [1, 4, 9],
      rows: [
        [0, 1],
        [0, 2],
        [0, 1, 2],
      ],
    };
    expect(attack(lattice).leaks).not.toEqual([]);
  });

  it('finds combinations with factors of any size', () => {
    expect(attack(doubling(6)).leaks).toMatchObject([{ kind: 'sum', people: 2 }]);
  });

  it('takes factors that outgrow exact arithmetic for undecided', () => {
    expect(attack(doubling(60)).leaks).toMatchObject([{ kind: 'undecided' }]);
  });

  it('agrees with brute force on lattices of any overlap, for every bound', () => {
    fc.assert(
      fc.property(lattices, fc.integer({ min: 1, max: 8 }), (lattice, most) => {
        const { people, published } = peopleOf(lattice);
        const { leaks } = attack(lattice, most);
        expect(leaks.length > 0).toBe(resting(people, published, most).length > 0);
      }),
      { numRuns: 60 },
    );
  });

  it('gives recipes that are leaks by themselves', () => {
    fc.assert(
      fc.property(lattices, (lattice) => {
        const { people, published } = peopleOf(lattice);
        for (const leak of attack(lattice).leaks) {
          expect(leak.kind).not.toBe('undecided');
          const recipe = leak.rows.map((row) => published[row] ?? new Set<number>());
          expect(resting(people, recipe)).not.toEqual([]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a solver that runs out of time', () => {
  it('leaves the rows of the system undecided, a leak or not', async () => {
    const hurried = await loadAttack({ steps: 0, seconds: 0 });
    const side = [0, 1, 2, 3, 4, 5];
    const safe = {
      atoms: Array<number>(36).fill(2),
      rows: [
        ...side.map((row) => side.map((column) => 6 * row + column)),
        ...side.map((column) => side.map((row) => 6 * row + column)),
      ],
    };
    expect(solving(safe).leaks).toEqual([]);
    expect(hurried(safe).leaks).toMatchObject([{ kind: 'undecided' }]);
  });
});
