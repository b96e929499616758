/** Pieces of a drawing that becomes a picture: fixed colours, one font, no style sheet. */
import { escapeText } from '../parts/escape.ts';

/** The one font of every picture; it comes with a package, so that pictures are the same on every machine. */
export const fontFamily = 'DejaVu Sans';

/** A drawing as SVG markup, and its height in units. */
export type Drawing = { readonly svg: string; readonly height: number };

/** Colours of the light mode. */
export const ink = {
  text: '#1b1f24',
  quiet: '#545c66',
  line: '#d9dde3',
  panel: '#f5f6f8',
} as const;

export type TextAt = {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly bold?: boolean;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle';
};

export const textAt = (
  words: string,
  { x, y, size = 14, bold = false, fill = ink.text, anchor = 'start' }: TextAt,
): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-weight="${bold ? 700 : 400}" fill="${fill}" text-anchor="${anchor}">${escapeText(words)}</text>`;

/** Characters of so many pixels of DejaVu Sans at 14 px, on average. */
const characterWidth = 8.2;

/** Words broken into lines no wider than `width` pixels, as far as one word allows. */
export const wrapped = (words: string, width: number, size = 14): readonly string[] => {
  const most = Math.max(1, Math.floor(width / ((characterWidth * size) / 14)));
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** Lines of text below each other, the first at `y`. */
export const paragraph = (lines: readonly string[], at: TextAt): string =>
  lines
    .map((line, index) => textAt(line, { ...at, y: at.y + index * lineHeight(at.size) }))
    .join('');

/** Pixels from one line to the next. */
export const lineHeight = (size = 14): number => Math.round(size * 1.4);

/** The whole drawing. */
export const drawing = (
  { width, height }: { readonly width: number; readonly height: number },
  parts: readonly string[],
): Drawing => ({
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}">${parts.join('')}</svg>`,
  height,
});
