/** The answers to one item, group by group: shares of the five points and the favourable share. */
import type { Counts } from './counts.ts';
import type { Untold } from './disclosure/untold.ts';
import type { AnswerCell, Group } from './release.ts';
import { codedBelow, countBand, publishedShare } from './statistics/published.ts';
import { asPrinted, fivePoints, isFavourable, reversed } from './statistics/scale.ts';

type Asked = {
  readonly item: string;
  readonly groups: readonly Pick<Group, 'unit'>[];
  /** Groups whose answers are hidden. */
  readonly hidden: Untold;
  /** Points given per group, reversed items turned round. */
  readonly counts: ReadonlyMap<number, Counts>;
  readonly invited: ReadonlyMap<number, number>;
};

/** A cell for every group. */
export const answerCells = ({
  item,
  groups,
  hidden,
  counts,
  invited,
}: Asked): readonly AnswerCell[] =>
  groups.map(({ unit }): AnswerCell => {
    const points = pointsOf(counts.get(unit));
    const n = points.reduce((sum, count) => sum + count, 0);
    const told = codedPoints(points);
    const share = publishedShare(favourable(told), n, invited.get(unit) ?? 0);
    const reason = hidden.get(unit);
    if (reason !== undefined || share === null)
      return { unit, item, shown: false, hidden: reason ?? 'few' };
    return {
      unit,
      item,
      shown: true,
      band: countBand(n),
      favourable: share,
      points: told.map((count) => asPrinted(count / n)),
    };
  });

/**
 * Counts of the five points as they are told. Below 20 respondents no point and neither side of "favourable" is told
 * with all of them or all but one: the excess is told at the neighbouring points, so that a unanimous group looks
 * like one in which two people differ.
 */
export const codedPoints = (counts: readonly number[]): readonly number[] => {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n >= codedBelow) return counts;
  const told = [...counts];
  const move = (from: number, to: number, people: number): number => {
    const moved = Math.max(0, Math.min(people, told[from] ?? 0));
    told[from] = (told[from] ?? 0) - moved;
    told[to] = (told[to] ?? 0) + moved;
    return people - moved;
  };
  const crowded = told.findIndex((count) => count > n - 2);
  const excess = (told[crowded] ?? 0) - (n - 2);
  if (crowded === 0) move(0, 1, excess);
  else if (crowded === told.length - 1) move(crowded, crowded - 1, excess);
  else if (crowded > 0) {
    move(crowded, crowded + 1, Math.ceil(excess / 2));
    move(crowded, crowded - 1, Math.floor(excess / 2));
  }
  const over = favourable(told) - (n - 2);
  if (over > 0) move(0, 2, move(1, 2, over));
  const under = 2 - favourable(told);
  if (under > 0) move(4, 1, move(3, 1, move(2, 1, under)));
  return told;
};

/** What a mean beside the points is made from: the points as told, since another coding of the same answers would undo it. */
export const countsTold = (counts: Counts): Counts =>
  new Map(codedPoints(pointsOf(counts)).map((count, at) => [at + 1, count]));

/** How many gave a point that stands for little concern or few obstacles. */
const favourable = (counts: readonly number[]): number =>
  counts.reduce((sum, count, at) => sum + (isFavourable(reversed(at + 1)) ? count : 0), 0);

const pointsOf = (counts: Counts = new Map()): readonly number[] =>
  Array.from({ length: fivePoints.max }, (_, at) => counts.get(at + 1) ?? 0);
