/** Tables of HTML as header and rows; a cell over several rows is repeated, over several columns left empty. */
import type { Table } from '../../../../core/ingest/tree.ts';
import { type HtmlElement, isElement, isUnseen, wordsOf } from './dom.ts';

/** The table, or null when the element only lays the page out. */
export const tableOf = (table: HtmlElement): Omit<Table, 'page' | 'line'> | null => {
  const rows = rowsOf(table);
  if (rows.some((row) => row.some((cell) => cell.querySelector('table, h1, h2, h3') !== null)))
    return null;
  const [header = [], ...rest] = spread(rows).filter((row) => row.some((cell) => cell !== ''));
  return header.length < 2 ? null : { kind: 'table', header, rows: rest };
};

/** The cells of each row; rows of a table inside a cell are not ours. */
export const rowsOf = (element: HtmlElement): readonly (readonly HtmlElement[])[] =>
  [...element.childNodes].filter(isElement).flatMap((child) => {
    if (isUnseen(child)) return [];
    if (child.localName === 'tr') return [cellsOf(child)];
    return ['thead', 'tbody', 'tfoot'].includes(child.localName) ? rowsOf(child) : [];
  });

const cellsOf = (row: HtmlElement): readonly HtmlElement[] =>
  [...row.childNodes].filter(isElement).filter(({ localName }) => /^t[hd]$/.test(localName));

/** No honest table spans more; a hostile one would fill the memory. */
const widestSpan = 50;

const spanOf = (cell: HtmlElement, name: 'colspan' | 'rowspan'): number => {
  const span = Number(cell.getAttribute(name) ?? '1');
  return Number.isInteger(span) && span >= 1 ? Math.min(span, widestSpan) : 1;
};

const spread = (rows: readonly (readonly HtmlElement[])[]): readonly (readonly string[])[] => {
  let carried: Map<number, { readonly text: string; readonly rows: number }> = new Map();
  return rows.map((cells) => {
    const next = new Map<number, { readonly text: string; readonly rows: number }>();
    const out: string[] = [];
    const fromAbove = (): void => {
      for (let above = carried.get(out.length); above; above = carried.get(out.length)) {
        if (above.rows > 1) next.set(out.length, { ...above, rows: above.rows - 1 });
        out.push(above.text);
      }
    };
    for (const cell of cells) {
      fromAbove();
      const text = wordsOf(cell);
      const down = spanOf(cell, 'rowspan');
      if (down > 1) next.set(out.length, { text, rows: down - 1 });
      out.push(text, ...Array.from({ length: spanOf(cell, 'colspan') - 1 }, () => ''));
    }
    fromAbove();
    carried = next;
    return out;
  });
};
