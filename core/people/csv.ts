/** Comma-separated values (RFC 4180) as spreadsheets really save them: byte order mark, `;` or tab, any line end. */
import type { Fault } from '../errors.ts';

/** One record and the 1-based line of the file on which it starts. */
type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

export type Csv = { readonly records: readonly CsvRecord[]; readonly faults: readonly Fault[] };

type Source = { readonly file: string; readonly text: string };

/** Splits a file into records; blank lines are left out, a quote that never closes is a fault. */
export const parseCsv = ({ file, text }: Source): Csv => {
  const sheet = openSheet(text);
  const records: CsvRecord[] = [];
  let line = sheet.firstLine;
  let record: { readonly line: number; readonly cells: string[] } = { line, cells: [] };
  let cell: Cell | null = null;
  for (let start = 0; start < sheet.body.length || cell?.ended === false; start = cell.next) {
    cell = takeCell(sheet, start);
    if (cell === null) {
      const what = 'a quotation mark is never closed';
      return { records, faults: [{ file, line, what, allowed: 'quotation marks in pairs' }] };
    }
    record.cells.push(cell.value);
    line += cell.lines;
    if (!cell.ended) continue;
    if (record.cells.some((value) => value.trim() !== '')) records.push(record);
    record = { line, cells: [] };
  }
  return { records, faults: [] };
};

/** Drops the byte order mark and Excel's `sep=` line, and finds the separator in the first line. */
const openSheet = (text: string): Sheet => {
  const bare = text.replace(/^\uFEFF/, '');
  const told = /^sep=(.)(\r\n|\n|\r)/i.exec(bare);
  if (told?.[1] !== undefined)
    return { body: bare.slice(told[0].length), separator: told[1], firstLine: 2 };
  const head = (bare.split(/[\r\n]/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  return { body: bare, separator: most?.sign ?? ',', firstLine: 1 };
};

type Sheet = { readonly body: string; readonly separator: string; readonly firstLine: number };

type Cell = {
  readonly value: string;
  /** Where the next cell starts. */
  readonly next: number;
  /** Line ends passed, those inside quotes included. */
  readonly lines: number;
  /** No separator follows: the record is over. */
  readonly ended: boolean;
};

/** Null when the cell's quote never closes. */
const takeCell = ({ body, separator }: Sheet, start: number): Cell | null => {
  const close = body[start] === '"' ? closingQuote(body, start) : start;
  if (close === null) return null;
  let end = close;
  while (end < body.length && body[end] !== separator && !isLineEnd(body[end])) end += 1;
  const inner = close === start ? '' : body.slice(start + 1, close - 1).replaceAll('""', '"');
  const ended = body[end] !== separator;
  const passed = body.startsWith('\r\n', end) ? 2 : 1;
  return {
    value: inner + body.slice(close, end),
    next: end < body.length ? end + passed : end,
    lines: countLines(inner) + (ended && end < body.length ? 1 : 0),
    ended,
  };
};

/** The place after the quote that closes the one at `start`; a doubled quote is a character. */
const closingQuote = (body: string, start: number): number | null => {
  let at = body.indexOf('"', start + 1);
  while (at >= 0 && body[at + 1] === '"') at = body.indexOf('"', at + 2);
  return at < 0 ? null : at + 1;
};

const isLineEnd = (sign: string | undefined): boolean => sign === '\n' || sign === '\r';

const countLines = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
