/** Reading the frozen releases: pages, files and messages take their figures here and nowhere else. */
import type { LocalDate } from '../clock.ts';
import { sayIn } from '../content/say.ts';
import type { Aspect, Catalogue } from '../content/schema.ts';
import type { Language } from '../language.ts';
import { withinDepth } from './groups.ts';
import type {
  AnswerCell,
  Cell,
  ChangeCell,
  Group,
  HiddenReason,
  Measure,
  Participation,
  Release,
  Score,
} from './release.ts';
import { joins } from './waves/lines.ts';
import { sameItems } from './waves/same-items.ts';

export type ShownCell = Extract<Cell, { shown: true }>;

/** The cell of a group and measure; of a group the release does not name, one with too few answers. */
export const cellOf = (release: Release, unit: number, { score, aspect }: Measure): Cell =>
  indexOf(release).cells.get(unit)?.[score][aspect] ?? {
    unit,
    score,
    aspect,
    shown: false,
    hidden: absent(release, unit),
  };

/** How a group answered an item. */
export const answersOf = (release: Release, unit: number, item: string): AnswerCell =>
  indexOf(release).answers.get(`${unit} ${item}`) ?? {
    unit,
    item,
    shown: false,
    hidden: absent(release, unit),
  };

/** What became of a group's concern since an earlier wave; null where nothing can be compared. */
export const changeOf = (
  release: Release,
  unit: number,
  aspect: Aspect | 'all',
): ChangeCell | null => indexOf(release).changes.get(`${unit} ${aspect}`) ?? null;

/** How many of a group took part, as a band, or why it is not told. */
export const participationIn = (release: Release, unit: number): Participation => {
  const hidden = absent(release, unit);
  const told = release.participation.find((one) => one.unit === unit);
  return told === undefined || hidden === 'depth' ? { unit, band: null, hidden } : told;
};

/** A group of the wave, or undefined. */
export const groupOf = (release: Release, unit: number): Group | undefined =>
  indexOf(release).groups.get(unit);

/** The agency: the root of the units. */
export const agencyOf = ({ groups }: Pick<Release, 'groups'>): Group | undefined =>
  groups.find(({ kind, parent }) => kind === 'unit' && parent === null);

/** The groups that have figures, in tree order: units first, then grade bands. */
export const publishedGroups = ({ groups, depth }: Release): readonly Group[] =>
  withinDepth(groups, depth);

/** One wave of a trend; null leaves a gap in the line. */
export type TrendPoint = {
  readonly wave: string;
  readonly closedOn: LocalDate;
  readonly cell: ShownCell | null;
  /** Why there is none: hidden as such, or shown in its wave but not to be put in one line with later ones. */
  readonly gap: HiddenReason | 'apart' | null;
};

/**
 * A group's figure over the waves, in the order given. A line joins waves that asked the same, and groups of fewer
 * than 20 only where their members were the same or differed by five or more: else the line would show who came and
 * who left. `trendGroup` finds the level that carries one.
 */
export const trend = (
  releases: readonly Release[],
  unit: number,
  measure: Measure,
): readonly TrendPoint[] => {
  const points: TrendPoint[] = [];
  const line: { readonly release: Release; readonly cell: ShownCell }[] = [];
  for (const release of [...releases].reverse()) {
    const of = { wave: release.wave, closedOn: release.closedOn };
    const cell = cellOf(release, unit, measure);
    const joined =
      cell.shown &&
      line.every(
        (later) =>
          sameItems(later.release, release, measure) &&
          joins({ before: cell, after: later.cell }, later.release, release.wave),
      );
    if (cell.shown && joined) line.push({ release, cell });
    points.push(
      cell.shown && joined
        ? { ...of, cell, gap: null }
        : { ...of, cell: null, gap: cell.shown ? 'apart' : cell.hidden },
    );
  }
  return points.reverse();
};

