import { describe, expect, it } from 'vitest';
import { aspects } from '../../../core/content/schema.ts';
import { placesOf } from '../../../core/results/attack/lattice.ts';
import { computeCells, type Respondent } from '../../../core/results/cells.ts';
import { untoldOf } from '../../../core/results/disclosure/untold.ts';
import { freezeLattice } from '../../../core/results/groups.ts';
import { scores } from '../../../core/results/release.ts';
import { scoreOfRole } from '../../../core/survey/scoring.ts';
import { samplePeople, sampleUnits } from '../../../functions/local/sample/agency.ts';
import { recoverable } from './oracle.ts';
import { attack, items, seeded } from './small-wave.ts';

const number = new Map(sampleUnits.map(({ code }, index) => [code, index + 1]));
const sample = samplePeople({ leave: { from: '2026-11-02', to: '2026-11-13' } });
const lattice = freezeLattice({
  units: sampleUnits.map(({ code, parent, name, levelLabel }) => ({
    id: number.get(code) ?? 0,
    parentId: parent === null ? null : (number.get(parent) ?? null),
    name,
    levelLabel,
  })),
  places: sample.map(({ unit, gradeBand }) => ({ unit: number.get(unit) ?? 0, gradeBand })),
  known: [],
});
const { groups } = lattice;
const memberships = lattice.places.map((place) => place.groups);
const units = new Set(groups.filter(({ kind }) => kind === 'unit').map(({ unit }) => unit));
const invited = new Map(
  groups.map(({ unit }) => [unit, memberships.filter((chained) => chained.includes(unit)).length]),
);
const places = placesOf(memberships);
const { hidden: untold } = untoldOf(groups, memberships, attack);

/** 65 % respond; each answered item is "not relevant" one time in twenty. */
const respondentsOf = (seed: number): readonly Respondent[] => {
  const random = seeded(seed);
  return memberships
    .filter(() => random() < 0.65)
    .map((chained) => ({
      groups: chained,
      answers: Object.fromEntries(
        items.map(({ id }) => [
          id,
          random() < 0.05 ? 'na' : ((1 + Math.floor(random() * 5)) as 1 | 2 | 3 | 4 | 5),
        ]),
      ),
    }));
};

describe('the sample agency', () => {
  const waves = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
    const respondents = respondentsOf(seed);
    return {
      respondents,
      ...computeCells({ groups, items, respondents, invited, places, untold, attack }),
    };
  });

  it('has 240 people in 12 units, and grade bands', () => {
    expect([memberships.length, units.size]).toEqual([240, 12]);
    expect(groups.length).toBeGreaterThan(units.size);
  });

  it('shows at least 60 % of unit × aspect cells when 65 % respond', () => {
    for (const { cells } of waves) {
      const parts = cells.filter(({ aspect, unit }) => aspect !== 'all' && units.has(unit));
      const shown = parts.filter((cell) => cell.shown);
      expect(shown.length / parts.length).toBeGreaterThanOrEqual(0.6);
    }
  });

  it('never shows the unit of three', () => {
    const three = groups
      .filter(({ unit, kind }) => kind === 'unit' && invited.get(unit) === 3)
      .map(({ unit }) => unit);
    expect(three).toHaveLength(1);
    for (const { cells } of waves)
      expect(cells.filter(({ unit, shown }) => three.includes(unit) && shown)).toEqual([]);
  });

  it('withstands brute force, aspect by aspect over its own respondents', () => {
    for (const { cells, respondents } of waves.slice(0, 2))
      for (const score of scores)
        for (const aspect of aspects) {
          const base = respondents.filter((one) =>
            items.some(
              (item) =>
                item.aspect === aspect &&
                scoreOfRole[item.role] === score &&
                typeof one.answers[item.id] === 'number',
            ),
          );
          const published = cells
            .filter((cell) => cell.shown && cell.score === score && cell.aspect === aspect)
            .map(
              ({ unit }) =>
                new Set(base.flatMap((one, at) => (one.groups.includes(unit) ? [at] : []))),
            );
          expect(recoverable(base.length, published)).toEqual([]);
        }
  });

  it('shows a score over all aspects only where its five aspects are shown', () => {
    for (const { cells } of waves)
      for (const cell of cells.filter(({ aspect }) => aspect === 'all')) {
        const parts = cells.filter(
          ({ unit, score, aspect }) =>
            unit === cell.unit && score === cell.score && aspect !== 'all',
        );
        expect(cell.shown).toBe(parts.every(({ shown }) => shown));
      }
  });
});
