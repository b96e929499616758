/** Letters of what people read: none that nobody sees, none that was lost, and not only signs. */
import { numberOf } from '../errors.ts';

/** What is wrong with a text's letters, in the words of a fault. */
type Wrong = { readonly found: string; readonly allowed: string };

/** What a decoder puts where it could not read a letter, and half of a letter. */
const lost = /[\ufffd\p{Surrogate}]/u;

/**
 * Lost letters, controls, marks that turn the direction of writing, and signs without a width: a message loses some of
 * them on its way, and the others hide a word from the checks. A variation selector behind a pictograph chooses its look.
 */
const unfit =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)(?![\t\n])[\ufffd\p{Surrogate}\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}]/u;

/** Null for a text that says something to whoever reads it. */
export const wrongLetters = (text: string): Wrong | null => {
  const sign = unfit.exec(text);
  if (sign !== null) {
    const allowed = lost.test(sign[0]) ? 'the letter itself' : 'signs that a reader sees';
    return { found: placeOf(text, sign), allowed };
  }
  return /[\p{L}\p{N}]/u.test(text)
    ? null
    : { found: text.slice(0, 60), allowed: 'a text with a letter or a digit' };
};

/** The sign by its number, since it cannot be seen, and what stands before it. */
const placeOf = (text: string, { 0: sign, index }: RegExpExecArray): string => {
  const before = text.slice(Math.max(0, index - 30), index);
  return before === ''
    ? `${numberOf(sign)} at the beginning`
    : `${numberOf(sign)} behind ${before}`;
};
