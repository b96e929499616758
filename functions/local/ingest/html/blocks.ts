/** An element's content as blocks, in the order of reading. */

import { hasTitleForm } from '../../../../core/ingest/blocks/headings.ts';
import { unranked } from '../../../../core/ingest/blocks/levels.ts';
import type { Block, ListItem } from '../../../../core/ingest/tree.ts';
import {
  type HtmlElement,
  type HtmlNode,
  isBlockName,
  isElement,
  isTextNode,
  isUnseen,
  squeeze,
  wordsOf,
} from './dom.ts';
import { rowsOf, tableOf } from './tables.ts';

const nowhere = { page: null, line: null } as const;

/** The level of a paragraph in bold letters among real headings. */
const boldLevel = 6;

/** Reads an element; a bold short paragraph is a heading, the least one where real headings exist. */
export const blocksOf = (element: HtmlElement): readonly Block[] => {
  const run: Run = { out: [], text: '' };
  for (const child of element.childNodes) visit(child, run);
  flush(run);
  const ranked = run.out.some(
    ({ kind, ...block }) => kind === 'heading' && 'level' in block && block.level !== unranked,
  );
  return run.out.map((block) =>
    ranked && block.kind === 'heading' && block.level === unranked
      ? { ...block, level: boldLevel }
      : block,
  );
};

/** What has been read, and the text between two blocks that is still open. */
type Run = { readonly out: Block[]; text: string };

const flush = (run: Run): void => {
  for (const line of run.text.split('\n')) {
    const text = squeeze(line);
    if (text !== '') run.out.push({ kind: 'paragraph', text, ...nowhere });
  }
  run.text = '';
};

const visit = (node: HtmlNode, run: Run): void => {
  // Line ends in the source are spaces; only <br> ends a line.
  if (isTextNode(node)) run.text += (node.textContent ?? '').replace(/\s+/gu, ' ');
  if (!isElement(node) || isUnseen(node)) return;
  if (node.localName === 'br') run.text += '\n';
  else if (isBlockName(node.localName)) {
    flush(run);
    readBlock(node, run);
    flush(run);
  } else for (const child of node.childNodes) visit(child, run);
};

const readBlock = (element: HtmlElement, run: Run): void => {
  const { localName } = element;
  if (/^h[1-6]$/.test(localName)) pushHeading(run, Number(localName[1]), wordsOf(element));
  else if (localName === 'ul' || localName === 'ol') pushList(run, element);
  else if (localName === 'table') readTable(element, run);
  else if (localName === 'dl') readTerms(element, run);
  else if (localName === 'details') readDetails(element, run);
  else if (localName === 'p' && isBoldLine(element)) pushHeading(run, unranked, wordsOf(element));
  else for (const child of element.childNodes) visit(child, run);
};

const pushHeading = (run: Run, level: number, text: string): void => {
  if (text !== '') run.out.push({ kind: 'heading', level, text, ...nowhere });
};

const isBoldLine = (element: HtmlElement): boolean => {
  const text = wordsOf(element);
  if (!hasTitleForm(text)) return false;
  const bold = [...element.querySelectorAll('strong, b')].map(wordsOf).join('');
  return bold.replace(/\s/gu, '') === text.replace(/\s/gu, '');
};

const pushList = (run: Run, list: HtmlElement): void => {
  const items = itemsOf(list, 0);
  if (items.length > 0) run.out.push({ kind: 'list', items, ...nowhere });
};

const itemsOf = (list: HtmlElement, depth: number): readonly ListItem[] => {
  let count = Number(list.getAttribute('start') ?? '1') - 1;
  return [...list.childNodes].filter(isElement).flatMap((item) => {
    if (isUnseen(item)) return [];
    if (/^[uo]l$/.test(item.localName)) return itemsOf(item, depth + 1);
    count += 1;
    const inner = [...item.childNodes].filter((node) => isElement(node) && isList(node));
    const text = squeeze(
      [...item.childNodes]
        .filter((node) => !inner.includes(node))
        .map(wordsWithSpaces)
        .join(''),
    );
    const below = inner.flatMap((node) =>
      isElement(node) ? itemsOf(node, text === '' ? depth : depth + 1) : [],
    );
    return text === '' ? below : [{ marker: markerOf(list, count), depth, text }, ...below];
  });
};

const isList = ({ localName }: HtmlElement): boolean => localName === 'ul' || localName === 'ol';

const wordsWithSpaces = (node: HtmlNode): string => {
  if (isTextNode(node)) return node.textContent ?? '';
  const space = isElement(node) && isBlockName(node.localName) ? ' ' : '';
  const own = /^\s/u.test(node.textContent ?? '') ? ' ' : '';
  const end = /\s$/u.test(node.textContent ?? '') ? ' ' : '';
  return `${space}${own}${wordsOf(node)}${end}${space}`;
};

const markerOf = (list: HtmlElement, count: number): string => {
  if (list.localName === 'ul') return '-';
  const type = list.getAttribute('type') ?? '1';
  const letter = count >= 1 && count <= 26 ? String.fromCharCode(96 + count) : null;
  if (type === 'a' && letter !== null) return `${letter}.`;
  return type === 'A' && letter !== null ? `${letter.toUpperCase()}.` : `${count}.`;
};

const readTable = (table: HtmlElement, run: Run): void => {
  const caption = [...table.childNodes].find(
    (node) => isElement(node) && node.localName === 'caption',
  );
  if (caption !== undefined) run.text += wordsOf(caption);
  flush(run);
  const read = tableOf(table);
  if (read !== null) run.out.push({ ...read, ...nowhere });
  else
    for (const cell of rowsOf(table).flat()) {
      for (const child of cell.childNodes) visit(child, run);
      flush(run);
    }
};

/** A term that asks is a question; any other one stands before its meaning. */
const readTerms = (list: HtmlElement, run: Run): void => {
  let term = '';
  for (const child of [...list.childNodes].filter(isElement)) {
    if (isUnseen(child)) continue;
    if (child.localName === 'dt') {
      if (term !== '') run.out.push({ kind: 'paragraph', text: term, ...nowhere });
      term = wordsOf(child);
    } else if (child.localName === 'dd') {
      pushTerm(run, term, wordsOf(child));
      term = '';
    } else readBlock(child, run);
  }
  if (term !== '') run.out.push({ kind: 'paragraph', text: term, ...nowhere });
};

const pushTerm = (run: Run, term: string, meaning: string): void => {
  if (meaning === '') return;
  if (term.endsWith('?'))
    run.out.push({ kind: 'faq', question: term, answer: meaning, ...nowhere });
  else
    run.out.push({
      kind: 'paragraph',
      text: term === '' ? meaning : `${term}: ${meaning}`,
      ...nowhere,
    });
};

const readDetails = (element: HtmlElement, run: Run): void => {
  const summary = element.querySelector('summary');
  const question = summary === null ? '' : wordsOf(summary);
  summary?.remove();
  if (!question.endsWith('?')) {
    run.text += question;
    flush(run);
    for (const child of element.childNodes) visit(child, run);
    return;
  }
  pushTerm(run, question, wordsOf(element));
};
