/** From answers to the cells of a release: every group × measure, shown or hidden with its reason. */
import { type Aspect, aspects, type Item } from '../content/schema.ts';
import type { Answers } from '../survey/ballot/ballot.ts';
import { type PersonScore, scoreOfRole, scorePerson } from '../survey/scoring.ts';
import { answerCells, countsBehind, countsTold } from './answers.ts';
import type { Attack } from './attack/attack.ts';
import type { Members } from './attack/lattice.ts';
import { type Counts, countPerGroup, sumsOfCounts } from './counts.ts';
import { audited } from './disclosure/audit.ts';
import type { Untold } from './disclosure/untold.ts';
import {
  type AnswerCell,
  type Cell,
  type Group,
  type HiddenReason,
  type Score,
  scores,
} from './release.ts';
import { widestVariance } from './statistics/mean.ts';
import { type Moments, momentsOf } from './statistics/moments.ts';
import {
  coded,
  codedBelow,
  countBand,
  meanOfEstimates,
  meanOfMoments,
  publishedMean,
} from './statistics/published.ts';

/** A respondent without a name: the groups counted in, and the answers given. */
export type Respondent = { readonly groups: readonly number[]; readonly answers: Answers };

export type Survey = {
  /** Groups within the wave's depth. */
  readonly groups: readonly Group[];
  readonly items: readonly Item[];
  readonly respondents: readonly Respondent[];
  /** Invited members per group, and by the groups they are in. */
  readonly invited: ReadonlyMap<number, number>;
  readonly places: readonly Members[];
  /** Groups of which nothing is told, whoever answered. */
  readonly untold: Untold;
  readonly attack: Attack;
};

/** What a later wave may be compared with: the coded moments of a shown figure of concern. */
export type ShownMoments = Moments & { readonly unit: number; readonly aspect: Aspect | 'all' };

export type Cells = {
  readonly cells: readonly Cell[];
  readonly answers: readonly AnswerCell[];
  readonly moments: readonly ShownMoments[];
  readonly systems: number;
  readonly undecided: number;
  /** Shown aspect figures that one accomplice would endanger. */
  readonly accomplice: number;
};

/** A cell with what it was made from; neither count nor moments are published. */
type Counted = { readonly cell: Cell; readonly n: number; readonly moments: Moments | null };

/**
 * Every cell. What the members alone hide is hidden first; then the aspects of a score are audited each over its own
 * respondents; one answered item is enough for an aspect. "All" is the mean of the published aspect figures: computed from answers it would be one more equation
 * linking the aspects, and with partial answers it would give away a person who answered one aspect alone. For the
 * same reason an item has a cell of its own only where it is the one item of its score and aspect, as in every form
 * of five anchors and five conditions: its base then is the aspect's.
 */
export const computeCells = (survey: Survey): Cells => {
  const scored = survey.respondents.map(({ groups, answers }) => ({
    groups,
    answers,
    scores: scorePerson(survey.items, answers),
  }));
  const parts = scores.flatMap((score) => {
    const asked = aspects.filter((aspect) => itemsOf(survey.items, score, aspect).length > 0);
    const found = asked.map((aspect) => aspectPart(survey, scored, { score, aspect }));
    return [allPart(survey.groups, score, found), ...found];
  });
  const counted = parts.flatMap((part) => part.counted);
  return {
    cells: counted.map(({ cell }) => cell),
    answers: parts.flatMap((part) => part.answers),
    moments: counted.flatMap(({ cell, moments }) =>
      moments !== null && cell.score === 'concern'
        ? [{ unit: cell.unit, aspect: cell.aspect, ...moments }]
        : [],
    ),
    systems: total(parts.map((part) => part.systems)),
    undecided: total(parts.map((part) => part.undecided)),
    accomplice: total(parts.map((part) => part.accomplice)),
  };
};

type Scored = Respondent & { readonly scores: readonly PersonScore[] };

type Part = {
  readonly counted: readonly Counted[];
  readonly answers: readonly AnswerCell[];
  readonly systems: number;
  readonly undecided: number;
  readonly accomplice: number;
};

const itemsOf = (items: readonly Item[], score: Score, aspect: Aspect): readonly Item[] =>
  items.filter((item) => item.aspect === aspect && scoreOfRole[item.role] === score);

