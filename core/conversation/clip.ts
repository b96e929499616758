/** Cutting text to a platform's limit without breaking a character. */

/** Made with the first text that is too long: it takes milliseconds, and a door that starts cuts nothing. */
let graphemes: Intl.Segmenter | null = null;

/** Length in Unicode code points, as both platforms count. */
export const codePoints = (text: string): number => [...text].length;

/** Whether a text has at most `limit` code points; a string has at most one for each of its units, and at least one for two. */
export const fits = (text: string, limit: number): boolean =>
  text.length <= limit || (text.length <= 2 * limit && codePoints(text) <= limit);

/** At most `limit` code points, cut between graphemes and ended with "…" when something was cut. */
export const clip = (text: string, limit: number): string => {
  if (fits(text, limit)) return text;
  graphemes ??= new Intl.Segmenter('id', { granularity: 'grapheme' });
  let kept = '';
  let used = 0;
  // So much holds the limit at least: what lies behind it is not looked at, however long it is.
  for (const { segment } of graphemes.segment(text.slice(0, 2 * limit))) {
    const size = codePoints(segment);
    if (used + size > limit - 1) break;
    kept += segment;
    used += size;
  }
  return `${kept.trimEnd()}…`;
};

/** A title as the first sentence of a text; one that asks or exclaims has its mark already. */
export const asSentence = (title: string): string =>
  /[.!?…]["”’)]?$/u.test(title) ? title : `${title}.`;

/** The sentences that `limit` has room for; only a first one that is longer than that ends in the middle. */
export const wholeSentences = (text: string, limit: number): string => {
  if (fits(text, limit)) return text;
  let told = '';
  for (const sentence of text.split(/(?<=[.!?])\s+/)) {
    const longer = told === '' ? sentence : `${told} ${sentence}`;
    if (!fits(longer, limit)) break;
    told = longer;
  }
  return told === '' ? clip(text, limit) : told;
};
