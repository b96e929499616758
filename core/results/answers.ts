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
export const countsTold = (counts: Counts): Counts => countsOf(codedPoints(pointsOf(counts)));

/**
 * Other answers that the points as told may stand for, from the lowest to the highest mean. Coding counts at most two
 * people on the other side of "favourable": in point 2, or in 3, from the nearest point where anybody is on their own
 * side. So the last of these has the mean farthest away of all answers told alike, and no answers told alike have an
 * interval beyond those of the points as told and of these (a test tries them all). They follow from the points as
 * told, hence tell nothing more.
 */
export const countsBehind = (counts: Counts): readonly Counts[] => {
  const told = codedPoints(pointsOf(counts));
  const n = told.reduce((sum, count) => sum + count, 0);
  if (n >= codedBelow) return [];
  const [from, to] = crossing(told, n);
  const people = from === to ? 0 : Math.min(2, told[from] ?? 0);
  return Array.from({ length: people }, (_, before) => {
    const points = [...told];
    points[from] = (points[from] ?? 0) - (before + 1);
    points[to] = (points[to] ?? 0) + (before + 1);
    return countsOf(points);
  });
};

/** Where coding may have put people, and from how far; twice the same where it cannot have. */
const crossing = (told: readonly number[], n: number): readonly [number, number] => {
  const [first = 0, , neutral = 0, fourth = 0] = told;
  if (favourable(told) === 2) return [1, neutral > 0 ? 2 : fourth > 0 ? 3 : 4];
  if (favourable(told) === n - 2) return [2, n - 2 > first ? 1 : 0];
  return [0, 0];
};

const countsOf = (points: readonly number[]): Counts =>
  new Map(points.map((count, at) => [at + 1, count]));

/** How many gave a point that stands for little concern or few obstacles. */
const favourable = (counts: readonly number[]): number =>
  counts.reduce((sum, count, at) => sum + (isFavourable(reversed(at + 1)) ? count : 0), 0);

const pointsOf = (counts: Counts = new Map()): readonly number[] =>
  Array.from({ length: fivePoints.max }, (_, at) => counts.get(at + 1) ?? 0);
