import { describe, expect, it } from 'vitest';
import { freezeLattice, groupsOf, withinDepth } from '../../../core/results/groups.ts';

const units = [
  { id: 3, parentId: 2, name: 'Subdirektorat', levelLabel: 'Subdirektorat' },
  { id: 1, parentId: null, name: 'Kementerian Contoh', levelLabel: 'Kementerian' },
  { id: 2, parentId: 1, name: 'Direktorat', levelLabel: 'Direktorat' },
  { id: 4, parentId: 1, name: 'Inspektorat', levelLabel: 'Inspektorat' },
];
const places = [
  { unit: 1, gradeBand: 'leader' },
  { unit: 2, gradeBand: 'staff' },
  { unit: 3, gradeBand: 'leader' },
  { unit: 3, gradeBand: 'staff' },
  { unit: 4, gradeBand: 'staff' },
];
const frozen = freezeLattice({ units, places, known: [] });
const idOf = (parent: number, name: string, lattice = frozen) =>
  lattice.groups.find(
    (group) => group.kind === 'grade' && group.parent === parent && group.name === name,
  )?.unit;

describe('the groups of a wave', () => {
  it('hold the unit tree, each unit right before what is below it', () => {
    expect(groupsOf(units).map(({ unit, depth }) => [unit, depth])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 1],
    ]);
  });

  it('hold the grade bands of the agency and of each directorate with more than one', () => {
    const grades = frozen.groups.filter(({ kind }) => kind === 'grade');
    expect(grades.map(({ parent, name, depth }) => [parent, name, depth])).toEqual([
      [1, 'leader', 0],
      [1, 'staff', 0],
      [2, 'leader', 1],
      [2, 'staff', 1],
    ]);
  });

  it('give grade bands numbers that no unit can have', () => {
    const ids = frozen.groups.map(({ unit }) => unit);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { unit, kind } of frozen.groups) expect(unit > 0).toBe(kind === 'unit');
  });

  it('count a person in the own unit, all above it, and the grade bands of agency and directorate', () => {
    const groupsIn = (unit: number, gradeBand: string) =>
      frozen.places.find((place) => place.unit === unit && place.gradeBand === gradeBand)?.groups;
    expect(groupsIn(3, 'staff')).toEqual([3, 2, 1, idOf(2, 'staff'), idOf(1, 'staff')]);
    expect(groupsIn(1, 'leader')).toEqual([1, idOf(1, 'leader')]);
    expect(groupsIn(4, 'staff')).toEqual([4, 1, idOf(1, 'staff')]);
  });

  it('keep the number of a grade band from wave to wave, and never give it to another', () => {
    const later = freezeLattice({
      units,
      places: [...places, { unit: 4, gradeBand: 'expert' }],
      known: frozen.groups,
    });
    for (const { parent, name, unit, kind } of frozen.groups)
      if (kind === 'grade') expect(idOf(parent ?? 0, name, later)).toBe(unit);
    const known = new Set(frozen.groups.map(({ unit }) => unit));
    for (const name of ['expert', 'staff'])
      expect(known.has(idOf(4, name, later) ?? 0)).toBe(false);
  });

  it('hold no grade band where everybody has the same: it would be the same people again', () => {
    const same = freezeLattice({ units, places: [{ unit: 3, gradeBand: 'staff' }], known: [] });
    expect(same.groups).toEqual(groupsOf(units));
  });
});

describe('the depth of a wave', () => {
  it.each([
    ['agency', [1, 'leader', 'staff']],
    ['directorates', [1, 2, 4, 'leader', 'staff', 'leader', 'staff']],
    ['units', [1, 2, 3, 4, 'leader', 'staff', 'leader', 'staff']],
  ] as const)('%s publishes down to there', (depth, expected) => {
    expect(
      withinDepth(frozen.groups, depth).map(({ kind, unit, name }) =>
        kind === 'unit' ? unit : name,
      ),
    ).toEqual(expected);
  });
});
