/** The audit of one measure over those who answered it, and what it tells of its own protection. */

import { fewestForAnswers, fewestRespondents } from '../threshold.ts';
import { type Question, type Suppression, suppress } from './disclosure.ts';
import type { Untold } from './untold.ts';

/** What is hidden of a measure's means, and of how answers spread round them. */
export type Audited = {
  readonly means: Suppression;
  readonly spreads: Suppression;
  /** Shown means that one accomplice would endanger. */
  readonly accomplice: number;
};

/**
 * What is hidden of the means of a measure and, besides, of how answers spread round them. Points and intervals tell
 * the count, the sum and the sum of squares of a group; of six to nine people whom two groups leave over these are
 * often all their answers. So no combination of groups whose spread is told leaves fewer than ten respondents.
 */
export const audited = (question: Question, untold: Untold): Audited => {
  const open = (hidden: Untold): Question => ({
    ...question,
    groups: question.groups.filter(({ unit }) => !hidden.has(unit)),
  });
  const told = open(untold);
  const found = suppress(told);
  const means = new Map([...untold, ...found.hidden]);
  const spreads = suppress(open(means), fewestForAnswers);
  return {
    means: { ...found, hidden: means },
    spreads: { ...spreads, hidden: new Map([...means, ...spreads.hidden]) },
    accomplice: accompliceRisk(told, found, { accomplices: 1 }),
  };
};

/**
 * Accomplice risk of a measure: how many of its shown groups would have to be hidden, too, were so many respondents to
 * tell a reader their own answers, for every combination to rest on five others still. Reported, not prevented:
 * nobody knows who conspires, and a group of six would never be shown.
 */
export const accompliceRisk = (
  question: Question,
  { hidden }: Pick<Suppression, 'hidden'>,
  { accomplices }: { readonly accomplices: number },
): number => {
  const shown = question.groups.filter(({ unit }) => !hidden.has(unit));
  return suppress({ ...question, groups: shown }, fewestRespondents + accomplices).hidden.size;
};
