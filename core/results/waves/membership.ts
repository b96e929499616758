/**
 * How much a group's members differ between two waves, without keeping who they were.
 * Every person is a number h of a prime field; of a group only the power sums Σ h⁰ … Σ h⁸ are kept. The difference of
 * two waves' sums is Σ ±hⁱ over those who are in one of them alone, and the 5 × 5 Hankel matrix of these sums has as its
 * rank the number of such people, up to five (it is VᵀWV with V the Vandermonde matrix of their numbers).
 * The numbers of a small group can be found from its sums, so they are made under a key that no database holds: without
 * it they are nobody's.
 */
import { createHmac } from 'node:crypto';

/** Power sums of a group's members, the count first. */
export type PowerSums = readonly number[];

/** Largest prime below 2²⁶: products of two residues stay exact. A wrong answer has a chance of about 1 in 10 million. */
const prime = 67_108_859;

/** People up to whom a difference is counted; five and more point at nobody. */
export const toldApart = 5;

const powers = 2 * toldApart - 1;

/** The members of a wave, per group; the first sum is how many were invited. */
export type Roll = {
  /** Which key the sums were made under: those of another key are not compared. It tells nothing of the key. */
  readonly madeUnder: string;
  readonly sums: ReadonlyMap<number, PowerSums>;
};

/** A roll to be filled: each member is counted in every group of theirs, as another number in each. */
export const openRoll = (key: string) => {
  const sums = new Map<number, PowerSums>();
  const roll: Roll = { madeUnder: hmac(key, 'roll').toString('base64url', 0, 9), sums };
  return {
    roll,
    add: (member: { readonly personId: number; readonly groups: readonly number[] }): void => {
      for (const group of member.groups) {
        const own = powersOf(residueOf(key, group, member.personId));
        const known = sums.get(group);
        sums.set(
          group,
          known === undefined ? own : own.map((power, at) => (power + (known[at] ?? 0)) % prime),
        );
      }
    },
  };
};

/** How many were invited of each group. */
export const invitedOf = (roll: Roll): ReadonlyMap<number, number> =>
  new Map([...roll.sums].map(([group, [count = 0]]) => [group, count]));

/** People who are in one of the two alone: 0 to 4, or 5 for five and more. */
export const membersApart = (one: PowerSums, other: PowerSums): number => {
  const differences = Array.from({ length: powers }, (_, at) =>
    modulo((one[at] ?? 0) - (other[at] ?? 0)),
  );
  return rank(
    Array.from({ length: toldApart }, (_, row) => differences.slice(row, row + toldApart)),
  );
};

/** A person's number in the field, never 0. */
const residueOf = (key: string, group: number, personId: number): number =>
  (hmac(key, `member:${group}:${personId}`).readUIntBE(0, 6) % (prime - 1)) + 1;

const hmac = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const powersOf = (residue: number): readonly number[] => {
  const found = [1];
  for (let power = 1; power < powers; power += 1)
    found.push(((found[power - 1] ?? 0) * residue) % prime);
  return found;
};

/** Rank over the prime field, by elimination. */
const rank = (matrix: readonly (readonly number[])[]): number => {
  const rows = matrix.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < toldApart; column += 1) {
    const at = rows.findIndex((row, index) => index >= found && row[column] !== 0);
    const pivot = rows[at];
    if (pivot === undefined) continue;
    rows.splice(at, 1);
    rows.splice(found, 0, pivot);
    const inverse = inverseOf(pivot[column] ?? 1);
    for (const row of rows.slice(found + 1)) {
      const factor = ((row[column] ?? 0) * inverse) % prime;
      for (const [index, value] of pivot.entries())
        row[index] = modulo((row[index] ?? 0) - ((factor * value) % prime));
    }
    found += 1;
  }
  return found;
};

/** Fermat: a^(p − 2) is the inverse of a. */
const inverseOf = (value: number): number => {
  let [base, result] = [value, 1];
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
};

const modulo = (value: number): number => ((value % prime) + prime) % prime;
