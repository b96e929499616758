import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addToRoll,
  invitedOf,
  membersApart,
  type PowerSums,
} from '../../../../core/results/waves/membership.ts';

const rollOf = (people: Iterable<number>): PowerSums => {
  const roll = new Map<number, PowerSums>();
  for (const personId of people) addToRoll(roll, { personId, groups: [1] });
  return roll.get(1) ?? new Array<number>(9).fill(0);
};

describe('the members of a group in two waves', () => {
  it('are told apart exactly, up to five people, whoever came and whoever left', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 300_000 }), { minLength: 20, maxLength: 60 }),
        fc.nat(6),
        fc.nat(6),
        (people, left, came) => {
          const before = people.slice(came);
          const after = [...people.slice(0, came), ...people.slice(came + left)];
          expect(membersApart(rollOf(before), rollOf(after))).toBe(Math.min(5, left + came));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are told apart when their numbers follow each other', () => {
    const first = Array.from({ length: 40 }, (_, at) => at + 1);
    for (let shift = 0; shift <= 4; shift += 1)
      expect(membersApart(rollOf(first), rollOf(first.map((id) => id + shift)))).toBe(
        Math.min(5, 2 * shift),
      );
  });

  it('are the same in any order', () => {
    expect(rollOf([3, 1, 2])).toEqual(rollOf([1, 2, 3]));
    expect(membersApart(rollOf([3, 1, 2]), rollOf([2, 3, 1]))).toBe(0);
  });

  it('are counted in every group of theirs', () => {
    const roll = new Map<number, PowerSums>();
    addToRoll(roll, { personId: 1, groups: [5, 1, -2] });
    addToRoll(roll, { personId: 2, groups: [1] });
    expect([...invitedOf(roll)].sort()).toEqual([
      [-2, 1],
      [1, 2],
      [5, 1],
    ]);
  });

  it('are not in what is kept: nine numbers, however many they are', () => {
    const kept = rollOf(Array.from({ length: 1_000 }, (_, at) => 7_000_000 + at));
    expect(kept).toHaveLength(9);
    expect(JSON.stringify(kept)).not.toContain('7000');
  });
});
