/** Writing comma-separated values (RFC 4180) that a spreadsheet opens as text and never as a formula. */

/** What a file for Excel begins with, so that it is read as UTF-8. */
export const byteOrderMark = '\uFEFF';

/** Signs with which a spreadsheet begins a formula, full-width ones too, also behind blanks and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not stand there
const formula = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠]|^[\t\r\n\u0000]/;

/** One record, its line end included. */
export const csvRecord = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => quoted(harmless(String(cell ?? '')))).join(',')}\r\n`;

const harmless = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
