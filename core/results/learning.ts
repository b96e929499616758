/** The learning release: weekly adoption figures, in bands, under the same subtraction rule as the pulse. */
import type { LocalDate } from '../clock.ts';
import type { Attack } from './attack/attack.ts';
import { suppress } from './disclosure/disclosure.ts';

/** Fewest people reached in a published group, and in whatever a combination of published groups leaves over. */
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
  attack: Attack,
): LearningRelease => {
  const { hidden } = suppress({ groups: counts, respondents: peopleOf(counts), attack }, fewest);
  return {
    week,
    units: counts.map(({ unit, reached, engaged }) => ({
      unit,
      band: hidden.has(unit) ? null : shareBand(engaged, reached),
    })),
  };
};

/** Per person reached the units counted in: a unit's own people are those of no unit below it. */
const peopleOf = (counts: readonly LearningCount[]): readonly (readonly number[])[] => {
  const parents = new Map(counts.map(({ unit, parent }) => [unit, parent]));
  const own = new Map(counts.map(({ unit, reached }) => [unit, reached]));
  for (const { parent, reached } of counts)
    if (parent !== null) own.set(parent, (own.get(parent) ?? 0) - reached);
  return counts.flatMap(({ unit }) => {
    const chain: number[] = [];
    for (let at: number | null = unit; at !== null; at = parents.get(at) ?? null) chain.push(at);
    return Array.from({ length: Math.max(0, own.get(unit) ?? 0) }, () => chain);
  });
};

/** "70–79 %"; the ends are open so that "nobody" and "everybody" are never said. */
export const shareBand = (part: number, whole: number): string => {
  const tens = Math.floor((10 * part) / Math.max(1, whole));
  if (tens >= 8) return '≥ 80 %';
  return tens < 2 ? '≤ 19 %' : `${tens}0–${tens}9 %`;
};
