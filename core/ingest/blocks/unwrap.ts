/** Lines put together again into the headings, items and paragraphs that the margin had broken. */

import { isUnfinished, numberedHeading } from '../regulation.ts';
import type { Line, Piece } from '../tree.ts';
import { hasTitleForm, isTitleCase, numberedLevel } from './headings.ts';
import { isLoneMarker, markedLine } from './markers.ts';

/** Joins each run of lines that is one text; other pieces stay as they are. */
export const unwrap = (pieces: readonly Piece[], regulation: boolean): readonly Piece[] => {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const open = out.at(-1);
    if (piece.kind === 'line' && open?.kind === 'line' && goesOn({ open, last: piece, regulation }))
      out[out.length - 1] = {
        ...open,
        text: join(open.text, piece.text),
        full: piece.full,
        page: open.page,
      };
    else out.push(piece);
  }
  return out;
};

type Meeting = { readonly open: Line; readonly last: Line; readonly regulation: boolean };

const goesOn = ({ open, last, regulation }: Meeting): boolean => {
  const paged = open.page !== last.page && open.full;
  if ((last.gap && !paged) || open.level !== last.level) return false;
  if (regulation && numberedHeading(last.text, open.text) !== null) return false;
  if (open.level !== null) return true;
  if (startsAnew(open, last, regulation)) return false;
  return isBroken(open, last, paged);
};

/** No margin breaks shorter lines; they ended because the writer ended them. */
const shortest = 40;

/** The text above ends without an end, or its item's second line is set in. */
const isBroken = (open: Line, last: Line, paged: boolean): boolean => {
  if (open.full && !(paged && endsSentence(open.text))) return true;
  if (markedLine(open.text, open.indent) !== null && last.indent > open.indent) return true;
  if (isUnfinished(open.text) || isLoneMarker(open.text)) return true;
  return open.text.length >= shortest && /^\p{Ll}/u.test(last.text) && !/[.!?:;]$/u.test(open.text);
};

const endsSentence = (text: string): boolean => /[.!?:;]["”')]?$/u.test(text);

/** A line that begins something of its own, whatever stands above it. */
const startsAnew = (open: Line, { text, indent, full }: Line, regulation: boolean): boolean => {
  if (markedLine(text, indent) !== null) return true;
  if (regulation && numberedHeading(open.text, '') !== null) return !/:\s*\S/u.test(open.text);
  if (full || !hasTitleForm(text)) return false;
  return endsSentence(open.text) && (isTitleCase(text) || numberedLevel(text) !== null);
};

/** A hyphen at the margin goes, unless the word is doubled (undang-undangan) or a name follows. */
const join = (first: string, second: string): string => {
  const broken = /(\p{L}+)-$/u.exec(first)?.[1];
  if (broken === undefined) return `${first} ${second}`;
  const doubled = second.toLowerCase().startsWith(broken.toLowerCase());
  const next = /^\p{Ll}/u.test(second);
  return doubled || !next || broken.length < 2 ? `${first}${second}` : first.slice(0, -1) + second;
};
