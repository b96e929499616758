/** Lines of printed pages: from placed words to lines, headings by type size, running heads left out. */
import { markedLine } from '../blocks/markers.ts';
import type { Line, Piece } from '../tree.ts';
import type { Page, PageLine, PageWord } from './page.ts';
import { withoutMargins } from './page-margins.ts';
import { pageTables } from './page-tables.ts';

/** The pieces of a printed document. */
export const pagePieces = (pages: readonly Page[]): readonly Piece[] => {
  const lines = withoutMargins(pages.map(linesOf));
  const measure = measureOf(lines);
  return pageTables(lines, (line, at) =>
    asLine(line, { before: lines[at - 1], next: lines[at + 1], measure }),
  );
};

/** Spaces wider than this many letter sizes part cells; narrower than the second, letters of one word. */
const cellGap = 1.8;
const wordGap = 0.18;

const linesOf = ({ page, words }: Page): readonly PageLine[] => {
  const lines: PageWord[][] = [];
  for (const word of words) {
    if (word.text.trim() === '') continue;
    const open = lines.at(-1);
    const last = open?.at(-1);
    const same =
      last !== undefined &&
      Math.abs(last.y - word.y) < 0.5 * Math.max(last.size, word.size) &&
      word.x >= last.x + last.width - last.size;
    if (same) open?.push(word);
    else lines.push([word]);
  }
  return lines.map((line) => lineOf(page, line));
};

const lineOf = (page: number, words: readonly PageWord[]): PageLine => {
  const [first] = words;
  const cells = cellsOf(words).map((cell) => ({
    ...cell,
    text: cell.text.replace(/\s+/gu, ' ').trim(),
  }));
  return {
    page,
    text: cells.map(({ text }) => text).join(' '),
    x: first?.x ?? 0,
    y: first?.y ?? 0,
    right: cells.at(-1)?.right ?? 0,
    size: Math.max(...words.map(({ size }) => Math.round(size * 2) / 2)),
    cells,
  };
};

const cellsOf = (words: readonly PageWord[]): PageLine['cells'] => {
  const cells: { text: string; x: number; right: number }[] = [];
  for (const { text, x, width, size } of words) {
    const open = cells.at(-1);
    if (open === undefined || x - open.right > cellGap * size) {
      cells.push({ text, x, right: x + width });
      continue;
    }
    const apart = x - open.right > wordGap * size && !/\s$/u.test(open.text);
    open.text += apart ? ` ${text}` : text;
    open.right = x + width;
  }
  return cells;
};

/** What is usual in a document: its type size, its line distance, its margins, the sizes of headings. */
type Measure = {
  readonly leading: number;
  readonly left: number;
  readonly right: number;
  readonly headings: readonly number[];
};

const measureOf = (lines: readonly PageLine[]): Measure => {
  const size = commonest(lines.map((line) => [line.size, line.text.length]));
  const body = lines.filter((line) => line.size === size);
  const steps = body.flatMap((line, at): readonly [number, number][] => {
    const step = line.y - (body[at - 1]?.y ?? line.y);
    return step > 0 && step < 4 * size && body[at - 1]?.page === line.page
      ? [[Math.round(step), 1]]
      : [];
  });
  const rights = body.map(({ right }) => right).sort((a, b) => a - b);
  const larger = new Set(lines.filter((line) => line.size > size * 1.08).map((line) => line.size));
  return {
    leading: commonest(steps) || size * 1.2,
    left: commonest(body.map(({ x }) => [Math.round(x), 1])),
    right: rights[Math.floor(rights.length * 0.98)] ?? 0,
    headings: [...larger].sort((a, b) => b - a),
  };
};

const commonest = (weighted: readonly (readonly [number, number])[]): number => {
  const sums = new Map<number, number>();
  for (const [value, weight] of weighted) sums.set(value, (sums.get(value) ?? 0) + weight);
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
};

type Around = {
  readonly before: PageLine | undefined;
  readonly next: PageLine | undefined;
  readonly measure: Measure;
};

const deepestHeading = 4;

const asLine = (line: PageLine, { before, next, measure }: Around): Line => {
  const rank = measure.headings.indexOf(line.size);
  const above = before?.page === line.page ? line.y - before.y : 0;
  return {
    kind: 'line',
    text: line.text,
    full: isFull(line, next, measure.right),
    gap: above > 1.4 * Math.max(measure.leading, line.size) || isSetIn(line, before, next),
    indent: Math.max(0, Math.round((line.x - measure.left) / 6)),
    level: rank === -1 || line.text.length > 160 ? null : Math.min(rank + 1, deepestHeading),
    page: line.page,
    line: null,
  };
};

/** The next line's first word would not have fitted any more. */
const isFull = (line: PageLine, next: PageLine | undefined, margin: number): boolean => {
  if (next === undefined) return false;
  const word = /\S+/u.exec(next.text)?.[0].length ?? 0;
  const letter = (next.right - next.x) / Math.max(1, next.text.length);
  return line.right + letter * (word + 1) > margin - letter;
};

/** A paragraph that begins with its first line set in, as books print them. */
const isSetIn = (
  line: PageLine,
  before: PageLine | undefined,
  next: PageLine | undefined,
): boolean =>
  before !== undefined &&
  next !== undefined &&
  line.x > before.x + 8 &&
  next.x < line.x - 8 &&
  markedLine(before.text, 0) === null &&
  markedLine(line.text, 0) === null;
