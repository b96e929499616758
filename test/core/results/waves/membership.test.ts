import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  invitedOf,
  membersApart,
  openRoll,
  type PowerSums,
} from '../../../../core/results/waves/membership.ts';

const house = 'kunci-rumah-yang-tidak-ada-di-basis-data';

const sumsOf = (people: Iterable<number>, { key = house, group = 1 } = {}): PowerSums => {
  const { roll, add } = openRoll(key);
  for (const personId of people) add({ personId, groups: [group] });
  return roll.sums.get(group) ?? new Array<number>(9).fill(0);
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
          expect(membersApart(sumsOf(before), sumsOf(after))).toBe(Math.min(5, left + came));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are told apart when their numbers follow each other', () => {
    const first = Array.from({ length: 40 }, (_, at) => at + 1);
    for (let shift = 0; shift <= 4; shift += 1)
      expect(membersApart(sumsOf(first), sumsOf(first.map((id) => id + shift)))).toBe(
        Math.min(5, 2 * shift),
      );
  });

  it('are the same in any order', () => {
    expect(sumsOf([3, 1, 2])).toEqual(sumsOf([1, 2, 3]));
    expect(membersApart(sumsOf([3, 1, 2]), sumsOf([2, 3, 1]))).toBe(0);
  });

  it('are counted in every group of theirs', () => {
    const { roll, add } = openRoll(house);
    add({ personId: 1, groups: [5, 1, -2] });
    add({ personId: 2, groups: [1] });
    expect([...invitedOf(roll)].sort()).toEqual([
      [-2, 1],
      [1, 2],
      [5, 1],
    ]);
  });

  it('are not in what is kept: nine numbers, however many they are', () => {
    const kept = sumsOf(Array.from({ length: 1_000 }, (_, at) => 7_000_000 + at));
    expect(kept).toHaveLength(9);
    expect(JSON.stringify(kept)).not.toContain('7000');
  });
});

describe('the sums of a group', () => {
  const roster = Array.from({ length: 5_000 }, (_, at) => at + 1);
  const group = [17, 203, 911, 1_502, 2_777, 4_999];
  const sums = sumsOf(group);
  /** A person's number, as somebody reckons it who holds that key. */
  const under = (key: string) => (id: number) => sumsOf([id], { key })[1] ?? 0;
  const bare = (text: string) =>
    (createHash('sha256').update(text).digest().readUIntBE(0, 6) % (prime - 1)) + 1;

  it('are searched through with success by whoever holds the house key', () => {
    expect(found(sums, roster, under(house))).toEqual(group);
  });

  it('without the house key the members of a group of six cannot be found among the roster’s ids', () => {
    const { madeUnder } = openRoll(house).roll;
    expect(house).not.toContain(madeUnder);
    for (const key of ['', madeUnder, 'kunci-lain'])
      expect(found(sums, roster, under(key)), key).toEqual([]);
    for (const text of ['member:', 'member:1:'])
      expect(
        found(sums, roster, (id) => bare(`${text}${id}`)),
        text,
      ).toEqual([]);
  });

  it('have another number for the same person in every group', () => {
    expect(sumsOf([17], { group: 2 })).not.toEqual(sumsOf([17], { group: 1 }));
  });

  it('name their key, and no two keys are named alike', () => {
    expect(openRoll(house).roll.madeUnder).toBe(openRoll(house).roll.madeUnder);
    expect(openRoll('kunci-lain').roll.madeUnder).not.toBe(openRoll(house).roll.madeUnder);
  });
});

const prime = 67_108_859;
const modulo = (value: bigint): bigint => {
  const field = BigInt(prime);
  return ((value % field) + field) % field;
};
/** Fermat: a^(p − 2) is the inverse of a. */
const inverse = (value: number): bigint => {
  let [base, result] = [BigInt(value), 1n];
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
};

/** Who of the roster is a root of the polynomial that Newton's identities make of a group's power sums. */
const found = (
  sums: PowerSums,
  roster: readonly number[],
  numberOf: (id: number) => number,
): readonly number[] => {
  const [count = 0] = sums;
  const symmetric = [1n];
  for (let k = 1; k <= count; k += 1) {
    let total = 0n;
    for (let i = 1; i <= k; i += 1)
      total += (i % 2 === 1 ? 1n : -1n) * (symmetric[k - i] ?? 0n) * BigInt(sums[i] ?? 0);
    symmetric[k] = modulo(total * inverse(k));
  }
  const valueAt = (x: bigint): bigint =>
    symmetric.reduce((value, one, k) => modulo(value * x + (k % 2 === 1 ? -one : one)), 0n);
  return roster.filter((id) => valueAt(BigInt(numberOf(id))) === 0n);
};
