/** Whether documents and what is said of them fit together: a section has a text or a fingerprint, a quote stands in its section. */
import type { Fault } from '../../errors.ts';
import { type Entry, faultAt, type Rooms } from '../entry.ts';
import type { Lesson, SourceDocument } from '../schema.ts';
import { normalised } from '../source-lock.ts';

/** Every fault of documents' sections and of lessons' quotes. */
export const sourceFaults = (rooms: Rooms): readonly Fault[] => [
  ...rooms.documents.entries.flatMap(sectionFaults),
  ...rooms.lessons.entries.flatMap((entry) => [
    ...quoteFaults(entry, rooms),
    ...missingQuote(entry, rooms),
  ]),
];

const sectionFaults = (entry: Entry<SourceDocument>): readonly Fault[] => {
  const { sections, quotable } = entry.value;
  return sections.flatMap(({ id, text, fingerprint }, index) => {
    const path = ['sections', index];
    const at = (what: string, allowed: string): readonly Fault[] => [
      faultAt(entry, path, { what, found: id, allowed }),
    ];
    if (text === undefined && fingerprint === undefined)
      return at('section without text or fingerprint', 'its text, or the fingerprint of it');
    if (text !== undefined && fingerprint !== undefined)
      return at('section with text and fingerprint', 'one of both: a text has its own fingerprint');
    return text !== undefined && !quotable
      ? at('text of a document that may not be quoted', 'its fingerprint alone')
      : [];
  });
};

/** Longest quote, in words: a passage, not the article. */
const quoteWords = 40;

const quoteFaults = (entry: Entry<Lesson>, rooms: Rooms): readonly Fault[] =>
  entry.value.sentences.flatMap((sentence, index) => {
    if (sentence.kind !== 'source' || sentence.quote === undefined) return [];
    const wrong = whyNoQuote(rooms, sentence.cites, sentence.quote);
    return wrong === null
      ? []
      : [
          faultAt(entry, ['sentences', index, 'quote'], {
            ...wrong,
            found: sentence.quote.slice(0, 60),
          }),
        ];
  });

/** Who reads a tip sees the words it rests on, wherever its document lets them be shown. */
const missingQuote = (entry: Entry<Lesson>, { documents }: Rooms): readonly Fault[] => {
  const { cites, sentences } = entry.value;
  const open = documents.entries.filter(({ value }) => value.quotable).map(({ value }) => value.id);
  const quotable = cites.find((cite) => open.includes(cite.split('#')[0] ?? ''));
  const quoted = sentences.some((one) => one.kind === 'source' && one.quote !== undefined);
  return quotable === undefined || quoted
    ? []
    : [
        faultAt(entry, ['cites'], {
          what: 'no quote of a document that may be quoted',
          found: quotable,
          allowed: 'one sentence of kind source with a quote of its section',
        }),
      ];
};

const whyNoQuote = (
  { documents }: Rooms,
  cite: string,
  quote: string,
): Pick<Fault, 'what' | 'allowed'> | null => {
  const [documentId = '', sectionId = ''] = cite.split('#');
  const document = documents.entries.find(({ value }) => value.id === documentId)?.value;
  const section = document?.sections.find(({ id }) => id === sectionId);
  // An unknown section is a fault of its own.
  if (document === undefined || section === undefined) return null;
  if (!document.quotable || section.text === undefined)
    return { what: `quote of ${documentId}, which may not be quoted`, allowed: 'own words' };
  if (quote.split(/\s+/u).length > quoteWords)
    return { what: 'quote is long', allowed: `at most ${quoteWords} words` };
  return normalised(section.text).includes(normalised(quote))
    ? null
    : { what: `quote is not found in ${cite}`, allowed: 'words of the section, letter by letter' };
};
