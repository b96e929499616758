/** A seeded agency answering in two waves, published and compared with the real functions. */
import { type Change, judgeChanges } from '../../../../core/results/statistics/change.ts';
import type { Moments } from '../../../../core/results/statistics/moments.ts';
import { fewestRespondents } from '../../../../core/results/threshold.ts';
import { releasing, type Told } from './released.ts';
import { draw, type Shape, seeded, shapes } from './sampling.ts';

type Plan = {
  readonly seed: number;
  /** Points by which opinions rise between the waves. */
  readonly shift: number;
  /** Share of a person's answer that is the same in both waves; 0.5 when not told. */
  readonly stable?: number;
  readonly people?: number;
  /** How units answer, in turn. */
  readonly kinds?: readonly Shape[];
  readonly perUnit?: number;
  readonly responseRate?: number;
};

const anchors = 5;
const unitsPerDirectorate = 4;

/** Whoever answered, with the groups counted in and a score per anchor. */
type Reply = { readonly groups: readonly number[]; readonly points: readonly number[] };

/**
 * The changes a release would print: agency first, then directorates and units, each with five anchors. Opinions
 * differ between units; the answering and the mood of the day are drawn anew in each wave.
 */
export const compareTwice = ({
  seed,
  shift,
  stable = 0.5,
  people = 240,
  kinds = ['leaning', 'even', 'middling'],
  perUnit = 20,
  responseRate = 0.65,
}: Plan): readonly Change[] => {
  const random = seeded(seed * 7_919);
  const staff = Array.from({ length: people }, (_, at) => {
    const unit = Math.floor(at / perUnit);
    const shape = shapes[kinds[unit % kinds.length] ?? 'even'];
    const opinions = Array.from({ length: anchors }, () => draw(shape, random()));
    return { groups: groupsOf(unit), shape, opinions };
  });
  const wave = (moved: number): readonly Reply[] =>
    staff.flatMap(({ groups, shape, opinions }) => {
      if (random() > responseRate) return [];
      const points = opinions.map((opinion) => {
        const today = random() < stable ? opinion : draw(shape, random());
        return Math.min(5, today + (random() < moved ? 1 : 0));
      });
      return [{ groups, points }];
    });
  const invited = new Map<number, number>();
  for (const { groups } of staff)
    for (const group of groups) invited.set(group, (invited.get(group) ?? 0) + 1);
  return judge(wave(0), wave(shift), invited);
};

const groupsOf = (unit: number): readonly number[] => [
  0,
  1 + Math.floor(unit / unitsPerDirectorate),
  100 + unit,
];

const judge = (
  before: readonly Reply[],
  after: readonly Reply[],
  invited: ReadonlyMap<number, number>,
): readonly Change[] => {
  const groups = [...invited.keys()].sort((a, b) => a - b);
  const pairs = groups.flatMap((group) =>
    Array.from({ length: anchors }, (_, anchor) => {
      const of = (wave: readonly Reply[]) =>
        wave
          .filter((reply) => reply.groups.includes(group))
          .map((reply) => reply.points[anchor] ?? 0);
      return { group, before: of(before), after: of(after) };
    }),
  );
  const published = pairs.filter(
    (pair) => Math.min(pair.before.length, pair.after.length) >= fewestRespondents,
  );
  return judgeChanges(
    published.map(({ group, ...pair }) => {
      const told = (values: readonly number[]): Moments =>
        releasedTo(invited.get(group) ?? 0)(values).moments;
      return { before: told(pair.before), after: told(pair.after) };
    }),
  );
};

/** Releases of groups of one size, kept for the seeds to come. */
const releasedTo = (invited: number): ((values: readonly number[]) => Told) => {
  const released = known.get(invited) ?? releasing(invited);
  known.set(invited, released);
  return released;
};
const known = new Map<number, (values: readonly number[]) => Told>();
