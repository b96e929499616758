import { describe, expect, it } from 'vitest';
import { aspects } from '../../../core/content/schema.ts';
import { loadAttack } from '../../../core/results/attack.ts';
import { computeCells, type Respondent } from '../../../core/results/cells.ts';
import { type Group, scores } from '../../../core/results/release.ts';
import { samplePeople, sampleUnits } from '../../../functions/local/sample/agency.ts';
import { recoverable } from './oracle.ts';

const attack = await loadAttack();

const number = new Map(sampleUnits.map(({ code }, index) => [code, index + 1]));
const groups = sampleUnits.map(
  ({ code, parent, name, levelLabel }): Group => ({
    unit: number.get(code) ?? 0,
    parent: parent === null ? null : (number.get(parent) ?? null),
    name,
    levelLabel,
    depth: 0,
  }),
);
const chain = (unit: number): number[] => {
  const parent = groups.find((group) => group.unit === unit)?.parent ?? null;
  return parent === null ? [unit] : [unit, ...chain(parent)];
};
const memberships = samplePeople({ leave: { from: '2026-11-02', to: '2026-11-13' } }).map(
  ({ unit }) => chain(number.get(unit) ?? 0),
);
const invited = new Map(
  groups.map(({ unit }) => [unit, memberships.filter((chained) => chained.includes(unit)).length]),
);

/** A linear congruential generator (Numerical Recipes' constants): the same numbers in every run. */
const seeded = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** 65 % respond; each answered item is "not relevant" one time in twenty. */
const respondentsOf = (seed: number): Respondent[] => {
  const random = seeded(seed);
  return memberships
    .filter(() => random() < 0.65)
    .map((chained) => ({
      groups: chained,
      scores: scores.flatMap((score) =>
        aspects.flatMap((aspect) =>
          random() < 0.05 ? [] : [{ score, aspect, value: 1 + Math.floor(random() * 5) }],
        ),
      ),
    }));
};

describe('the sample agency', () => {
  const waves = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
    const respondents = respondentsOf(seed);
    return { respondents, ...computeCells({ groups, respondents, invited, attack }) };
  });

  it('has 240 people in 12 units', () => {
    expect([memberships.length, groups.length]).toEqual([240, 12]);
  });

  it('shows at least 60 % of unit × aspect cells when 65 % respond', () => {
    for (const { cells } of waves) {
      const parts = cells.filter(({ aspect }) => aspect !== 'all');
      const shown = parts.filter((cell) => cell.shown);
      expect(shown.length / parts.length).toBeGreaterThanOrEqual(0.6);
    }
  });

  it('never shows the unit of three', () => {
    const three = groups.filter(({ unit }) => invited.get(unit) === 3).map(({ unit }) => unit);
    expect(three).toHaveLength(1);
    for (const { cells } of waves)
      expect(cells.filter(({ unit, shown }) => three.includes(unit) && shown)).toEqual([]);
  });

  it('withstands brute force, aspect by aspect over its own respondents', () => {
    for (const { cells, respondents } of waves.slice(0, 2))
      for (const score of scores)
        for (const aspect of aspects) {
          const base = respondents.filter((one) =>
            one.scores.some((given) => given.score === score && given.aspect === aspect),
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