/** The group, or the nearest one above it, whose latest figure may be put in one line with the one before. */
export const trendGroup = (
  releases: readonly Release[],
  unit: number,
  measure: Measure,
): Group | null => {
  const latest = releases.at(-1);
  if (latest === undefined) return null;
  return (
    upwards(latest, unit).find((group) => {
      const points = trend(releases, group.unit, measure);
      const before = points
        .slice(0, -1)
        .filter(({ cell, gap }) => cell !== null || gap === 'apart');
      return points.at(-1)?.cell !== null && before.at(-1)?.gap !== 'apart';
    }) ?? null
  );
};

/** Why another unit's figures stand for a unit's: its own are hidden, or the wave was launched before it was there. */
export type StandInReason = HiddenReason | 'new';

export type Nearest = {
  readonly group: Group;
  readonly cell: ShownCell;
  /** Why the asked unit itself is not shown; null when it is the one shown. */
  readonly hidden: StandInReason | null;
};

/** The unit above, in today's tree; null at the root. */
export type ParentOf = (unit: number) => number | null;

/** Concern of the unit, or of the first unit above whose figure is shown; null when all are hidden. */
export const nearestShown = (
  release: Release,
  unit: number,
  parentOf: ParentOf,
): Nearest | null => {
  const measure = { score: 'concern', aspect: 'all' } as const;
  const known = knownUnit(release, unit, parentOf);
  if (known === null) return null;
  const own = cellOf(release, known, measure);
  const hidden = known !== unit ? 'new' : own.shown ? null : own.hidden;
  for (const group of upwards(release, known)) {
    const cell = cellOf(release, group.unit, measure);
    if (cell.shown) return { group, cell, hidden };
  }
  return null;
};

/** Why a figure is not shown, in the product's decided words. */
export const hiddenWords = (
  catalogue: Pick<Catalogue, 'messages'>,
  reason: StandInReason,
  language: Language,
): string => sayIn(catalogue, language)(`pulse.hidden.${reason}`);

/** The unit, or the first above it in today's tree, that the release knows; null where it knows none. */
const knownUnit = (release: Release, unit: number, parentOf: ParentOf): number | null => {
  const passed = new Set<number>();
  let at: number | null = unit;
  while (at !== null && !passed.has(at)) {
    if (groupOf(release, at) !== undefined) return at;
    passed.add(at);
    at = parentOf(at);
  }
  return null;
};

/** The unit and every unit above it, nearest first; empty for a unit the release does not know. */
export const upwards = (release: Release, unit: number): readonly Group[] => {
  const chain: Group[] = [];
  let at = groupOf(release, unit);
  while (at !== undefined && !chain.includes(at)) {
    chain.push(at);
    at = at.parent === null ? undefined : groupOf(release, at.parent);
  }
  return chain;
};

const absent = (release: Release, unit: number): HiddenReason => {
  const group = groupOf(release, unit);
  return group === undefined || withinDepth([group], release.depth).length > 0 ? 'few' : 'depth';
};

type Index = {
  readonly cells: ReadonlyMap<number, Row>;
  readonly answers: ReadonlyMap<string, AnswerCell>;
  readonly changes: ReadonlyMap<string, ChangeCell>;
  readonly groups: ReadonlyMap<number, Group>;
};

/** The cells of one group. */
type Row = Readonly<Record<Score, Partial<Record<Aspect | 'all', Cell>>>>;

const rowsOf = (cells: readonly Cell[]): ReadonlyMap<number, Row> => {
  const rows = new Map<number, Row>();
  for (const cell of cells) {
    const row = rows.get(cell.unit) ?? { concern: {}, condition: {} };
    row[cell.score][cell.aspect] = cell;
    rows.set(cell.unit, row);
  }
  return rows;
};

/** A release never changes, so its index is made once. */
const indexes = new WeakMap<Release, Index>();

const indexOf = (release: Release): Index => {
  const known = indexes.get(release);
  if (known !== undefined) return known;
  const index: Index = {
    cells: rowsOf(release.cells),
    answers: new Map(release.answers.map((cell) => [`${cell.unit} ${cell.item}`, cell])),
    changes: new Map(release.changes.map((cell) => [`${cell.unit} ${cell.aspect}`, cell])),
    groups: new Map(release.groups.map((group) => [group.unit, group])),
  };
  indexes.set(release, index);
  return index;
};
