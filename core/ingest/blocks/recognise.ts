/** From pieces to blocks: headings, lists, tables, questions with answers, announced lists that are not there. */

import { guessLanguage } from '../language-guess.ts';
import { takeTitle } from '../register/title.ts';
import { isRegulation, type Numbered, numberedHeading } from '../regulation.ts';
import type { Block, Line, ListItem, Paragraph, Piece, Reading, SourceText } from '../tree.ts';
import { textOf } from '../tree.ts';
import { markEmptyLists } from './announced.ts';
import { gatherQuestions } from './faq.ts';
import { hasTitleForm, isTitleCase, numberedLevel } from './headings.ts';
import { rankHeadings, unranked } from './levels.ts';
import { follows, markedLine, type Nesting, nest } from './markers.ts';
import { unwrap } from './unwrap.ts';

/** Recognises every piece of a reading; a regulation's own numbering wins over the look of its lines. */
export const recognise = (
  reading: Pick<Reading, 'title' | 'pieces'>,
): SourceText & { readonly regulation: boolean } => {
  const texts = reading.pieces.map((piece) => (piece.kind === 'line' ? piece.text : textOf(piece)));
  const regulation = isRegulation(texts);
  const lines = unwrap(reading.pieces.map(unsized(regulation)), regulation).map((piece) =>
    asLine(piece, regulation),
  );
  const loose = !regulation && !reading.pieces.some(({ kind }) => kind === 'heading');
  const found = classify(lines, { regulation, loose });
  const { title, masthead, blocks } = takeTitle(found, { known: reading.title, regulation });
  return {
    title,
    masthead,
    regulation,
    language: guessLanguage(texts.join('\n')),
    blocks: markEmptyLists(gatherQuestions(rankHeadings(blocks))),
  };
};

/** `loose`: no format told the headings, so short lines in a title's form are taken for them. */
type Customs = { readonly regulation: boolean; readonly loose: boolean };

/** A regulation numbers its parts, so the size of its letters tells nothing; scans make it jump. */
const unsized =
  (regulation: boolean) =>
  (piece: Piece): Piece =>
    regulation && piece.kind === 'line' ? { ...piece, level: null } : piece;

/** A paragraph of another format is read by the same customs as a line of text; so is a regulation's heading. */
const asLine = (piece: Piece, regulation: boolean): Piece => {
  const isText = piece.kind === 'paragraph' || (regulation && piece.kind === 'heading');
  if (!isText) return piece;
  const level = piece.kind === 'heading' && piece.level !== unranked ? piece.level : null;
  const { text, page, line } = piece;
  return { kind: 'line', text, page, line, full: false, gap: true, indent: 0, level };
};

type State = {
  readonly out: Block[];
  /** The nesting of the list that the next item would continue. */
  nesting: Nesting;
  /** The items of the last list that was begun here. */
  items: ListItem[] | null;
};

const classify = (pieces: readonly Piece[], customs: Customs): readonly Block[] => {
  const state: State = { out: [], nesting: [], items: null };
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined) break;
    if (piece.kind !== 'line') pushBlock(state, piece);
    else at += classifyLine({ piece, pieces, at, customs, state });
  }
  return state.out;
};

const pushBlock = (state: State, block: Block): void => {
  state.items = null;
  state.out.push(block);
};

type Step = {
  readonly piece: Line;
  readonly pieces: readonly Piece[];
  readonly at: number;
  readonly customs: Customs;
  readonly state: State;
};

/** Puts one line where it belongs; gives the number of further lines it took. */
const classifyLine = (step: Step): number => {
  const { piece, customs, state } = step;
  const before = step.pieces[step.at - 1];
  const numbered = customs.regulation
    ? numberedHeading(piece.text, before?.kind === 'line' ? before.text : '')
    : null;
  if (numbered !== null) return pushNumbered(step, numbered);
  if (piece.level !== null && /\p{L}/u.test(piece.text)) {
    state.out.push(headingOf(piece, piece.level));
    return 0;
  }
  if (customs.loose && isHeading(step)) {
    state.out.push(headingOf(piece, numberedLevel(piece.text) ?? unranked));
    return 0;
  }
  if (isUnmarkedItem(step)) pushItem(state, piece, { marker: '-', depth: 0, text: piece.text });
  else pushText(state, piece);
  return 0;
};

