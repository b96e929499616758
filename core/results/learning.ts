/** The learning release: weekly adoption figures, in bands, under the same subtraction rule as the pulse. */
import type { LocalDate } from '../clock.ts';
import type { Attack } from './attack/attack.ts';
import { placesOf } from './attack/lattice.ts';
import { suppress } from './disclosure/disclosure.ts';
import { type People, untoldOf } from './disclosure/untold.ts';
import type { HiddenReason } from './release.ts';

/** Fewest people reached in a published group, and in whatever a combination of published groups leaves over. */
const fewest = 10;

/** A unit with everything below it: its people, those reached by a lesson in the week, and those who reacted to one. */
export type LearningCount = {
  readonly unit: number;
  readonly parent: number | null;
  readonly people: number;
  readonly reached: number;
  readonly engaged: number;
};

export type LearningRelease = {
  /** Monday of the week. */
  readonly week: LocalDate;
  /** Share of the reached who reacted, in bands of ten points, or why it is not told; an old one has no reason. */
  readonly units: readonly {
    readonly unit: number;
    readonly band: string | null;
    readonly hidden?: HiddenReason;
  }[];
};

/**
 * Publishes a week's counts. What the units' people alone hide is hidden first, so that no unit tells of a few people,
 * of a head above all, whether a lesson reached them; then what those reached are too few for.
 */
export const releaseLearning = (
  week: LocalDate,
  counts: readonly LearningCount[],
  attack: Attack,
): LearningRelease => {
  const people = peopleOf(counts, 'people');
  const { hidden: untold } = untoldOf(counts, people, attack);
  const question = {
    groups: counts.filter(({ unit }) => !untold.has(unit)),
    respondents: peopleOf(counts, 'reached'),
    places: placesOf(people),
    attack,
  };
  const hidden = new Map([...untold, ...suppress(question, fewest).hidden]);
  return {
    week,
    units: counts.map(({ unit, reached, engaged }) => {
      const reason = hidden.get(unit);
      if (reason !== undefined) return { unit, band: null, hidden: reason };
      return { unit, band: shareBand(engaged, reached) };
    }),
  };
};

/** Per person counted the units they are in: a unit's own people are those of no unit below it. */
const peopleOf = (counts: readonly LearningCount[], of: 'people' | 'reached'): People => {
  const parents = new Map(counts.map(({ unit, parent }) => [unit, parent]));
  const own = new Map(counts.map((count) => [count.unit, count[of]]));
  for (const { parent, [of]: below } of counts)
    if (parent !== null) own.set(parent, (own.get(parent) ?? 0) - below);
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
