import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, codePoints, fits } from '../../../core/conversation/clip.ts';

const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });
const piece = fc.constantFrom('a', ' ', 'é', 'e\u0301', '😀', '👩‍👩‍👧', '🇮🇩', '\ud83d', '\u0301');
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
const limit = fc.integer({ min: 1, max: 40 });

describe('a text cut to a limit', () => {
  it('holds at most so many code points, and what fits stays as it is', () => {
    fc.assert(
      fc.property(text, limit, (whole, most) => {
        expect(fits(whole, most)).toBe(codePoints(whole) <= most);
        expect(codePoints(clip(whole, most))).toBeLessThanOrEqual(most);
        if (fits(whole, most)) expect(clip(whole, most)).toBe(whole);
      }),
    );
  });

  it('ends where a character of the reader ends, with as many of them as there is room for', () => {
    fc.assert(
      fc.property(text, limit, (whole, most) => {
        fc.pre(!fits(whole, most));
        const starts = [...graphemes.segment(whole)].map(({ index }) => index);
        const cuts = starts.filter((at) => codePoints(whole.slice(0, at)) <= most - 1);
        expect(clip(whole, most)).toBe(`${whole.slice(0, cuts.at(-1) ?? 0).trimEnd()}…`);
      }),
    );
  });
});
