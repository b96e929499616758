/** Comma-separated values (RFC 4180) as spreadsheets really save them: byte order mark, `;` or tab, any line end. */
import type { Fault } from '../errors.ts';

/** One record and the 1-based line of the file on which it starts. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

export type Csv = { readonly records: readonly CsvRecord[]; readonly faults: readonly Fault[] };

type Source = { readonly file: string; readonly text: string };

/** Splits a file into records; blank lines are left out, a quote that never closes is a fault. */
export const parseCsv = ({ file, text }: Source): Csv => {
  const { body, separator, skipped } = openSheet(text);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1 + skipped;
  let started = line;
  let rest = body;
  while (rest !== '') {
    const cell = takeCell(rest, separator);
    if (cell === null) {
      return {
        records,
        faults: [{ file, line, what: 'a quotation mark is never closed', allowed: '"…" pairs' }],
      };
    }
    cells.push(cell.value);
    line += cell.lines;
    rest = rest.slice(cell.length);
    if (cell.ended) {
      if (cells.some((value) => value.trim() !== '')) records.push({ line: started, cells });
      cells = [];
      started = line;
    }
  }
  return { records, faults: [] };
};

/** Drops the byte order mark and Excel's `sep=` line, and finds the separator in the first line. */
const openSheet = (
  text: string,
): { readonly body: string; readonly separator: string; readonly skipped: number } => {
  const bare = text.replace(/^\uFEFF/, '');
  const told = /^sep=(.)(\r\n|\n|\r)/i.exec(bare);
  if (told?.[1] !== undefined)
    return { body: bare.slice(told[0].length), separator: told[1], skipped: 1 };
  const head = (bare.split(/[\r\n]/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  return { body: bare, separator: most?.sign ?? ',', skipped: 0 };
};

type Cell = {
  readonly value: string;
  /** Characters used, the separator or line end after it included. */
  readonly length: number;
  /** Line ends passed, those inside quotes included. */
  readonly lines: number;
  /** The record is over. */
  readonly ended: boolean;
};

const takeCell = (rest: string, separator: string): Cell | null => {
  const quoted = rest.startsWith('"') ? closingQuote(rest) : 0;
  if (quoted === null) return null;
  const tail = rest.slice(quoted);
  const stop = tail.search(separator === '\t' ? /[\t\r\n]/ : new RegExp(`[${separator}\\r\\n]`));
  const plain = stop < 0 ? tail : tail.slice(0, stop);
  const end = stop < 0 ? '' : (/^(\r\n|[\s\S])/.exec(tail.slice(stop))?.[0] ?? '');
  const inner = quoted === 0 ? '' : rest.slice(1, quoted - 1).replaceAll('""', '"');
  const ended = end !== separator;
  return {
    value: inner + plain,
    length: quoted + plain.length + end.length,
    lines: countLines(inner) + (ended && end !== '' ? 1 : 0),
    ended,
  };
};

/** Characters up to and with the quote that closes the first one; null when none does. */
const closingQuote = (rest: string): number | null => {
  const match = /^"(?:[^"]|"")*"/.exec(rest);
  return match === null ? null : match[0].length;
};

const countLines = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
