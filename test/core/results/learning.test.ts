import { describe, expect, it } from 'vitest';
import { type LearningCount, releaseLearning, shareBand } from '../../../core/results/learning.ts';
import { attack } from './small-wave.ts';

/** A unit and how many were reached, of how many people where not all of them were. */
const count = (
  unit: number,
  parent: number | null,
  of: number | readonly [number, number],
): LearningCount => {
  const [reached, people] = typeof of === 'number' ? [of, of] : of;
  return { unit, parent, people, reached, engaged: Math.floor(reached / 2) };
};
const shown = (counts: readonly LearningCount[]) =>
  releaseLearning('2026-12-07', counts, attack).units.flatMap(({ unit, band }) =>
    band === null ? [] : [unit],
  );

describe('the learning release', () => {
  it('tells the share of the reached who reacted, in bands, for ten reached and more', () => {
    const { week, units } = releaseLearning(
      '2026-12-07',
      [count(1, null, 40), count(2, 1, 24), count(3, 1, 12), count(4, 1, 4)],
      attack,
    );
    expect(week).toBe('2026-12-07');
    expect(units).toContainEqual({ unit: 1, band: '50–59 %' });
    expect(units).toContainEqual({ unit: 4, band: null, hidden: 'small' });
  });

  it('hides a neighbour of a hidden unit, which would follow by subtraction', () => {
    expect(shown([count(1, null, 40), count(2, 1, 24), count(3, 1, 12), count(4, 1, 4)])).toEqual([
      1, 2,
    ]);
  });

  it('hides no neighbour where what is left is large enough', () => {
    expect(shown([count(1, null, 60), count(2, 1, 24), count(3, 1, 12), count(4, 1, 4)])).toEqual([
      1, 2, 3,
    ]);
  });

  it('looks across levels: what two hidden units on different levels leave over is ten, too', () => {
    // 2 is hidden to protect 4; without 5 its remaining two people would be told together with the five of 4.
    const counts = [
      count(1, null, 57),
      count(2, 1, 12),
      count(5, 2, 10),
      count(6, 2, 2),
      count(3, 1, 40),
      count(4, 1, 5),
    ];
    const open = new Set(shown(counts));
    expect(open.has(5) && !open.has(2) && open.has(3)).toBe(false);
    expect(open.has(1)).toBe(true);
  });

  it('hides the same units whether the one person between two of them was reached; the reason is kept', () => {
    const week = (reached: number) =>
      releaseLearning(
        '2026-12-07',
        [count(1, null, [55 + reached, 56]), count(2, 1, 25), count(3, 1, 30)],
        attack,
      ).units.map(({ unit, hidden }) => [unit, hidden ?? 'told']);
    expect(week(0)).toEqual(week(1));
    expect(week(0)).toEqual([
      [1, 'told'],
      [2, 'protect'],
      [3, 'told'],
    ]);
  });

  it('says "few" of a unit large enough in which a lesson reached few', () => {
    const { units } = releaseLearning(
      '2026-12-07',
      [count(1, null, 60), count(2, 1, [9, 20]), count(3, 1, 40)],
      attack,
    );
    expect(units).toContainEqual({ unit: 2, band: null, hidden: 'few' });
  });

  it('never says nobody or everybody', () => {
    expect([0, 1, 19, 20, 79, 80, 100].map((part) => shareBand(part, 100))).toEqual([
      '≤ 19 %',
      '≤ 19 %',
      '≤ 19 %',
      '20–29 %',
      '70–79 %',
      '≥ 80 %',
      '≥ 80 %',
    ]);
  });
});
