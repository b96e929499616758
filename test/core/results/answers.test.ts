import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codedPoints } from '../../../core/results/answers.ts';

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

describe('the points as they are told', () => {
  it('hide, below twenty respondents, that all or all but one agree', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(19), { minLength: 5, maxLength: 5 }), (counts) => {
        const n = sum(counts);
        fc.pre(n >= 10 && n < 20);
        const told = codedPoints(counts);
        expect(sum(told)).toBe(n);
        for (const count of told) {
          expect(count).toBeGreaterThanOrEqual(0);
          expect(count).toBeLessThanOrEqual(n - 2);
        }
        const favourable = (told[0] ?? 0) + (told[1] ?? 0);
        expect(favourable).toBeGreaterThanOrEqual(2);
        expect(favourable).toBeLessThanOrEqual(n - 2);
      }),
    );
  });

  it('make a unanimous group look like one in which two people differ', () => {
    expect(codedPoints([0, 0, 0, 0, 12])).toEqual(codedPoints([0, 2, 0, 0, 10]));
    expect(codedPoints([0, 0, 0, 11, 0])).toEqual([0, 2, 0, 8, 1]);
  });

  it('are the counts themselves where nobody is given away, and from twenty on', () => {
    expect(codedPoints([3, 2, 4, 2, 1])).toEqual([3, 2, 4, 2, 1]);
    expect(codedPoints([0, 0, 0, 0, 20])).toEqual([0, 0, 0, 0, 20]);
  });
});
