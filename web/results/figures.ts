/** What pages say of a release's groups and figures. */
import { aspects } from '../../core/content/schema.ts';
import { cellOf, groupOf, publishedGroups, type ShownCell } from '../../core/results/read.ts';
import type { Group, Measure, Release, Score } from '../../core/results/release.ts';
import { areSetara } from '../../core/results/statistics/interval.ts';

/** A group's name; a grade band is told in words, and that of a directorate starts with the directorate. */
export const groupName = (release: Release, { kind, depth, parent, name }: Group): string => {
  if (kind === 'unit') return name;
  const above = depth > 0 && parent !== null ? groupOf(release, parent) : undefined;
  const words = bandName(name);
  return above === undefined ? words : `${above.name} · ${words}`;
};

/** `ahli-madya` → `Ahli madya`: the roster holds codes. */
const bandName = (code: string): string => {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The published groups at and below one; all of them for the root or null. Grade bands come with their directorate. */
export const groupsBelow = (release: Release, unit: number | null): readonly Group[] => {
  const published = publishedGroups(release);
  const top = unit === null ? undefined : groupOf(release, unit);
  if (top === undefined || top.parent === null) return published;
  const inside = new Set([top.unit]);
  return published.filter((group) => {
    const belongs = inside.has(group.unit) || (group.parent !== null && inside.has(group.parent));
    if (belongs) inside.add(group.unit);
    return belongs;
  });
};

/** What a score asked in this wave: "all", then the aspects in order. Waves of version 1 asked every aspect. */
export const askedAspects = (release: Release, score: Score): readonly Measure['aspect'][] => {
  const asked = aspects.filter((aspect) =>
    release.items.some(
      (item) => item.score === null || (item.score === score && item.aspect === aspect),
    ),
  );
  return asked.length === 0 ? [] : ['all', ...asked];
};

/** Aspects on a par with the highest shown mean, in the questionnaire's order: they may not be ranked. */
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
  return shown.flatMap(({ aspect, cell }) =>
    top !== null && areSetara(cell, top) ? [aspect] : [],
  );
};
