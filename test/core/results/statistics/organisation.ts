/** A seeded agency answering in two waves, published and compared with the real functions. */
import { type Change, judgeChanges } from '../../../../core/results/statistics/change.ts';
import { moments } from '../../../../core/results/statistics/moments.ts';
import { coded } from '../../../../core/results/statistics/published.ts';
import { fewestRespondents } from '../../../../core/results/threshold.ts';
import { draw, seeded, shapes } from './sampling.ts';

type Plan = {
  readonly seed: number;
  /** Points by which opinions rise between the waves. */
  readonly shift: number;
  /** Share of a person's answer that is the same in both waves; 0.5 when not told. */
  readonly stable?: number;
  readonly people?: number;
};

const anchors = 5;
const perUnit = 20;
const unitsPerDirectorate = 4;
const responseRate = 0.65;

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
}: Plan): readonly Change[] => {
  const random = seeded(seed * 7_919);
  const staff = Array.from({ length: people }, (_, at) => {
    const unit = Math.floor(at / perUnit);
    const shape = [shapes.leaning, shapes.even, shapes.middling][unit % 3] ?? shapes.even;
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
  return judge(wave(0), wave(shift));
};

const groupsOf = (unit: number): readonly number[] => [
  0,
  1 + Math.floor(unit / unitsPerDirectorate),
  100 + unit,
];

const judge = (before: readonly Reply[], after: readonly Reply[]): readonly Change[] => {
  const groups = [...new Set(before.flatMap((reply) => reply.groups))].sort((a, b) => a - b);
  const pairs = groups.flatMap((group) =>
    Array.from({ length: anchors }, (_, anchor) => {
      const of = (wave: readonly Reply[]) =>
        wave
          .filter((reply) => reply.groups.includes(group))
          .map((reply) => reply.points[anchor] ?? 0);
      return { before: of(before), after: of(after) };
    }),
  );
  const published = pairs.filter(
    (pair) => Math.min(pair.before.length, pair.after.length) >= fewestRespondents,
  );
  return judgeChanges(
    published.map((pair) => ({
      before: coded(moments(pair.before)),
      after: coded(moments(pair.after)),
    })),
  );
};
