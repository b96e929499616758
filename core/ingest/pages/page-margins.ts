/** What printed pages repeat at their edges: running heads, page numbers, catchwords. */

import { numberedHeading } from '../regulation.ts';
import type { PageLine } from './page.ts';

/** Lines at each edge that can be a head or a foot; gazettes print three. */
const edge = 3;

type Lines = readonly PageLine[];

/** All lines of all pages without what the edges repeat. */
export const withoutMargins = (pages: readonly Lines[]): Lines => {
  const edges = pages.map(edgesOf);
  const repeats = repeatsOf(pages, edges);
  const kept = pages.map((lines, at) => {
    const atEdge = new Set(edges[at]);
    const outermost = [edges[at]?.at(0), edges[at]?.at(-1)];
    return lines.filter((line) => {
      if (!atEdge.has(line)) return true;
      if (repeats(line, at)) return false;
      // A bare number may be the text's own; one between dashes or after "Halaman" is not.
      const bare = /^\d+$/u.test(line.text) && !outermost.includes(line);
      return !isPageNumber(line, at) || bare;
    });
  });
  return kept.flatMap((lines, at) => withoutCatchword(lines, kept[at + 1]));
};

/** Pages around one in which a chapter's own head must repeat. */
const around = 4;
/** "Cukup jelas." ends many pages of an explanation and stands in their middle as often: no head. */
const mostInside = 2;

/** Tells whether a line at an edge stands at the same height of a third of all pages, or of four near ones. */
const repeatsOf = (pages: readonly Lines[], edges: readonly Lines[]) => {
  const inside = new Map<string, number>();
  const places = new Map<string, number[]>();
  pages.forEach((lines, at) => {
    const atEdge = new Set(edges[at]);
    for (const line of lines) {
      const words = wordsOf(line);
      if (!atEdge.has(line)) inside.set(words, (inside.get(words) ?? 0) + 1);
    }
    for (const key of new Set([...atEdge].map(keyOf)))
      places.set(key, [...(places.get(key) ?? []), at]);
  });
  const often = Math.max(2, Math.ceil(pages.length * 0.3));
  return (line: PageLine, at: number): boolean => {
    if ((inside.get(wordsOf(line)) ?? 0) > mostInside) return false;
    const found = places.get(keyOf(line)) ?? [];
    const near = found.filter((page) => Math.abs(page - at) <= around);
    return found.length >= often || near.length >= around;
  };
};

/** From the top down. */
const edgesOf = (lines: Lines): Lines => {
  const byHeight = [...lines].sort((a, b) => a.y - b.y);
  // A page with few lines has no edges: they are its text.
  return lines.length <= edge
    ? byHeight.slice(-1)
    : [...new Set([...byHeight.slice(0, edge), ...byHeight.slice(-edge)])];
};

/** A head is the same on every page but for the page's number, and stands at the same height. */
const keyOf = (line: PageLine): string => `${Math.round(line.y / 4)} ${wordsOf(line)}`;

/** The number of an article or an item is its own, and no page's. */
const wordsOf = ({ text }: PageLine): string => {
  const own = numberedHeading(text, '') !== null || /^\(?[\da-z]{1,3}[.)]\s/iu.test(text);
  return own ? text : text.replace(/\d+/g, '#').toLowerCase();
};

/** `12`, `- 12 -`, `Halaman 12 dari 40`: counted from any page on, so near the page's own place. */
const isPageNumber = ({ text }: PageLine, at: number): boolean => {
  const found =
    /^[-–—\s]*(?:halaman|hal\.?|page|hlm\.?)?\s*(\d{1,4})(?:\s*(?:dari|of|\/)\s*\d{1,4})?[-–—\s]*$/iu.exec(
      text,
    );
  return found !== null && Math.abs(Number(found[1]) - at) < 40;
};

/** Gazettes print the next page's first words at the foot: `b. bahwa . . .` */
const withoutCatchword = (lines: Lines, next: Lines | undefined): Lines => {
  const begun = /^(.+?)\s*(?:\.\s?\.\s?\.|…)$/u.exec(lines.at(-1)?.text ?? '')?.[1];
  const repeats = begun !== undefined && next?.[0]?.text.startsWith(begun) === true;
  return repeats ? lines.slice(0, -1) : lines;
};
