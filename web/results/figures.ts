/** Reading the frozen releases: one cell, one change, units in the order of their tree. */
import { aspects } from '../../core/content/schema.ts';
import { cellOf, type ShownCell } from '../../core/results/read.ts';
import type { Group, Release, Score } from '../../core/results/release.ts';

/** Units depth first, so that each stands under its parent; siblings keep the release's order. */
export const inTreeOrder = (groups: readonly Group[]): readonly Group[] => {
  const known = new Set(groups.map(({ unit }) => unit));
  const below = (parent: number | null): readonly Group[] =>
    groups
      .filter((group) => parentOf(group, known) === parent)
      .flatMap((group) => [group, ...below(group.unit)]);
  return below(null);
};

/** The topmost unit of a release: the agency. */
export const agencyOf = (release: Release): Group | undefined => inTreeOrder(release.groups)[0];

/** Participation band of a unit, null when it is hidden. */
export const participationOf = (release: Release, unit: number): string | null =>
  release.participation.find((share) => share.unit === unit)?.band ?? null;

/** `unclear`: the 95 % interval of the difference holds zero, so no direction may be told. */
export type Change =
  | {
      readonly kind: 'up' | 'down';
      readonly by: number;
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: 'unclear' };

/**
 * The difference of two waves' means. The waves are taken as independent, which for partly the same
 * people overstates the interval: a change is called clear too rarely rather than too often.
 */
export const changeBetween = (before: ShownCell, after: ShownCell): Change => {
  const by = after.mean - before.mean;
  const half = Math.hypot(halfWidth(before), halfWidth(after));
  if (Math.abs(by) <= half) return { kind: 'unclear' };
  return { kind: by > 0 ? 'up' : 'down', by, low: by - half, high: by + half };
};

/** Aspects whose interval reaches the highest shown mean: they are on a par and may not be ranked. */
export const highestAspects = (
  release: Release,
  unit: number,
  score: Score,
): readonly (typeof aspects)[number][] => {
  const shown = aspects.flatMap((aspect) => {
    const cell = cellOf(release, unit, { score, aspect });
    return cell.shown ? [{ aspect, cell }] : [];
  });
  const top = shown.reduce<ShownCell | null>(
    (best, { cell }) => (best === null || cell.mean > best.mean ? cell : best),
    null,
  );
  if (top === null) return [];
  return shown
    .filter(({ cell }) => cell.high >= top.low)
    .sort((a, b) => b.cell.mean - a.cell.mean)
    .map(({ aspect }) => aspect);
};

const halfWidth = ({ low, high }: ShownCell): number => (high - low) / 2;

const parentOf = (group: Group, known: ReadonlySet<number>): number | null =>
  group.parent !== null && known.has(group.parent) ? group.parent : null;
