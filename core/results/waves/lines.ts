/** Which earlier waves a group's figure may be put in one line with. */
import type { Cell, Group, Line, Release } from '../release.ts';
import type { Earlier } from './basis.ts';
import { membersApart, type Roll, toldApart } from './membership.ts';

/**
 * Per group the earlier waves in which its members were the same, or differed by five or more: a change of fewer
 * would show, through the change of the figure, what those few had answered. Sums made under another key tell nothing of
 * who changed, so such a wave is joined with none.
 */
export const linesOf = (
  groups: readonly Group[],
  roll: Roll,
  earlier: readonly Earlier[],
): readonly Line[] => {
  const sums = earlier.map(({ release, basis }) => ({
    wave: release.wave,
    members: new Map(
      basis?.madeUnder === roll.madeUnder ? basis.members.map((one) => [one.unit, one.sums]) : [],
    ),
  }));
  return groups.flatMap(({ unit }) => {
    const own = roll.sums.get(unit);
    if (own === undefined) return [];
    const waves = sums.flatMap(({ wave, members: before }) => {
      const known = before.get(unit);
      if (known === undefined) return [];
      const apart = membersApart(known, own);
      return apart === 0 || apart >= toldApart ? [wave] : [];
    });
    return waves.length === 0 ? [] : [{ unit, waves }];
  });
};

/** Bands below 20 respondents. */
const smallBands: ReadonlySet<string> = new Set(['6–9', '10–19']);

/** Groups of 20 and more stand in one line always, smaller ones only where `lines` of the later release says so. */
export const joins = (
  { before, after }: { readonly before: Cell; readonly after: Cell },
  later: Pick<Release, 'lines'>,
  earlierWave: string,
): boolean => {
  if (!before.shown || !after.shown) return false;
  if (!smallBands.has(before.band) && !smallBands.has(after.band)) return true;
  return later.lines.some(({ unit, waves }) => unit === after.unit && waves.includes(earlierWave));
};
