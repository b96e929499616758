/** How often each value was given in each group: every figure of a measure follows from these counts. */
import type { Sums } from './statistics/moments.ts';

/** Times each value was given. */
export type Counts = ReadonlyMap<number, number>;

/** One value a person, counted in every group of that person. */
export const countPerGroup = (
  given: readonly { readonly groups: readonly number[]; readonly value: number }[],
): ReadonlyMap<number, Counts> => {
  const found = new Map<number, Map<number, number>>();
  for (const { groups, value } of given)
    for (const group of groups) {
      const counts = found.get(group) ?? new Map<number, number>();
      counts.set(value, (counts.get(value) ?? 0) + 1);
      found.set(group, counts);
    }
  return found;
};

/** Sums of the counted values, added from the lowest up, so that the order of answers tells nothing. */
export const sumsOfCounts = (counts: Counts): Sums => {
  let [n, sum, sumSquares] = [0, 0, 0];
  for (const [value, times] of [...counts].sort(([a], [b]) => a - b)) {
    n += times;
    sum += times * value;
    sumSquares += times * value * value;
  }
  return { n, sum, sumSquares };
};
