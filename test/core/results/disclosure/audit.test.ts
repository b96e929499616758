import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAttack } from '../../../../core/results/attack/attack.ts';
import { accompliceRisk, audited } from '../../../../core/results/disclosure/audit.ts';
import { suppress } from '../../../../core/results/disclosure/disclosure.ts';
import { resting } from '../oracle.ts';

const attack = await loadAttack();

/** An agency (0) with units below it; `sizes[i]` people are in unit i + 1. */
const agencyOf = (sizes: readonly number[]) => ({
  groups: [0, ...sizes.map((_, at) => at + 1)].map((unit) => ({
    unit,
    parent: unit === 0 ? null : 0,
  })),
  respondents: sizes.flatMap((size, at) => Array.from({ length: size }, () => [0, at + 1])),
  attack,
});

const riskOf = (sizes: readonly number[], accomplices: number): number => {
  const question = agencyOf(sizes);
  return accompliceRisk(question, suppress(question), { accomplices });
};

/** Groups inside each other, named by how many answered in each: the largest is the agency. */
const nested = (...sizes: readonly number[]) => ({
  groups: sizes.map((unit, at) => ({ unit, parent: sizes[at - 1] ?? null })),
  respondents: Array.from({ length: Math.max(...sizes) }, (_, person) =>
    sizes.filter((size) => person < size),
  ),
  attack,
});

describe('how answers spread', () => {
  it('is not hidden for the sake of a group whose mean is hidden anyway', () => {
    // Thirty less 27 leaves three, so the mean of 27 is hidden; 38 less 30 leaves eight, so the spread of 30 is. Twenty
    // of 27 would leave seven, but nothing is told of the 27.
    const { means, spreads } = audited(nested(38, 30, 27, 20), new Map());
    expect([...means.hidden.keys()]).toEqual([27]);
    expect([...spreads.hidden.keys()].sort()).toEqual([27, 30]);
  });
});

describe('accomplice risk', () => {
  it('counts a unit of six, which one who tells the own answer leaves with four others', () => {
    expect(riskOf([6, 30, 30], 1)).toBe(2);
    expect(riskOf([7, 30, 30], 1)).toBe(0);
  });

  it('is nothing where no combination rests on few', () => {
    expect(riskOf([30, 30, 30], 3)).toBe(0);
  });

  it('is nothing exactly where brute force finds no combination that the accomplices would leave too small', () => {
    const agencies = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 }),
      accomplices: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(agencies, ({ sizes, accomplices }) => {
        const question = agencyOf(sizes);
        const { hidden } = suppress(question);
        const people = question.respondents.length;
        const shown = question.groups
          .filter(({ unit }) => !hidden.has(unit))
          .map(
            ({ unit }) =>
              new Set(
                question.respondents.flatMap((groups, at) => (groups.includes(unit) ? [at] : [])),
              ),
          );
        expect(accompliceRisk(question, { hidden }, { accomplices }) === 0).toBe(
          resting(people, shown, 5 + accomplices).length === 0,
        );
      }),
      { numRuns: 100 },
    );
  });
});
