/** The attack across waves: a line of figures that shows, by its change, what one to four people answered. */

import { trend } from '../../core/results/read.ts';
import { measures, type Release } from '../../core/results/release.ts';
import type { Wave } from './wave.ts';

/** Below this many respondents a change of members shows in the figure. */
const smallGroup = 20;

/** Groups that are in one line, or said to have changed, although one to four members are in one wave alone. */
export const attackLines = (waves: readonly Wave[]): readonly string[] =>
  waves.flatMap((wave, at) => {
    const before = waves.slice(0, at + 1);
    return [...joined(before), ...compared(before, wave)];
  });

/** Any two waves of a line, of whichever group and measure, as a page would draw it. */
const joined = (waves: readonly Wave[]): readonly string[] => {
  const releases = waves.map(({ made }) => made.release);
  const latest = waves.at(-1);
  return (latest?.question.groups ?? []).flatMap(({ unit }) =>
    measures.flatMap((measure) => {
      const points = trend(releases, unit, measure);
      const told = waves.filter((_, at) => points[at]?.cell !== null && points[at] !== undefined);
      return pairs(told).flatMap(([one, other]) =>
        apart(one, other, unit) ? [`${unit} ${measure.aspect}: a line joins few`] : [],
      );
    }),
  );
};

const compared = (waves: readonly Wave[], wave: Wave): readonly string[] =>
  wave.made.release.changes.flatMap(({ unit, since, aspect }) => {
    const earlier = waves.find(({ question }) => question.wave === since);
    return earlier !== undefined && apart(earlier, wave, unit)
      ? [`${unit} ${aspect}: a change of few`]
      : [];
  });

/** One to four people in one of the waves alone, in a group small in either. */
const apart = (one: Wave, other: Wave, unit: number): boolean => {
  const small = [one, other].some(
    ({ question }) =>
      question.respondents.filter(({ groups }) => groups.includes(unit)).length < smallGroup,
  );
  const [mine, theirs] = [membersOf(one, unit), membersOf(other, unit)];
  const different =
    [...mine].filter((person) => !theirs.has(person)).length +
    [...theirs].filter((person) => !mine.has(person)).length;
  return small && different > 0 && different < 5;
};

const membersOf = ({ members }: Wave, unit: number): ReadonlySet<number> =>
  members.get(unit) ?? new Set();

const pairs = <T>(list: readonly T[]): readonly (readonly [T, T])[] =>
  list.flatMap((one, at) => list.slice(at + 1).map((other) => [one, other] as const));

/** Which figures a release shows and why it hides the others: nothing of an answer. */
export const patternOf = ({ cells, answers }: Release): readonly string[] => [
  ...cells.map((cell) => `${cell.unit} ${cell.score} ${cell.aspect} ${cell.shown || cell.hidden}`),
  ...answers.map((cell) => `${cell.unit} ${cell.item} ${cell.shown || cell.hidden}`),
];
