import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf } from '../../../../core/results/read.ts';
import type { Release } from '../../../../core/results/release.ts';
import type { Answers } from '../../../../core/survey/ballot/ballot.ts';
import { close, everyItem, item, type Person, people } from '../small-wave.ts';

const asked = [item('data', 'anchor')];
const measure = { score: 'concern', aspect: 'data' } as const;

/** The agency's head (1) and that of directorate 2, with 12 and 13 people below it, and 14 in directorate 3. */
const members: readonly Person[] = [
  ...people(1, 1),
  ...people(2, 1),
  ...people(4, 12),
  ...people(5, 13),
  ...people(3, 14),
];

/** How many of each unit answered, the heads as one or none. */
type World = Readonly<Record<1 | 2 | 3 | 4 | 5, number>>;

type Unit = keyof World;

const closed = (world: World): Release =>
  close(
    members,
    ({ personId, unit }) =>
      personId % 1_000 < world[unit as Unit] ? { 'data-anchor': 3 } : undefined,
    { items: asked },
  ).release;

const pattern = (release: Release, aspect: (typeof measure)['aspect'] | 'people' = 'data') =>
  release.groups.map(({ unit }) => {
    const cell = cellOf(release, unit, { score: 'concern', aspect });
    return `${unit} ${cell.shown ? 'shown' : cell.hidden}`;
  });

/** What is told of how many answered: which cells are shown, and of each of these exactly how many people. */
const toldOf = (world: World): string => {
  const release = closed(world);
  const below: Readonly<Record<number, readonly Unit[]>> = { 1: [1, 2, 3, 4, 5], 2: [2, 4, 5] };
  const counts = release.groups.map(({ unit }) =>
    cellOf(release, unit, measure).shown
      ? (below[unit] ?? [unit as Unit]).reduce((sum, one) => sum + world[one], 0)
      : null,
  );
  return [...pattern(release), ...counts].join();
};

/** Worlds that look alike from outside. */
const alike = (worlds: readonly World[]): readonly (readonly [World, ...World[]])[] => {
  const found = new Map<string, [World, ...World[]]>();
  for (const world of worlds) {
    const told = toldOf(world);
    const known = found.get(told);
    if (known === undefined) found.set(told, [world]);
    else known.push(world);
  }
  return [...found.values()];
};

const upTo = (most: number): readonly number[] => Array.from({ length: most + 1 }, (_, at) => at);

describe('a person alone between two groups', () => {
  it('changes nothing of which cells are hidden, answering or not', () => {
    const worlds = [6, 9, 12].flatMap((four) =>
      [6, 10, 13].flatMap((five) =>
        [0, 1].flatMap((two) => [0, 1].map((one) => ({ 1: one, 2: two, 3: 10, 4: four, 5: five }))),
      ),
    );
    expect(new Set(worlds.map((world) => pattern(closed(world)).join())).size).toBe(1);
  });

  it('is not found out by how many answered, unless all of ten and more did, or six in the larger group', () => {
    const heads = upTo(12).flatMap((four) =>
      [6, 7, 8, 13].flatMap((five) =>
        [0, 1].map((two) => ({ 1: 1, 2: two, 3: 9, 4: four, 5: five })),
      ),
    );
    for (const worlds of alike(heads)) {
      const [{ 2: two, 4: four, 5: five }] = worlds;
      const extreme = two + four === 13 || two + four + five === 6;
      if (!extreme) expect(new Set(worlds.map((world) => world[2])).size).toBe(2);
    }
    const agencyHeads = upTo(14).flatMap((three) =>
      [0, 1].map((one) => ({ 1: one, 2: 0, 3: three, 4: 9, 5: 9 })),
    );
    for (const worlds of alike(agencyHeads)) {
      const [{ 1: one, 3: three }] = worlds;
      const extreme = [0, 15].includes(one + three);
      if (!extreme) expect(new Set(worlds.map((world) => world[1])).size).toBe(2);
    }
  });

  it('may be the one of a grade band, and may leave out a single item', () => {
    const lonely = 3_900;
    const staff = [
      ...people(3, 20),
      ...people(3, 1, { from: lonely, gradeBand: 'pimpinan' }),
      ...people(2, 30),
      ...people(2, 12, { from: 2_900, gradeBand: 'pimpinan' }),
    ];
    const told = (own: Answers | undefined) => {
      const { release } = close(staff, ({ personId }) =>
        personId === lonely ? own : personId % 5 === 4 ? undefined : everyItem(3),
      );
      return [...pattern(release), ...pattern(release, 'people')];
    };
    const silent = told(undefined);
    expect(told(everyItem(3))).toEqual(silent);
    expect(told({ ...everyItem(3), 'people-anchor': 'na' })).toEqual(silent);
  });

  it('does not show in any agency where everybody else answers', () => {
    const seats = fc.array(fc.constantFrom('staff', 'staff', 'staff', 'leader'), { maxLength: 26 });
    const shape = fc.record({ 1: seats, 2: seats, 3: seats, 4: seats, 5: seats });
    fc.assert(
      fc.property(shape, fc.nat(), (drawn, at) => {
        const everybody = Object.entries(drawn).flatMap(([unit, bands]) =>
          bands.flatMap((gradeBand, seat) =>
            people(Number(unit), 1, { from: Number(unit) * 1_000 + seat, gradeBand }),
          ),
        );
        const one = everybody[at % Math.max(1, everybody.length)];
        const told = (silent: Person | undefined) =>
          pattern(
            close(
              everybody,
              ({ personId }) => (personId === silent?.personId ? undefined : { 'data-anchor': 3 }),
              { items: asked },
            ).release,
          );
        expect(told(one)).toEqual(told(undefined));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a group of fewer than ten invited', () => {
  it('is told of nothing, so that no figure says that all of six answered', () => {
    const six = [...people(4, 6), ...people(5, 9), ...people(2, 10), ...people(3, 40)];
    const hidden = (answering: number) => {
      const { release } = close(six, ({ personId, unit }) =>
        unit === 4 && personId % 1_000 >= answering ? undefined : everyItem(3),
      );
      return [...pattern(release), ...release.participation.map(({ hidden: why }) => why)];
    };
    expect(hidden(6)).toEqual(hidden(5));
    expect(hidden(6)).toContain('4 small');
  });

  it('is not left over by the bands of two days, before and after a wave is limited', () => {
    // Ten of the directorate's nineteen leaders are unit 5: the nine of unit 4 would be left over.
    const staff = [
      ...people(4, 26),
      ...people(4, 9, { from: 4_900, gradeBand: 'leader' }),
      ...people(5, 10, { gradeBand: 'leader' }),
      ...people(3, 16),
      ...people(3, 18, { from: 3_900, gradeBand: 'leader' }),
    ];
    const bands = (depth: 'units' | 'directorates') => {
      const { release } = close(staff, () => everyItem(3), { depth });
      const within = release.groups.filter((group) => group.depth <= 1).map(({ unit }) => unit);
      return release.participation.filter(({ unit }) => within.includes(unit));
    };
    const before = bands('units');
    expect(before.filter(({ unit, hidden }) => unit < 0 && hidden === 'protect')).not.toEqual([]);
    expect(bands('directorates')).toEqual(before);
  });
});
