/** Whether two waves asked the same: only then may their figures be compared. */
import type { AskedItem, Measure, Release } from '../release.ts';

/** Anchors are asked in every wave, conditions rotate. A release of version 1 asked what it shares with the other. */
export const sameItems = (
  one: Pick<Release, 'items'>,
  other: Pick<Release, 'items'>,
  measure: Measure,
): boolean => {
  const [asked, before] = [itemsOf(one.items, measure), itemsOf(other.items, measure)];
  if (asked === null || before === null) return measure.score === 'concern';
  return (
    asked.length > 0 && asked.length === before.length && asked.every((id) => before.includes(id))
  );
};

/** Ids that a measure rests on; null where the release does not tell. */
const itemsOf = (
  items: readonly AskedItem[],
  { score, aspect }: Measure,
): readonly string[] | null =>
  items.some((item) => item.score === null)
    ? null
    : items
        .filter((item) => item.score === score && (aspect === 'all' || item.aspect === aspect))
        .map(({ id }) => id);
