/** The frozen release of a wave: the only source of every published pulse figure on any screen or message. */
import type { LocalDate } from '../clock.ts';
import { type Aspect, aspects } from '../content/schema.ts';

/** concern = "Kekhawatiran terhadap perubahan" (anchors); condition = "Hambatan kondisi". Both 1–5, higher is more. */
export const scores = ['concern', 'condition'] as const;
export type Score = (typeof scores)[number];

/** One published figure kind: a score over one aspect or over all five. */
export type Measure = { readonly score: Score; readonly aspect: Aspect | 'all' };

export const measures: readonly Measure[] = scores.flatMap((score) =>
  (['all', ...aspects] as const).map((aspect) => ({ score, aspect })),
);

/** few = fewer than six respondents; protect = shown, it would let a hidden cell be computed. */
export type HiddenReason = 'few' | 'protect';

/** A group of the wave: one unit with everything below it, as frozen at launch. */
export type Group = {
  readonly unit: number;
  readonly parent: number | null;
  readonly name: string;
  readonly levelLabel: string;
  readonly depth: number;
};

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
      /** 6–9, 10–19, 20–49, 50–99, 100–199, 200+ … */
      readonly band: string;
    }
  | { readonly shown: false; readonly hidden: HiddenReason }
);

export type Release = {
  readonly wave: string;
  readonly closedOn: LocalDate;
  readonly items: readonly string[];
  readonly groups: readonly Group[];
  readonly cells: readonly Cell[];
  /** Share of invited who answered, in bands of ten points, per group with ≥ 10 invited; else hidden. */
  readonly participation: readonly { readonly unit: number; readonly band: string | null }[];
  readonly audit: {
    readonly cells: number;
    readonly hiddenFew: number;
    readonly hiddenProtect: number;
    /** Combinations of published groups that the solver or rule tried. */
    readonly attacksTried: number;
    /** Ballots that could not be opened or belonged to no member; they count nowhere. */
    readonly unreadable: number;
  };
};
