/** From one person's answers to scores: higher is always more concern or more obstacle. */
import type { Aspect, Item } from '../content/schema.ts';
import type { Score } from '../results/release.ts';
import { reversed } from '../results/statistics/scale.ts';
import type { Answer, Answers } from './ballot/ballot.ts';

/** One person's score of an aspect, 1–5. */
export type PersonScore = {
  readonly score: Score;
  readonly aspect: Aspect;
  readonly value: number;
};

/** Anchors measure concern, rotating conditions measure obstacles. */
export const scoreOfRole = {
  anchor: 'concern',
  condition: 'condition',
} as const satisfies Record<Item['role'], Score>;

/** An answer as 1–5 with more always worse, so a reversed item is turned round; null when missing. */
export const pointsOf = (
  item: Pick<Item, 'reverse'>,
  answer: Answer | undefined,
): number | null => {
  if (answer === undefined || answer === 'na') return null;
  return item.reverse ? reversed(answer) : answer;
};

/** Mean of the answered items per score and aspect, one answered item being enough; the rest is left out. */
export const scorePerson = (items: readonly Item[], answers: Answers): readonly PersonScore[] => {
  const found = new Map<string, { score: Score; aspect: Aspect; points: number[] }>();
  for (const item of items) {
    const points = pointsOf(item, answers[item.id]);
    if (points === null) continue;
    const score = scoreOfRole[item.role];
    const key = `${score} ${item.aspect}`;
    const entry = found.get(key) ?? { score, aspect: item.aspect, points: [] };
    entry.points.push(points);
    found.set(key, entry);
  }
  return [...found.values()].map(({ score, aspect, points }) => ({
    score,
    aspect,
    value: points.reduce((sum, point) => sum + point, 0) / points.length,
  }));
};
