/** What a release tells of its own protection beyond what it hides. */

import { fewestRespondents } from '../threshold.ts';
import { type Question, type Suppression, suppress } from './disclosure.ts';

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
