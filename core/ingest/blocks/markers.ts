/** The signs before an item of a list: bullets, `1.`, `a.`, `(1)` (an ayat), and how they nest. */

/** A line taken apart; `style` is equal for the items of one list. */
export type Marked = { readonly marker: string; readonly style: string; readonly text: string };

const bullet = /^([-–—*•●▪◦‣○■□➢✓✔·]|o(?=\s))\s+(\S[\s\S]*)$/u;
const loneBullet = /^[-–—*•●▪◦‣○■□➢✓✔·]$/u;
const ordered =
  /^(\(\d{1,3}[a-z]?\)|\d{1,3}[.)]|\([a-z]\)|[a-zA-Z][.)]|[ivxlc]+[.)]|\([ivxlc]+\))\s+(\S[\s\S]*)$/u;

/** The item a line begins, or null. `indent` tells bullets of one sign apart. */
export const markedLine = (text: string, indent: number): Marked | null => {
  const dot = bullet.exec(text);
  if (dot !== null) {
    return { marker: '-', style: `${dot[1]}${indent}`, text: dot[2] ?? '' };
  }
  const number = ordered.exec(text);
  if (number === null) return null;
  const marker = number[1] ?? '';
  return { marker, style: styleOf(marker), text: number[2] ?? '' };
};

/** True for a bullet alone on its line; its text stands on the next one. */
export const isLoneBullet = (text: string): boolean => loneBullet.test(text);

/** True for `a.` alone on its line, as pages with a column for the signs print it. */
export const isLoneMarker = (text: string): boolean =>
  /^(?:\(\d{1,3}\)|\d{1,3}[.)]|[a-z][.)])$/u.test(text);

const styleOf = (marker: string): string =>
  marker
    .replace(/\d+[a-z]?/u, '1')
    .replace(/[A-Z]/u, 'A')
    .replace(/[ivxlc]{2,}|[ivx](?=[.)])/u, 'i')
    .replace(/[a-hj-z]+/u, 'a');

/** True when `second` goes on counting where `first` stopped. */
export const follows = (first: string, second: string): boolean => {
  const [one, two] = [orderOf(first), orderOf(second)];
  return one !== null && two !== null && two === one + 1;
};

const orderOf = (marker: string): number | null => {
  const digits = /\d+/.exec(marker)?.[0];
  if (digits !== undefined) return Number(digits);
  const letter = /^\(?([a-zA-Z])[.)]$/.exec(marker)?.[1];
  return letter === undefined ? null : letter.toLowerCase().charCodeAt(0);
};

/** The nesting of the list being read: each style once, the outermost first. */
export type Nesting = readonly { readonly style: string; readonly marker: string }[];

/** Where the next item stands: its depth and the nesting it leaves. */
export const nest = (
  nesting: Nesting,
  { marker, style }: Marked,
): { readonly depth: number; readonly nesting: Nesting } => {
  const known = nesting.findIndex((level) => goesOn(level, marker, style));
  const depth = known === -1 ? nesting.length : known;
  const own = known === -1 ? style : (nesting[known]?.style ?? style);
  return { depth, nesting: [...nesting.slice(0, depth), { style: own, marker }] };
};

/** `i.` after `h.` is the ninth letter, not the first Roman number. */
const goesOn = (level: Nesting[number], marker: string, style: string): boolean =>
  level.style === style || (/^\(?[ivx][.)]$/.test(marker) && follows(level.marker, marker));