const headingOf = ({ text, page, line }: Line, level: number): Block => ({
  kind: 'heading',
  level,
  text,
  page,
  line,
});

const pushNumbered = ({ piece, pieces, at, state }: Step, numbered: Numbered): number => {
  const next = pieces[at + 1];
  const titled =
    numbered.titleFollows &&
    next?.kind === 'line' &&
    hasTitleForm(next.text) &&
    numberedHeading(next.text, '') === null;
  const title = titled ? ` ${next.text}` : '';
  state.out.push(headingOf({ ...piece, text: numbered.text + title }, numbered.level));
  if (numbered.rest !== '') pushText(state, { ...piece, text: numbered.rest });
  return titled ? 1 : 0;
};

const pushText = (state: State, piece: Line): void => {
  const marked = markedLine(piece.text, piece.indent);
  if (marked === null) {
    const { text, page, line } = piece;
    state.out.push({ kind: 'paragraph', text, page, line });
    return;
  }
  const nesting = state.out.at(-1)?.kind === 'list' ? state.nesting : [];
  const placed = nest(nesting, marked);
  state.nesting = placed.nesting;
  pushItem(state, piece, { marker: marked.marker, depth: placed.depth, text: marked.text });
};

const pushItem = (state: State, { page, line }: Line, item: ListItem): void => {
  if (state.out.at(-1)?.kind === 'list' && state.items !== null) {
    state.items.push(item);
    return;
  }
  // The open list's own array, so that a long list is not copied for each of its items.
  state.items = [item];
  state.out.push({ kind: 'list', items: state.items, page, line });
};

/** A short line in a title's form with something below it; a numbered one must not be an item among items. */
const isHeading = ({ piece, pieces, at }: Step): boolean => {
  const next = pieces[at + 1];
  if (next === undefined || piece.full) return false;
  const marked = markedLine(piece.text, piece.indent);
  if (marked !== null && (marked.marker === '-' || hasSibling(pieces, at))) return false;
  if (numberedLevel(piece.text) !== null) return hasTitleForm(piece.text);
  return marked === null && isTitleCase(piece.text);
};

const hasSibling = (pieces: readonly Piece[], at: number): boolean => {
  const [before, own, next] = [at - 1, at, at + 1].map((index) => markerAt(pieces, index));
  if (own === null || own === undefined) return false;
  return (
    (before !== null && before !== undefined && follows(before, own)) ||
    (next !== null && next !== undefined && follows(own, next))
  );
};

const markerAt = (pieces: readonly Piece[], at: number): string | null => {
  const piece = pieces[at];
  return piece?.kind === 'line' ? (markedLine(piece.text, piece.indent)?.marker ?? null) : null;
};

/** After "…, antara lain:" two or more short lines without a full stop are items, though nothing marks them. */
const isUnmarkedItem = ({ piece, pieces, at, customs, state }: Step): boolean => {
  if (!customs.loose || !isPlainShort(piece)) return false;
  const above = state.out.at(-1);
  if (above?.kind === 'paragraph') {
    return above.text.endsWith(':') && isPlainShort(pieces[at + 1]);
  }
  const before = pieces[at - 1];
  return above?.kind === 'list' && isPlainShort(before) && before?.kind === 'line' && !piece.gap;
};

const isPlainShort = (piece: Piece | undefined): boolean =>
  piece?.kind === 'line' &&
  piece.text.split(/\s+/).length <= 10 &&
  !/[.:?!|]$/u.test(piece.text) &&
  /^\p{L}/u.test(piece.text) &&
  !isTitleCase(piece.text) &&
  markedLine(piece.text, piece.indent) === null;

/** The paragraphs of a document that announce a list and give none. */
export const emptyLists = (blocks: readonly Block[]): readonly Paragraph[] =>
  blocks.filter(
    (block): block is Paragraph => block.kind === 'paragraph' && block.emptyList === true,
  );
