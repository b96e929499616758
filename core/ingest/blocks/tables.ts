/** Tables that plain text draws with pipes, tabs or aligned columns. */
import type { Line, Piece, Table } from '../tree.ts';

type Row = { readonly cells: readonly string[]; readonly starts: readonly number[] };

/** Puts a table block in the place of every run of lines that draws one. */
export const tablesIn = (lines: readonly Line[]): readonly Piece[] => {
  const pieces: Piece[] = [];
  for (let at = 0; at < lines.length; ) {
    const rows = runFrom(lines, at);
    const first = lines[at];
    if (first === undefined) break;
    pieces.push(rows === null ? first : tableOf(rows, first));
    at += rows?.length ?? 1;
  }
  return pieces;
};

type Form = (line: Line) => Row | null;

const runFrom = (lines: readonly Line[], at: number): readonly Row[] | null => {
  for (const form of [pipeRow, tabRow, alignedRow]) {
    const rows = rowsFrom(lines, at, form);
    if (rows.length >= fewest(form)) return rows;
  }
  return null;
};

const rowsFrom = (lines: readonly Line[], at: number, form: Form): readonly Row[] => {
  const rows: Row[] = [];
  for (let next = at; next < lines.length; next += 1) {
    const line = lines[next];
    const row = line === undefined || (rows.length > 0 && line.gap) ? null : form(line);
    if (row === null || !fits(form, rows[0] ?? row, row)) break;
    rows.push(row);
  }
  return rows;
};

/** Columns by spaces need more proof than columns by signs. */
const fewest = (form: Form): number => (form === alignedRow ? 3 : 2);

const fits = (form: Form, top: Row, row: Row): boolean => {
  if (form === pipeRow) return true;
  if (top.cells.length !== row.cells.length) return false;
  return form === tabRow || row.starts.every((start, index) => start === top.starts[index]);
};

const pipeRow = ({ text }: Line): Row | null => {
  if (!/^\|.*\|$/u.test(text)) return null;
  const cells = text
    .slice(1, -1)
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
  return cells.length < 2 ? null : { cells, starts: [] };
};

const tabRow = ({ text }: Line): Row | null => {
  const cells = text.split('\t').map((cell) => cell.trim());
  return cells.length < 2 || cells.includes('') ? null : { cells, starts: [] };
};

const alignedRow = ({ text, indent }: Line): Row | null => {
  const cells = [...text.matchAll(/\S+(?: \S+)*/gu)];
  return cells.length < 2
    ? null
    : { cells: cells.map(([cell]) => cell), starts: cells.map(({ index }) => index + indent) };
};

const isRule = ({ cells }: Row): boolean => cells.every((cell) => /^:?[-=]{2,}:?$/u.test(cell));

const tableOf = (rows: readonly Row[], { page, line }: Line): Table => {
  const [header = [], ...rest] = rows.filter((row) => !isRule(row)).map(({ cells }) => cells);
  return { kind: 'table', header, rows: rest, page, line };
};
