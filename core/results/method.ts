/** How well the anchors measure one thing, and how much units agree: told of the whole agency alone. */
import type { Item } from '../content/schema.ts';
import { pointsOf } from '../survey/scoring.ts';
import type { Respondent } from './cells.ts';
import type { Cell, Group, Release } from './release.ts';
import { agreement } from './statistics/measurement/agreement.ts';
import { crossSumsOf, reliability } from './statistics/measurement/reliability.ts';
import { type Sums, sumsOf } from './statistics/moments.ts';
import { asPrinted } from './statistics/scale.ts';
import { fewestRespondents } from './threshold.ts';

/** Fewest respondents with a complete set of anchors. */
const fewestComplete = 100;

type Asked = {
  readonly items: readonly Item[];
  readonly groups: readonly Group[];
  readonly cells: readonly Cell[];
  readonly respondents: readonly Respondent[];
};

/** Someone who answered every anchor. */
type Complete = { readonly groups: readonly number[]; readonly points: readonly number[] };

/**
 * Alpha and omega of the anchors over the people who answered every anchor, and ICC(1), ICC(2) of a person's mean over
 * the same people in the units that are shown and have none below them; all null below 100 such people. A hidden
 * unit's answers are in the first as those of a few among many, and not in the second.
 */
export const methodOf = (asked: Asked): Release['method'] => {
  const anchors = asked.items.filter(({ role }) => role === 'anchor');
  const complete = asked.respondents.flatMap(({ groups, answers }): readonly Complete[] => {
    const points = anchors.flatMap((item) => pointsOf(item, answers[item.id]) ?? []);
    return points.length === anchors.length ? [{ groups, points }] : [];
  });
  if (anchors.length === 0 || complete.length < fewestComplete)
    return { reliability: null, agreement: null };
  return {
    reliability: printed(reliability(crossSumsOf(complete.map(({ points }) => points)))),
    agreement: printed(agreement(unitSums(asked, complete))),
  };
};

/** Sums of people's means in each shown unit that has no unit below it; such units share nobody. */
const unitSums = ({ groups, cells }: Asked, complete: readonly Complete[]): readonly Sums[] => {
  const units = groups.filter(({ kind }) => kind === 'unit');
  const parents = new Set(units.map(({ parent }) => parent));
  const shown = new Set(
    cells.flatMap(({ unit, score, aspect, shown: isShown }) =>
      isShown && score === 'concern' && aspect === 'all' ? [unit] : [],
    ),
  );
  const leaves = new Set(
    units.flatMap(({ unit }) => (shown.has(unit) && !parents.has(unit) ? [unit] : [])),
  );
  const means = new Map<number, number[]>();
  for (const { groups: inGroups, points } of complete) {
    const leaf = inGroups.find((unit) => leaves.has(unit));
    if (leaf === undefined) continue;
    const own = means.get(leaf) ?? [];
    own.push(points.reduce((sum, point) => sum + point, 0) / points.length);
    means.set(leaf, own);
  }
  return [...means]
    .filter(([, own]) => own.length >= fewestRespondents)
    .sort(([a], [b]) => a - b)
    .map(([, own]) => sumsOf(own));
};

const printed = <T extends Readonly<Record<string, number>>>(figures: T | null): T | null =>
  figures === null
    ? null
    : (Object.fromEntries(
        Object.entries(figures).map(([name, value]) => [name, asPrinted(value)]),
      ) as T);
