/** "Sumber": where an item comes from, what kind of document that is, and its words where it may be quoted. */
import { sayIn } from '../content/say.ts';
import type { Catalogue, Lesson, Prompt } from '../content/schema.ts';
import { citedIn } from '../content/source-lock.ts';
import type { Part } from '../conversation/message.ts';
import type { Language } from '../language.ts';

/** The quoted passages, each with its section, and the line of sources below them. */
export const sourceParts = (
  catalogue: Catalogue,
  item: Lesson | Prompt,
  language: Language,
): readonly Part[] => [
  ...quotes(catalogue, item, language).map((text): Part => ({ type: 'context', text })),
  { type: 'context', text: sourceLine(catalogue, item.cites, language) },
];

/** A passage stays in the language of its document. */
const quotes = (
  catalogue: Catalogue,
  item: Lesson | Prompt,
  language: Language,
): readonly string[] =>
  'sentences' in item
    ? item.sentences.flatMap((sentence) =>
        sentence.kind === 'source' && sentence.quote !== undefined
          ? [
              sayIn(catalogue, language)('lesson.quote', {
                quote: sentence.quote,
                section: section(catalogue, sentence.cites, language),
              }),
            ]
          : [],
      )
    : [];

const section = (catalogue: Catalogue, cite: string, language: Language): string => {
  const found = citedIn(catalogue.documents, cite).section;
  return found?.title[language] ?? cite.split('#')[1] ?? '';
};

/** "Sumber: title, section (kind of document)": every cited section, each document once. */
export const sourceLine = (
  catalogue: Catalogue,
  cites: readonly string[],
  language: Language,
): string => {
  const byDocument = new Map<string, string[]>();
  for (const citation of cites) {
    const [documentId = '', sectionId = ''] = citation.split('#');
    byDocument.set(documentId, [...(byDocument.get(documentId) ?? []), sectionId]);
  }
  const sources = [...byDocument].map(([documentId, sectionIds]) => {
    const source = catalogue.documents.get(documentId);
    if (source === undefined) throw new Error(`no document ${documentId}`);
    const sections = sectionIds.map((wanted) =>
      section(catalogue, `${documentId}#${wanted}`, language),
    );
    return `${source.title}, ${sections.join('; ')} (${source.kindLabel[language]})`;
  });
  return sayIn(catalogue, language)('lesson.source', { sources: sources.join(' · ') });
};
