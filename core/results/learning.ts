/** The learning release: weekly adoption figures, in bands, under the same subtraction rule as the pulse. */
import type { LocalDate } from '../clock.ts';

/** Fewest people reached in a published group, and fewest in what its hidden siblings leave over. */
const fewest = 10;

/** A unit with everything below it: people reached by a lesson in the week, and those who reacted to one. */
export type LearningCount = {
  readonly unit: number;
  readonly parent: number | null;
  readonly reached: number;
  readonly engaged: number;
};

export type LearningRelease = {
  /** Monday of the week. */
  readonly week: LocalDate;
  /** Share of the reached who reacted, in bands of ten points; null = too few people. */
  readonly units: readonly { readonly unit: number; readonly band: string | null }[];
};

/** Publishes a week's counts; depends on `reached` alone for what is hidden. */
export const releaseLearning = (
  week: LocalDate,
  counts: readonly LearningCount[],
): LearningRelease => {
  const hidden = hiddenUnits(counts);
  return {
    week,
    units: counts.map(({ unit, reached, engaged }) => ({
      unit,
      band: hidden.has(unit) ? null : shareBand(engaged, reached),
    })),
  };
};

/** Units below the threshold, and the next smallest siblings until what is hidden together is large enough. */
const hiddenUnits = (counts: readonly LearningCount[]): ReadonlySet<number> => {
  const hidden = new Set(counts.filter(({ reached }) => reached < fewest).map(({ unit }) => unit));
  const byUnit = new Map(counts.map((count) => [count.unit, count]));
  for (const parent of counts) {
    const children = counts.filter((count) => count.parent === parent.unit);
    const direct = parent.reached - children.reduce((sum, { reached }) => sum + reached, 0);
    const open = children
      .filter(({ unit }) => !hidden.has(unit))
      .sort((a, b) => a.reached - b.reached || a.unit - b.unit);
    const left = () =>
      direct +
      children.reduce((sum, { unit, reached }) => sum + (hidden.has(unit) ? reached : 0), 0);
    while (!hidden.has(parent.unit) && left() > 0 && left() < fewest && open.length > 0) {
      const next = open.shift();
      if (next !== undefined) hidden.add(next.unit);
    }
  }
  // What is hidden above hides nothing below by itself; a hidden unit's children stand on their own.
  return new Set([...hidden].filter((unit) => byUnit.has(unit)));
};

/** "70–79 %"; the ends are open so that "nobody" and "everybody" are never said. */
export const shareBand = (part: number, whole: number): string => {
  const tens = Math.floor((10 * part) / Math.max(1, whole));
  if (tens >= 8) return '≥ 80 %';
  return tens < 2 ? '≤ 19 %' : `${tens}0–${tens}9 %`;
};