const aspectPart = (
  { groups, items, invited, places, untold, attack }: Survey,
  scored: readonly Scored[],
  { score, aspect }: { readonly score: Score; readonly aspect: Aspect },
): Part => {
  const given = scored.flatMap((one) => {
    const found = one.scores.find((each) => each.score === score && each.aspect === aspect);
    return found === undefined ? [] : [{ groups: one.groups, value: found.value }];
  });
  const counts = countPerGroup(given);
  const respondents = given.map((one) => one.groups);
  const { means, spreads, accomplice } = audited({ groups, respondents, places, attack }, untold);
  const [item = null, ...more] = itemsOf(items, score, aspect);
  const only = more.length === 0 ? item : null;
  const counted = groups.map(({ unit }) =>
    countedCell({ unit, score, aspect }, counts.get(unit) ?? new Map(), {
      hidden: means.hidden.get(unit),
      invited: invited.get(unit) ?? 0,
      spreadTold: !spreads.hidden.has(unit),
      pointsTold: only !== null,
    }),
  );
  return {
    counted,
    answers:
      only === null
        ? []
        : answerCells({ item: only.id, groups, hidden: spreads.hidden, counts, invited }),
    systems: means.systems + spreads.systems,
    undecided: means.undecided + spreads.undecided,
    accomplice,
  };
};

type Of = Pick<Cell, 'unit' | 'score' | 'aspect'>;

const countedCell = (
  of: Of,
  counts: Counts,
  {
    hidden,
    invited,
    ...told
  }: Told & { readonly hidden: HiddenReason | undefined; readonly invited: number },
): Counted => {
  const { n } = sumsOfCounts(counts);
  if (hidden !== undefined) return { cell: { ...of, shown: false, hidden }, n, moments: null };
  const { moments, behind } = momentsTold(counts, told);
  const cell = {
    ...of,
    shown: true,
    ...publishedMean(moments, invited, behind),
    band: countBand(n),
  } as const;
  return { cell, n, moments: coded(moments) };
};

/** Whether how a group's answers spread is told, and whether points stand beside the mean. */
type Told = { readonly spreadTold: boolean; readonly pointsTold: boolean };

/**
 * The moments of a shown figure, before `coded`, and of other answers told alike. Where the spread is not told the
 * variance is the largest possible. From ten to nineteen respondents they are those of the points as told; a mean over
 * several items, which has none beside it, tells no spread there: the two together can leave one answer sheet alone.
 */
const momentsTold = (
  counts: Counts,
  { spreadTold, pointsTold }: Told,
): { readonly moments: Moments; readonly behind: readonly Moments[] } => {
  const moments = momentsOf(sumsOfCounts(counts));
  const large = moments.n >= codedBelow;
  if (!spreadTold || (!large && !pointsTold))
    return { moments: { ...moments, variance: widestVariance(moments.n) }, behind: [] };
  if (large) return { moments, behind: [] };
  return {
    moments: momentsOf(sumsOfCounts(countsTold(counts))),
    behind: countsBehind(counts).map((one) => momentsOf(sumsOfCounts(one))),
  };
};

/** Shown when every asked aspect is; its band is that of the fewest respondents. */
const allPart = (groups: readonly Group[], score: Score, parts: readonly Part[]): Part => {
  const byUnit = new Map<number, Counted[]>(groups.map(({ unit }) => [unit, []]));
  for (const { counted } of parts) for (const one of counted) byUnit.get(one.cell.unit)?.push(one);
  const counted =
    parts.length === 0
      ? []
      : [...byUnit].map(([unit, own]) => allCell({ unit, score, aspect: 'all' }, own));
  return { counted, answers: [], systems: 0, undecided: 0, accomplice: 0 };
};

const allCell = (of: Of, parts: readonly Counted[]): Counted => {
  const n = Math.min(...parts.map((part) => part.n));
  const hidden = parts.flatMap(({ cell }) => (cell.shown ? [] : [cell.hidden]));
  if (hidden.length > 0) {
    const reason = (['small', 'few'] as const).find((one) => hidden.includes(one)) ?? 'protect';
    return { cell: { ...of, shown: false, hidden: reason }, n, moments: null };
  }
  const estimate = meanOfEstimates(parts.flatMap(({ cell }) => (cell.shown ? [cell] : [])));
  return {
    cell: { ...of, shown: true, ...estimate, band: countBand(n) },
    n,
    moments: meanOfMoments(parts.flatMap(({ moments }) => (moments === null ? [] : [moments]))),
  };
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
