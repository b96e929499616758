/** From scores to the cells of a release: every group × measure, shown or hidden with its reason. */
import { type Aspect, aspects } from '../content/schema.ts';
import type { Attack } from './attack.ts';
import { suppress } from './disclosure.ts';
import { type Cell, type Group, type HiddenReason, type Score, scores } from './release.ts';
import { countBand, meanOfEstimates, publishedMean } from './statistics.ts';

/** A respondent without a name: the groups counted in, and the scores given (a missing one is left out). */
export type Respondent = {
  readonly groups: readonly number[];
  readonly scores: readonly {
    readonly score: Score;
    readonly aspect: Aspect;
    readonly value: number;
  }[];
};

type Question = {
  readonly groups: readonly Group[];
  readonly respondents: readonly Respondent[];
  /** Invited members per group. */
  readonly invited: ReadonlyMap<number, number>;
  readonly attack: Attack;
};

/** A cell that still knows its count, which is never published. */
type Counted = { readonly cell: Cell; readonly n: number };

/**
 * Every cell. The five aspects of a score are audited each over its own respondents. "All" is the mean of the five
 * published aspect figures: computed from answers it would be one more equation linking the aspects, and with
 * partial answers it would give away a person who answered one aspect alone.
 */
export const computeCells = (
  question: Question,
): { readonly cells: readonly Cell[]; readonly systems: number } => {
  let systems = 0;
  const cells = scores.flatMap((score) => {
    const parts = aspects.map((aspect) => {
      const part = aspectCells(question, score, aspect);
      systems += part.systems;
      return part.cells;
    });
    const all = question.groups.map(({ unit }) =>
      allCell(
        unit,
        score,
        parts.flatMap((part) => part.filter(({ cell }) => cell.unit === unit)),
      ),
    );
    return [...all, ...parts.flat().map(({ cell }) => cell)];
  });
  return { cells, systems };
};

const aspectCells = (
  { groups, respondents, invited, attack }: Question,
  score: Score,
  aspect: Aspect,
): { readonly cells: readonly Counted[]; readonly systems: number } => {
  const given = respondents.flatMap((respondent) => {
    const found = respondent.scores.find((one) => one.score === score && one.aspect === aspect);
    return found === undefined ? [] : [{ groups: respondent.groups, value: found.value }];
  });
  const { hidden, systems } = suppress({
    groups,
    respondents: given.map((one) => one.groups),
    attack,
  });
  const cells = groups.map(({ unit }): Counted => {
    const values = given.filter((one) => one.groups.includes(unit)).map(({ value }) => value);
    const of = { unit, score, aspect };
    const reason = hidden.get(unit);
    if (reason !== undefined) return { cell: hiddenCell(of, reason), n: values.length };
    const estimate = publishedMean(values, invited.get(unit) ?? values.length);
    const cell = { ...of, shown: true as const, ...estimate, band: countBand(values.length) };
    return { cell, n: values.length };
  });
  return { cells, systems };
};

/** Shown when all five aspects are; its band is that of the fewest respondents. */
const allCell = (unit: number, score: Score, parts: readonly Counted[]): Cell => {
  const of = { unit, score, aspect: 'all' as const };
  const hidden = parts.flatMap(({ cell }) => (cell.shown ? [] : [cell.hidden]));
  if (hidden.length > 0) return hiddenCell(of, hidden.includes('few') ? 'few' : 'protect');
  const shown = parts.flatMap(({ cell }) => (cell.shown ? [cell] : []));
  return {
    ...of,
    shown: true,
    ...meanOfEstimates(shown),
    band: countBand(Math.min(...parts.map(({ n }) => n))),
  };
};

const hiddenCell = (of: Pick<Cell, 'unit' | 'score' | 'aspect'>, hidden: HiddenReason): Cell => ({
  ...of,
  shown: false,
  hidden,
});
