import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { untoldOf } from '../../../core/results/disclosure/untold.ts';
import { freezeLattice } from '../../../core/results/groups.ts';
import {
  asTold,
  keep,
  participationOf,
  untoldBefore,
} from '../../../core/results/participation.ts';
import { participationIn } from '../../../core/results/read.ts';
import { attack, close, everyItem, type Person, people } from './small-wave.ts';

/** The agency 1, its directorates 2 and 3, units 4 and 5 below 2; `seats` are the grade bands of each unit's people. */
const waveOf = (seats: Readonly<Record<number, readonly string[]>>) => {
  const units = [
    [1, null],
    [2, 1],
    [4, 2],
    [5, 2],
    [3, 1],
  ].map(([id, parentId = null]) => ({ id: id ?? 0, parentId, name: `${id}`, levelLabel: '' }));
  const places = Object.entries(seats).flatMap(([unit, bands]) =>
    bands.map((gradeBand) => ({ unit: Number(unit), gradeBand })),
  );
  const lattice = freezeLattice({ units, places, known: [] });
  const groupsOf = new Map(
    lattice.places.map((one) => [`${one.unit} ${one.gradeBand}`, one.groups]),
  );
  const members = places.map((one) => groupsOf.get(`${one.unit} ${one.gradeBand}`) ?? []);
  return { groups: lattice.groups, members };
};
const staff = (count: number): readonly string[] => Array.from({ length: count }, () => 'staff');

/** Directorate 2 is its head and the twelve of unit 4. */
const headAndTwelve = waveOf({ 1: staff(20), 2: ['staff'], 4: staff(12), 3: staff(30) });
const told = (
  { groups, members }: typeof headAndTwelve,
  { answered = members, depth = 'units' as const } = {},
) => {
  const { hidden: untold } = untoldOf(groups, members, attack);
  return participationOf({ groups, depth, members, answered, untold });
};

/** People in each told group, in each without another one inside it, and in each unit without those told below it. */
const leftOver = ({ groups, members }: typeof headAndTwelve): readonly number[] => {
  const shown = told({ groups, members }).flatMap(({ unit, band }) =>
    band === null ? [] : [{ parent: groups.find((one) => one.unit === unit)?.parent, unit }],
  );
  const without = (unit: number, others: readonly number[]): number =>
    members.filter((own) => own.includes(unit) && !own.some((one) => others.includes(one))).length;
  const isInside = (unit: number, other: number): boolean =>
    members.every((own) => !own.includes(unit) || own.includes(other));
  return shown
    .flatMap(({ unit }) => {
      const inside = shown.filter((other) => isInside(other.unit, unit));
      const below = inside.filter(({ parent, unit: own }) => parent === unit && own > 0);
      return [
        without(unit, []),
        ...inside.map((other) => without(unit, [other.unit])),
        without(
          unit,
          below.map((other) => other.unit),
        ),
      ];
    })
    .filter((left) => left > 0);
};

describe('participation', () => {
  it('of a directorate and the twelve below its head is not told side by side', () => {
    const bands = told(headAndTwelve);
    expect(bands.find(({ unit }) => unit === 4)).toEqual({
      unit: 4,
      band: null,
      hidden: 'protect',
    });
    expect(bands.find(({ unit }) => unit === 2)).toEqual({ unit: 2, band: '≥ 80 %' });
    expect(bands.find(({ unit }) => unit === 5)).toEqual({ unit: 5, band: null, hidden: 'small' });
  });

  it('no two participation bands minus each other leave fewer than ten invited', () => {
    const seats = fc.array(fc.constantFrom('staff', 'staff', 'staff', 'leader'), { maxLength: 26 });
    const shape = fc.record({ 1: seats, 2: seats, 3: seats, 4: seats, 5: seats });
    fc.assert(
      fc.property(shape, (drawn) => {
        for (const left of leftOver(waveOf(drawn))) expect(left).toBeGreaterThanOrEqual(10);
      }),
      { numRuns: 60 },
    );
  });

  it('is told of the same groups whoever answered, however far down a wave publishes', () => {
    const { members, groups } = headAndTwelve;
    const unitsWithBand = (bands: ReturnType<typeof told>) =>
      bands.flatMap(({ unit, band }) => (band === null ? [] : [unit]));
    const all = unitsWithBand(told(headAndTwelve));
    expect(unitsWithBand(told(headAndTwelve, { answered: members.slice(0, 7) }))).toEqual(all);
    const shallow = participationOf({
      groups,
      depth: 'directorates',
      members,
      answered: members,
      untold: untoldOf(groups, members, attack).hidden,
    });
    expect(unitsWithBand(shallow)).toEqual(all.filter((unit) => unit !== 4));
    expect(shallow.find(({ unit }) => unit === 4)?.hidden).toBe('depth');
  });

  it('is told in ten-point bands that never say "nobody" or "everybody"', () => {
    const ten = waveOf({ 1: staff(10) });
    const bandOf = (answered: number) =>
      told(ten, { answered: ten.members.slice(0, answered) })[0]?.band;
    expect([0, 1, 5, 7, 8, 10].map(bandOf)).toEqual([
      '≤ 19 %',
      '≤ 19 %',
      '50–59 %',
      '70–79 %',
      '≥ 80 %',
      '≥ 80 %',
    ]);
  });

  it('is not told below ten invited: a small group is not said to have answered too little', () => {
    for (let invited = 1; invited < 10; invited += 1)
      expect(told(waveOf({ 1: staff(invited) }))[0]).toEqual({
        unit: 1,
        band: null,
        hidden: 'small',
      });
  });

  it('keeps from day to day which groups have no band, and asks again when one is not kept', () => {
    const { groups, members } = headAndTwelve;
    const kept = told(headAndTwelve).map(keep);
    expect(kept.map(asTold)).toEqual(told(headAndTwelve));
    expect(untoldBefore(groups, kept)).toEqual(untoldOf(groups, members, attack).hidden);
    expect(untoldBefore(groups, kept.slice(1))).toBeNull();
  });

  it('is in a release as it was while the wave was open, with the reason', () => {
    const members: readonly Person[] = [
      ...people(1, 20),
      ...people(2, 1),
      ...people(4, 12),
      ...people(3, 30),
    ];
    const { release } = close(members, () => everyItem(3));
    expect(release.participation).toEqual(told(headAndTwelve));
    expect(participationIn(release, 4)).toMatchObject({ band: null, hidden: 'protect' });
    expect(participationIn(release, 99)).toMatchObject({ band: null, hidden: 'few' });
  });
});
