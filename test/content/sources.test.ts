import { describe, expect, it } from 'vitest';
import { lostQuotes } from '../../core/content/checks/sources.ts';
import { parseCatalogue } from '../../core/content/parse.ts';
import type { ContentFile } from '../../core/content/schema.ts';
import { atRisk, sectionFingerprint } from '../../core/content/source-lock.ts';
import { paths, smallContent, spoil } from './small-content.ts';

const expectFault = (files: readonly ContentFile[], message: string): void => {
  expect(() => parseCatalogue(files)).toThrow(message);
};

const fingerprint = `fingerprint: ${sectionFingerprint('one')}`;

const digitsOf = (text: string): string => sectionFingerprint(text).slice(0, 16);

describe('a section', () => {
  it('has a text or a fingerprint, not both and not neither', () => {
    expectFault(
      spoil(paths.document, `, ${fingerprint}`, ''),
      'content/documents/doc.yaml:12: section without text or fingerprint, found "one"',
    );
    expectFault(
      spoil(paths.document, fingerprint, `text: one, ${fingerprint}`),
      'content/documents/doc.yaml:12: section with text and fingerprint, found "one"',
    );
  });

  it('keeps its text out where the document may not be quoted', () => {
    expectFault(
      spoil(paths.document, fingerprint, 'text: one'),
      'content/documents/doc.yaml:12: text of a document that may not be quoted, found "one"',
    );
  });
});

describe('a quote', () => {
  /** The document may be quoted, its section reads `text`, and the lesson quotes it, approved when it read `approved`. */
  const quoting = (text: string, quote: string | null, approved = text) =>
    smallContent.map((file) => {
      if (file.path === paths.document)
        return {
          ...file,
          text: file.text
            .replace('quotable: false', 'quotable: true')
            .replace(fingerprint, `text: "${text}"`),
        };
      return file.path === paths.lesson && quote !== null
        ? {
            ...file,
            text: file.text
              .replace('    cites: doc#one\n', `    cites: doc#one\n    quote: ${quote}\n`)
              .replace(digitsOf('one'), digitsOf(approved)),
          }
        : file;
    });

  it('stands in its section, white space aside', () => {
    const approved = 'satu one dua';
    expect(parseCatalogue(quoting('satu  one\\n dua', approved, approved)).lessons.size).toBe(1);
    expectFault(
      quoting('satu dua', 'dua satu'),
      'content/lessons/l01-letter.yaml:9: quote is not found in doc#one, found "dua satu"',
    );
  });

  it('of a section that was amended stops nothing but its own tip', () => {
    const amended = parseCatalogue(quoting('tiga', 'satu dua', 'satu dua'));
    expect(atRisk(amended).get('l01')).toEqual(['doc#one']);
    const [lesson] = amended.lessons.values();
    expect(lesson && lostQuotes(amended.documents, lesson)).toEqual(['doc#one']);
  });

  it('is refused where the document may not be quoted', () => {
    expectFault(
      spoil(paths.lesson, '    cites: doc#one\n', '    cites: doc#one\n    quote: one\n'),
      'quote of doc, which may not be quoted, found "one", allowed own words',
    );
  });

  it('is missed where the document may be quoted', () => {
    expectFault(
      quoting('satu dua', null),
      'content/lessons/l01-letter.yaml:4: no quote of a document that may be quoted, found "doc#one"',
    );
  });

  it('has at most forty words', () => {
    expectFault(quoting('satu', 'kata '.repeat(41).trim()), 'quote is long');
  });
});

describe('advice', () => {
  it.each([
    'Pada 2022 ada aturan.',
    'Undang-Undang itu melarangnya.',
    'Menurut penelitian, ini baik.',
  ])('claims no fact: %s', (claim) => {
    const advice = /- kind: advice\n {4}text:\n {6}id: /;
    const files = smallContent.map((file) =>
      file.path === paths.lesson
        ? { ...file, text: file.text.replace(advice, (found) => `${found}${claim} `) }
        : file,
    );
    expectFault(files, 'content/lessons/l01-letter.yaml:14: advice that claims a fact');
  });
});

describe('the prebunking track', () => {
  const first = (parts: readonly string[], extra = '') =>
    smallContent.map((file) => {
      if (file.path !== paths.lesson) return file;
      const [head = '', ...rest] = file.text.split('sentences:\n');
      const sentences = parts.map(
        (part) =>
          `  - { kind: advice, part: ${part}, text: { id: ${'kata '.repeat(20)}, en: ${'word '.repeat(20)} } }\n`,
      );
      const tail = rest.join('').replace(/^[\s\S]*?(?=intention:)/, '');
      const track = `prebunk: { claim: replaced, role: first }\n${extra}`;
      return { ...file, text: `${head}${track}sentences:\n${sentences.join('')}${tail}` };
    });

  it('has its four parts in their order', () => {
    expectFault(
      first(['claim', 'forewarning', 'answer', 'unknown']),
      'parts of a prebunking lesson, found "claim, forewarning, answer, unknown", allowed forewarning, claim, answer, unknown',
    );
    expectFault(
      spoil(paths.lesson, '  - kind: advice\n', '  - kind: advice\n    part: claim\n'),
      'parts of a prebunking lesson, found "claim", allowed none: only a first lesson of the track has parts',
    );
  });

  it('is followed by a booster', () => {
    expectFault(
      first(['forewarning', 'claim', 'answer', 'unknown']),
      'content/programmes/plan.yaml:8: no booster of the claim "replaced" soon after l01, found "nothing", allowed one within 9 lessons',
    );
  });
});
