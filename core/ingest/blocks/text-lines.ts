/** Plain text as lines: which of them the writer's margin broke, which stand apart, how far they are set in. */

import type { Line, Piece } from '../tree.ts';
import { isLoneBullet } from './markers.ts';
import { tablesIn } from './tables.ts';

/** Wider texts have one paragraph on each line. */
const widestMargin = 120;

/** The pieces of a plain text: its lines, and the tables drawn in it. */
export const textPieces = (text: string): readonly Piece[] => {
  const raw = joinLoneBullets(text.split(/\r\n|[\n\r\u0085\u2028\u2029]/u));
  const margin = marginOf(raw.map(({ text: line }) => line.trimEnd().length));
  return tablesIn(
    raw.flatMap(({ text: line, number, page }, index): readonly Line[] => {
      const body = line.trim();
      if (body === '' || isRuler(body)) return [];
      return [
        {
          kind: 'line',
          text: body,
          full: isFull(line, raw[index + 1]?.text ?? '', margin),
          gap: index === 0 || isBlank(raw[index - 1]?.text ?? ''),
          indent: line.length - line.trimStart().length,
          level: null,
          page,
          line: number,
        },
      ];
    }),
  );
};

type Raw = { readonly text: string; readonly number: number; readonly page: number | null };

/** Some pages print the bullet on a line of its own, above its text; a form feed begins a page. */
const joinLoneBullets = (lines: readonly string[]): readonly Raw[] => {
  const paged = lines.some((line) => line.includes('\f'));
  const out: Raw[] = [];
  let page = 1;
  let bullet = '';
  for (const [index, line] of lines.entries()) {
    page += line.split('\f').length - 1;
    const text = line.replaceAll('\f', '');
    if (isLoneBullet(text.trim())) {
      bullet = `${text.trimEnd()} `;
      continue;
    }
    const joined = bullet === '' || isBlank(text) ? text : bullet + text.trim();
    if (!isBlank(text)) bullet = '';
    out.push({ text: joined, number: index + 1, page: paged ? page : null });
  }
  return out;
};

const isBlank = (text: string): boolean => text.trim() === '' || isRuler(text.trim());

/** A line of signs alone draws a border; it says nothing. */
const isRuler = (text: string): boolean => /^(?:[-=_*~#]\s*){3,}$/u.test(text);

/** The margin at which a text was broken, in characters; null when its lines are whole paragraphs. */
const marginOf = (lengths: readonly number[]): number | null => {
  const sorted = lengths.filter((length) => length > 0).sort((a, b) => a - b);
  const widest = sorted[Math.floor(sorted.length * 0.98)] ?? 0;
  // A margin shows in many lines that reach it; a single long one is a long paragraph.
  const near = sorted.filter((length) => length > 0.8 * widest).length;
  const shows = near >= 3 && near * 8 >= sorted.length;
  return widest > widestMargin || widest < 40 || !shows ? null : widest;
};

/** Broken by the margin: the next word would not have fitted any more. */
const isFull = (line: string, next: string, margin: number | null): boolean => {
  if (margin === null || isBlank(next)) return false;
  const word = /\S+/u.exec(next)?.[0] ?? '';
  return line.trimEnd().length + 1 + word.length > margin;
};
