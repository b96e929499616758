/** Tables of printed pages, where columns that line up prove them; other lines stay lines. */

import type { Piece } from '../tree.ts';
import type { PageLine } from './page.ts';

/** Fewer rows prove nothing. */
const fewestRows = 3;
/** How far cells of a column may differ at the edge that lines up, in points. */
const slack = 6;

/** Puts a table in the place of each run of lines with the same columns; `asLine` reads the others. */
export const pageTables = (
  lines: readonly PageLine[],
  asLine: (line: PageLine, at: number) => Piece,
): readonly Piece[] => {
  const pieces: Piece[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line === undefined) break;
    const length = rowsFrom(lines, at);
    if (length < fewestRows) {
      pieces.push(asLine(line, at));
      at += 1;
      continue;
    }
    const [header = [], ...rows] = lines
      .slice(at, at + length)
      .map(({ cells }) => cells.map(({ text }) => text));
    pieces.push({ kind: 'table', header, rows, page: line.page, line: null });
    at += length;
  }
  return pieces;
};

const rowsFrom = (lines: readonly PageLine[], at: number): number => {
  const first = lines[at];
  if (first === undefined || first.cells.length < 2 || isMarked(first)) return 0;
  let length = 1;
  for (let next = lines[at + 1]; next !== undefined; next = lines[at + length]) {
    const row = next;
    if (row.page !== first.page || row.cells.length !== first.cells.length) break;
    if (!row.cells.every((cell, column) => linesUp(cell, first.cells[column]))) break;
    length += 1;
  }
  return length;
};

type Cell = PageLine['cells'][number];

const linesUp = (cell: Cell, top: Cell | undefined): boolean => {
  if (top === undefined) return false;
  const middle = ({ x, right }: Cell): number => (x + right) / 2;
  return (
    Math.abs(cell.x - top.x) <= slack ||
    Math.abs(cell.right - top.right) <= slack ||
    Math.abs(middle(cell) - middle(top)) <= slack
  );
};

/** `(1)   text` has two cells and is an item. */
const isMarked = ({ cells }: PageLine): boolean =>
  cells.length === 2 && /^(?:[-–•●▪]|\(?[\da-zA-Z]{1,3}[.)])$/u.test(cells[0]?.text ?? '');
