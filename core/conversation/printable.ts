/** What may stand in a message: nothing invisible that deceives its reader or breaks its format. */

/** Control characters except tab and newline, and marks that reorder what is read (right-to-left overrides and isolates). */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text without unprintable characters, line ends as "\n", no lone surrogates, nothing around it. */
export const printable = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(unprintable, '')
    .trim();
