/** Signs nobody sees: they go before anything is recognised, and the operator is told where they stood. */
import { numberOf } from '../../errors.ts';
import type { Piece, Place, Reading, Warning } from '../tree.ts';

/** Marks that turn the direction of writing (Unicode bidi controls). */
const turning = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/gu;
/** Zero-width signs, tag characters, interlinear marks, and control codes other than white space. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control codes are what is looked for.
  /[\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f]/gu;
/** Where a word may be divided; no warning, since honest documents are full of it. */
const softHyphen = /\u00ad/gu;

/** The reading without hidden signs, in NFC, with a warning for each place that had some. */
export const withoutHidden = (reading: Reading): Reading => {
  const warnings: Warning[] = [...reading.warnings];
  const pieces = reading.pieces.map((piece) => cleaned(piece, warnings));
  return {
    ...reading,
    title: reading.title === null ? null : stripped(reading.title),
    pieces: pieces.filter((piece) => !('text' in piece) || piece.text !== ''),
    warnings,
  };
};

const stripped = (text: string): string =>
  text.replace(turning, '').replace(unseen, '').replace(softHyphen, '').normalize('NFC').trim();

const cleaned = (piece: Piece, warnings: Warning[]): Piece => {
  const clean = (text: string): string => {
    warnings.push(...hiddenIn(text, piece));
    return stripped(text);
  };
  switch (piece.kind) {
    case 'list':
      return { ...piece, items: piece.items.map((item) => ({ ...item, text: clean(item.text) })) };
    case 'table':
      return {
        ...piece,
        header: piece.header.map(clean),
        rows: piece.rows.map((r) => r.map(clean)),
      };
    case 'faq':
      return { ...piece, question: clean(piece.question), answer: clean(piece.answer) };
    default:
      return { ...piece, text: clean(piece.text) };
  }
};

const hiddenIn = (text: string, { page, line }: Place): readonly Warning[] => [
  ...warningOf(text.match(turning), 'right-to-left or other direction marks removed', {
    page,
    line,
  }),
  ...warningOf(text.match(unseen), 'invisible characters removed', { page, line }),
];

const warningOf = (
  found: readonly string[] | null,
  what: string,
  place: Place,
): readonly Warning[] =>
  found === null
    ? []
    : [
        {
          ...place,
          what,
          found: `${[...new Set(found)].map(numberOf).join(' ')} (${found.length})`,
        },
      ];
