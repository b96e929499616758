/** Reading the frozen releases: pages and messages take their figures here and nowhere else. */
import type { LocalDate } from '../clock.ts';
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import type { Language } from '../language.ts';
import type { Cell, Group, HiddenReason, Measure, Release } from './release.ts';

export type ShownCell = Extract<Cell, { shown: true }>;

/** The cell of a unit and measure; a unit the release does not name has too few answers. */
export const cellOf = (release: Release, unit: number, { score, aspect }: Measure): Cell =>
  release.cells.find(
    (cell) => cell.unit === unit && cell.score === score && cell.aspect === aspect,
  ) ?? { unit, score, aspect, shown: false, hidden: 'few' };

/** One wave of a trend; null leaves a gap in the line. */
export type TrendPoint = {
  readonly wave: string;
  readonly closedOn: LocalDate;
  readonly cell: ShownCell | null;
};

/**
 * A unit's figure over the waves, in the order given. Hidden cells are gaps, and so are cells of fewer than 20
 * respondents: there a line would mostly show who came and who left. `trendGroup` finds the level that carries one.
 */
export const trend = (
  releases: readonly Release[],
  unit: number,
  measure: Measure,
): readonly TrendPoint[] =>
  releases.map((release) => {
    const cell = cellOf(release, unit, measure);
    const carries = cell.shown && !smallBands.has(cell.band);
    return { wave: release.wave, closedOn: release.closedOn, cell: carries ? cell : null };
  });

/** The unit, or the nearest one above it, whose latest figure carries a trend; null when none does. */
export const trendGroup = (
  releases: readonly Release[],
  unit: number,
  measure: Measure,
): Group | null => {
  const latest = releases.at(-1);
  if (latest === undefined) return null;
  const groups = upwards(latest, unit);
  return groups.find((group) => trend(releases, group.unit, measure).at(-1)?.cell !== null) ?? null;
};

/** Bands below 20 respondents. */
const smallBands: ReadonlySet<string> = new Set(['6–9', '10–19']);

export type Nearest = {
  readonly group: Group;
  readonly cell: ShownCell;
  /** Why the asked unit itself is hidden; null when it is the one shown. */
  readonly hidden: HiddenReason | null;
};

/** The unit's cell, or that of the first unit above whose cell is shown; null when all are hidden. */
export const nearestShown = (
  release: Release,
  unit: number,
  measure: Measure = { score: 'concern', aspect: 'all' },
): Nearest | null => {
  const own = cellOf(release, unit, measure);
  for (const group of upwards(release, unit)) {
    const cell = cellOf(release, group.unit, measure);
    if (cell.shown) return { group, cell, hidden: own.shown ? null : own.hidden };
  }
  return null;
};

/** Why a figure is not shown, in the product's decided words. */
export const hiddenWords = (
  catalogue: Pick<Catalogue, 'messages'>,
  reason: HiddenReason,
  language: Language,
): string => sayIn(catalogue, language)(`pulse.hidden.${reason}`);

/** The unit and every unit above it, nearest first; empty for a unit the release does not know. */
const upwards = (release: Release, unit: number): readonly Group[] => {
  const byUnit = new Map(release.groups.map((group) => [group.unit, group]));
  const chain: Group[] = [];
  let at = byUnit.get(unit);
  while (at !== undefined && !chain.includes(at)) {
    chain.push(at);
    at = at.parent === null ? undefined : byUnit.get(at.parent);
  }
  return chain;
};
