import { describe, expect, it } from 'vitest';
import { answersOf, cellOf } from '../../../core/results/read.ts';
import type { Release } from '../../../core/results/release.ts';
import { momentsOf } from '../../../core/results/statistics/moments.ts';
import { publishedMean } from '../../../core/results/statistics/published.ts';
import type { Answer } from '../../../core/survey/ballot/ballot.ts';
import { close, item, items, people, seeded, spreads } from './small-wave.ts';

type Points = readonly number[];

/** Directorate 2: 26 people in unit 4, of whom 20 answer, and 12 of its own, of whom so many do. */
const members = [...people(4, 26), ...people(2, 12), ...people(3, 40)];
const inUnit = 20;

const anchors = items.filter(({ role }) => role === 'anchor');

const listOf = (counts: Points): readonly number[] =>
  counts.flatMap((times, at) => Array<number>(times).fill(at + 1));

/** Of each item the answers that people in their seats give: of directorate 2 itself, and of unit 4. */
type Seats = Readonly<Record<number, readonly (readonly number[])[]>>;

/** Everybody else is in directorate 3 and answers in the middle. */
const closedWith = (seats: Seats): Release =>
  close(
    members,
    ({ unit, personId }) => {
      const given = anchors.flatMap(({ id }, at): [string, Answer][] => {
        const point = seats[unit] === undefined ? 3 : seats[unit]?.[at]?.[personId % 1_000];
        return point === undefined ? [] : [[id, point as Answer]];
      });
      return given.length === 0 ? undefined : Object.fromEntries(given);
    },
    { items: anchors },
  ).release;

/** A wave in which the people between give these points, one set an item; the others give what is left of `all`. */
const closed = (all: readonly Points[], between: readonly Points[]): Release =>
  closedWith({
    2: between.map(listOf),
    4: all.map((counts, at) =>
      listOf(counts.map((times, point) => times - (between[at]?.[point] ?? 0))),
    ),
  });

/** Every way in which so many people can answer with this sum, none more often than in `most`. */
const ways = (n: number, sum: number, most: Points): readonly Points[] =>
  spreads(n).filter(
    (points) => sumOf(points) === sum && points.every((times, at) => times <= (most[at] ?? 0)),
  );

const sumOf = (points: Points): number =>
  points.reduce((sum, times, at) => sum + times * (at + 1), 0);

/** So many answers, most of them in the middle. */
const drawn = (n: number, random: () => number): Points => {
  const counts = [0, 0, 0, 0, 0];
  for (let one = 0; one < n; one += 1) {
    const at = [0, 1, 1, 2, 2, 2, 3, 3, 3, 4][Math.floor(random() * 10)] ?? 2;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
};

describe('mean and interval of two groups', () => {
  it.each([6, 7, 9])('do not fix the answers of %i people between them', (n) => {
    const random = seeded(n);
    const between = anchors.map(() => drawn(n, random));
    const all = between.map((few) =>
      drawn(inUnit, random).map((more, at) => more + (few[at] ?? 0)),
    );
    const truth = closed(all, between);
    for (const { id, aspect } of anchors) {
      expect(cellOf(truth, 2, { score: 'concern', aspect }).shown).toBe(true);
      expect(cellOf(truth, 4, { score: 'concern', aspect }).shown).toBe(true);
      expect(answersOf(truth, 2, id).shown && answersOf(truth, 4, id).shown).toBe(false);
    }
    const others = between.map((few, at) => ways(n, sumOf(few), all[at] ?? []));
    for (const found of others) expect(found.length).toBeGreaterThan(1);
    const most = Math.max(...others.map(({ length }) => length));
    for (let at = 0; at < most; at += 1)
      expect(
        closed(
          all,
          others.map((found) => found[at % found.length] ?? []),
        ),
      ).toEqual(truth);
  });

  it('tell no spread of either where an aspect has several items and few are between', () => {
    const two = [item('data', 'anchor', 'data-1'), item('data', 'anchor', 'data-2')];
    const cellsOf = (one: Answer, other: Answer) => {
      const given = (seat: number) => ({ 'data-1': seat % 2 ? one : other, 'data-2': 3 as const });
      const middle = { 'data-1': 3, 'data-2': 3 } as const;
      const answering = [...people(4, inUnit), ...people(2, 7)].map(({ personId }) => personId);
      const { release } = close(
        members,
        ({ unit, personId }) => {
          if (!answering.includes(personId)) return undefined;
          return unit === 4 ? given(personId) : middle;
        },
        { items: two },
      );
      return cellOf(release, 4, { score: 'concern', aspect: 'data' });
    };
    expect(cellsOf(1, 5)).toMatchObject({ shown: true, mean: 3, band: '20–49' });
    expect(cellsOf(1, 5)).toEqual(cellsOf(3, 3));
  });

  it('are never narrower for it: the interval is that of the largest spread there can be', () => {
    const divided = momentsOf({ n: 20, sum: 60, sumSquares: 10 * 25 + 10 });
    const widest = publishedMean(divided, 26);
    const between = [drawn(7, seeded(3))];
    const all = between.map((few) => few.map((times, at) => times + (at === 2 ? 20 : 0)));
    const told = cellOf(closed(all, between), 4, { score: 'concern', aspect: 'regulation' });
    expect(told).toMatchObject({ shown: true, ...widest });
  });
});
