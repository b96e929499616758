/** The comments of a wave as they are published: nobody's, beside no figure, each in one scope of ten or more. */
import { randomInt } from 'node:crypto';
import type { CommentList, Group } from '../../results/release.ts';
import { type Keywords, themes, themesOf } from './themes.ts';

/** Fewest people whose comments are shown together; stricter than ten respondents. */
export const fewestComments = 10;

/** A scrubbed comment and the groups of whoever wrote it. */
export type Written = { readonly groups: readonly number[]; readonly comment: string };

/**
 * The comments by scope and theme, shuffled. Scopes share no comment, so that no list minus another leaves a few: a
 * directorate with ten writers has its own, everybody else is in the agency's, and where those would be fewer than ten
 * the smallest directorates join them. Who has a list depends on counts alone.
 */
export const releaseComments = (
  groups: readonly Group[],
  written: readonly Written[],
  keywords: Keywords,
): readonly CommentList[] =>
  scopesOf(groups, written).map(({ unit, comments }) => {
    const mixed = shuffled(comments);
    const found = themesOf(mixed, keywords);
    return {
      unit,
      themes: themes.flatMap((theme) => {
        const own = mixed.filter((_, at) => found[at] === theme);
        return own.length === 0 ? [] : [{ theme, comments: own }];
      }),
    };
  });

type Scope = { readonly unit: number; readonly comments: readonly string[] };

const scopesOf = (groups: readonly Group[], written: readonly Written[]): readonly Scope[] => {
  const units = groups.filter(({ kind }) => kind === 'unit');
  const roots = units.filter(({ depth }) => depth === 0).map(({ unit }) => unit);
  const place = (unit: number): number => units.findIndex((group) => group.unit === unit);
  return roots
    .flatMap((root) => scopesBelow(root, units, ofGroup(written, root)))
    .sort((a, b) => place(a.unit) - place(b.unit));
};

const scopesBelow = (
  root: number,
  units: readonly Group[],
  written: readonly Written[],
): readonly Scope[] => {
  const directorates = units
    .filter(({ parent }) => parent === root)
    .map(({ unit }) => ({ unit, comments: ofGroup(written, unit).map(({ comment }) => comment) }))
    .sort((a, b) => a.comments.length - b.comments.length);
  const inSome = new Set(directorates.map(({ unit }) => unit));
  const rest = written.filter((one) => !one.groups.some((unit) => inSome.has(unit)));
  const agency = rest.map(({ comment }) => comment);
  const own: Scope[] = [];
  for (const scope of directorates) {
    const few = scope.comments.length < fewestComments;
    if (few || (agency.length > 0 && agency.length < fewestComments))
      agency.push(...scope.comments);
    else own.push(scope);
  }
  return agency.length < fewestComments ? own : [{ unit: root, comments: agency }, ...own];
};

const ofGroup = (written: readonly Written[], unit: number): readonly Written[] =>
  written.filter(({ groups }) => groups.includes(unit));

/** Fisher and Yates, with the machine's own randomness: the order tells nothing of who came when. */
const shuffled = <T>(list: readonly T[]): readonly T[] => {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
};
