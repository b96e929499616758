/** A sheet as text with separators. */
import { formatNumber } from '../format.ts';
import { isHidden, type Sheet, type Value } from '../results/sheets.ts';

/**
 * `plain`: RFC 4180, comma and decimal point. `excel-id`: what a spreadsheet with Indonesian settings opens at once,
 * semicolon, decimal comma and a byte order mark.
 */
export type Dialect = 'plain' | 'excel-id';

/** The columns, the rows, and below an empty line what a reader must know; lines end with CR LF. */
export const csvOf = (sheet: Sheet, dialect: Dialect): string => {
  const separator = dialect === 'plain' ? ',' : ';';
  const line = (fields: readonly string[]): string =>
    fields.map((text) => quoted(text, separator)).join(separator);
  const { title, columns, rows, notes } = sheet;
  const lines = [
    line(columns.map(({ label }) => inert(label))),
    ...rows.map((row) =>
      line(row.map((value, at) => field(value, columns[at]?.digits ?? 0, dialect))),
    ),
    '',
    ...[title, ...notes].map((note) => line([inert(note)])),
  ];
  return `${dialect === 'plain' ? '' : '\uFEFF'}${lines.join('\r\n')}\r\n`;
};

const field = (value: Value, digits: number, dialect: Dialect): string => {
  if (isHidden(value)) return value.hidden;
  if (typeof value === 'string') return inert(value);
  return dialect === 'plain' ? value.toFixed(digits) : formatNumber(value, 'id', digits);
};

/** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const quoted = (text: string, separator: string): string =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
