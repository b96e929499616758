/** What splitting a document into sections keeps, whatever the document. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../core/ingest/blocks/recognise.ts';
import { textPieces } from '../../../core/ingest/blocks/text-lines.ts';
import { kebab, type Section, sectionsOf } from '../../../core/ingest/register/sections.ts';
import { type Block, textOf } from '../../../core/ingest/tree.ts';

const word = fc.stringMatching(/^[A-Za-z0-9é]{1,9}$/);
const words = (most: number) =>
  fc.array(word, { minLength: 1, maxLength: most }).map((all) => all.join(' '));

const place = { page: null, line: null } as const;
const block: fc.Arbitrary<Block> = fc.oneof(
  fc
    .record({ level: fc.integer({ min: 1, max: 4 }), text: words(5) })
    .map((heading): Block => ({ kind: 'heading', ...heading, ...place })),
  words(12).map((text): Block => ({ kind: 'paragraph', text, ...place })),
  words(4).map((text): Block => ({ kind: 'paragraph', text: `${text}:`, ...place })),
  fc.array(words(4), { minLength: 1, maxLength: 3 }).map(
    (items): Block => ({
      kind: 'list',
      items: items.map((text) => ({ marker: '-', depth: 0, text })),
      ...place,
    }),
  ),
  fc
    .tuple(words(4), words(6))
    .map(
      ([question, answer]): Block => ({ kind: 'faq', question: `${question}?`, answer, ...place }),
    ),
);

/** Everything that the sections hold, in their order. */
const held = (sections: readonly Section[]): string =>
  sections.flatMap(({ above, title, text }) => [...above, title, text]).join('\n');

const solid = (text: string): string => text.replace(/\s/gu, '');

describe('sections', () => {
  it('hold every block of a document, in its order', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 20 }), (blocks) => {
        const sections = sectionsOf({ blocks, language: 'en', masthead: [] });
        const rest = solid(held(sections));
        let at = 0;
        for (const one of blocks) {
          const text = solid(textOf(one));
          const found = rest.indexOf(text, at);
          expect(found, text).toBeGreaterThanOrEqual(at);
          at = found + text.length;
        }
      }),
    );
  });

  it('have ids that differ and texts that are not empty', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 20 }), (blocks) => {
        const sections = sectionsOf({ blocks, language: 'id', masthead: [] });
        expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
        for (const { id, text } of sections) {
          expect(id).toMatch(/^[a-z0-9.-]+$/);
          expect(text.trim()).not.toBe('');
        }
      }),
    );
  });

  it('keep every letter and digit of a plain text', () => {
    const line = fc.oneof(
      words(14),
      words(3).map((text) => `- ${text}`),
      fc.tuple(fc.integer({ min: 1, max: 30 }), words(4)).map(([n, text]) => `${n}. ${text}`),
      fc.tuple(fc.integer({ min: 1, max: 9 }), words(6)).map(([n, text]) => `(${n}) ${text}`),
      fc.integer({ min: 1, max: 99 }).map((n) => `Pasal ${n}`),
      fc.constantFrom('', '-', 'BAB I', 'KETENTUAN UMUM', 'Peran Pimpinan', 'antara lain:', 'FAQ'),
      words(5).map((text) => `${text}?`),
      fc.tuple(words(2), words(2), words(2)).map((cells) => `| ${cells.join(' | ')} |`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        // A lone "o" before a text is a bullet of Word.
        fc.pre(lines.every((one) => !/^o\s/.test(one)));
        const text = lines.join('\n');
        const source = recognise({ title: null, pieces: textPieces(text) });
        const kept = count(`${source.title ?? ''}${held(sectionsOf(source))}`);
        const lost = Object.entries(count(text)).filter(
          ([sign, often]) => (kept[sign] ?? 0) < often,
        );
        expect(lost).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('cut a long heading between words for its id', () => {
    expect(kebab('Peran Pimpinan (2) & Café')).toBe('peran-pimpinan-2-cafe');
    expect(kebab(`${'panjang '.repeat(20)}`).length).toBeLessThanOrEqual(56);
    expect(kebab('•••')).toBe('section');
  });
});

/** How often each letter and digit occurs. */
const count = (text: string): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const sign of text.match(/[\p{L}\d]/gu) ?? []) counts[sign] = (counts[sign] ?? 0) + 1;
  return counts;
};
