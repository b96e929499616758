/** The frozen release of a wave: the only source of every published pulse figure on any screen, file or message. */
import type { LocalDate } from '../clock.ts';
import { type Aspect, aspects } from '../content/schema.ts';
import type { Change } from './statistics/change.ts';
import type { Agreement } from './statistics/measurement/agreement.ts';
import type { Reliability } from './statistics/measurement/reliability.ts';
import type { Share } from './statistics/published.ts';

/** concern = "Kekhawatiran terhadap perubahan" (anchors); condition = "Hambatan kondisi". Both 1–5, higher is more. */
export const scores = ['concern', 'condition'] as const;
export type Score = (typeof scores)[number];

/** One published figure kind: a score over one aspect or over all that were asked. */
export type Measure = { readonly score: Score; readonly aspect: Aspect | 'all' };

export const measures: readonly Measure[] = scores.flatMap((score) =>
  (['all', ...aspects] as const).map((aspect) => ({ score, aspect })),
);

/**
 * small = fewer than ten invited; few = fewer than six respondents (ten for answers); protect = shown, it would let
 * something of a few people be computed; depth = the wave publishes larger groups only, so that no cell is kept at all.
 */
export type HiddenReason = 'small' | 'few' | 'protect' | 'depth';

/** How far down a wave publishes: the agency, its directorates (the units right below it), or every unit. */
export const depths = ['agency', 'directorates', 'units'] as const;
export type Depth = (typeof depths)[number];

/**
 * A group of the wave, as frozen at launch: a unit with everything below it, or a grade band of the agency or of one
 * directorate. `unit` is the group's id: the unit's own, below zero for a grade band.
 */
export type Group = {
  readonly unit: number;
  /** The group one level up; null at the root. */
  readonly parent: number | null;
  readonly kind: 'unit' | 'grade';
  readonly name: string;
  /** What the unit's level is called; empty for a grade band. */
  readonly levelLabel: string;
  /** Levels below the root; of a grade band 0 over the agency and 1 in a directorate. */
  readonly depth: number;
};

/** An item of the wave; score and aspect are null in releases of version 1, which did not keep them. */
export type AskedItem = {
  readonly id: string;
  readonly score: Score | null;
  readonly aspect: Aspect | null;
};

type Hidden = { readonly shown: false; readonly hidden: HiddenReason };

export type Cell = {
  readonly unit: number;
  readonly score: Score;
  readonly aspect: Aspect | 'all';
} & (
  | {
      readonly shown: true;
      readonly mean: number;
      /** 95 % interval. */
      readonly low: number;
      readonly high: number;
      /** 6–9, 10–19, 20–49, 50–99, 100–199, … */
      readonly band: string;
    }
  | Hidden
);

/** How a group answered one item; shown from ten respondents on. Its mean is that of the item's score and aspect. */
export type AnswerCell = { readonly unit: number; readonly item: string } & (
  | {
      readonly shown: true;
      readonly band: string;
      /** Share of answers that stand for little concern or few obstacles. */
      readonly favourable: Share;
      /** Shares of the five points, least concern or obstacle first; reversed items are turned round. */
      readonly points: readonly number[];
    }
  | Hidden
);

/** What became of a group's concern since an earlier wave; judged once, over the whole release. */
export type ChangeCell = Change & {
  readonly unit: number;
  readonly aspect: Aspect | 'all';
  /** The wave compared with. */
  readonly since: string;
};

/** Earlier waves in which a group's members were the same, or differed by five or more. */
export type Line = { readonly unit: number; readonly waves: readonly string[] };

/** How many of a group's invited answered, in a band of ten points, or why it is not told; an old one has no reason. */
export type Participation = {
  readonly unit: number;
  readonly band: string | null;
  readonly hidden?: HiddenReason;
};

/** Comments of a group by theme, shuffled, beside no score. */
export type CommentList = {
  readonly unit: number;
  readonly themes: readonly { readonly theme: string; readonly comments: readonly string[] }[];
};

export type Audit = {
  readonly cells: number;
  /** Of a group too small, or of too few respondents. */
  readonly hiddenFew: number;
  readonly hiddenProtect: number;
  /** Systems of equations that the attack examined. */
  readonly attacksTried: number;
  /** Systems the solver gave up on; each was taken as a leak. Null in releases of version 1. */
  readonly undecided: number | null;
  /** Aspect figures that would be hidden, too, if one accomplice gave away the own answer; null = not examined. */
  readonly accomplice: number | null;
  /** Ballots that could not be opened or belonged to no member; they count nowhere. */
  readonly unreadable: number;
};

export type Release = {
  /** 1: units alone, means alone. 2: everything below. */
  readonly version: 1 | 2;
  readonly wave: string;
  readonly closedOn: LocalDate;
  readonly depth: Depth;
  readonly items: readonly AskedItem[];
  /** Every group of the wave; cells exist for those within its depth. */
  readonly groups: readonly Group[];
  readonly cells: readonly Cell[];
  readonly answers: readonly AnswerCell[];
  readonly changes: readonly ChangeCell[];
  readonly lines: readonly Line[];
  /** Of every group within the depth. */
  readonly participation: readonly Participation[];
  /** Of the whole agency from 100 respondents on, else null. */
  readonly method: {
    readonly reliability: Reliability | null;
    readonly agreement: Agreement | null;
  };
  readonly comments?: readonly CommentList[];
  readonly audit: Audit;
};
