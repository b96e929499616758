/** Whether documents and what is said of them fit together: a section has a text or a fingerprint, a quote stands in its section. */
import type { Fault } from '../../errors.ts';
import { byId, type Entry, faultAt, type Rooms } from '../entry.ts';
import type { Catalogue, Lesson, SourceDocument } from '../schema.ts';
import { approvedDigits, citedIn, normalised } from '../source-lock.ts';

/** Every fault of documents' sections and of lessons' quotes. */
export const sourceFaults = (rooms: Rooms): readonly Fault[] => {
  const documents = byId(rooms.documents);
  return [
    ...rooms.documents.entries.flatMap(sectionFaults),
    ...rooms.lessons.entries.flatMap((entry) => [
      ...quoteFaults(entry, documents),
      ...missingQuote(entry, rooms),
    ]),
  ];
};

type Documents = Catalogue['documents'];

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

/**
 * Quotes that their sections do not say. A section that changed since the lesson's approval is no fault: the lesson is at
 * risk and does not go out, and everything else does.
 */
export const quoteFaults = (entry: Entry<Lesson>, documents: Documents): readonly Fault[] =>
  entry.value.sentences.flatMap((sentence, index) => {
    if (sentence.kind !== 'source' || sentence.quote === undefined) return [];
    const approved = entry.value.approval.sources[sentence.cites];
    const wrong = whyNoQuote(documents, { cite: sentence.cites, quote: sentence.quote, approved });
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

type Quote = {
  readonly cite: string;
  readonly quote: string;
  /** What the lesson's approval keeps of the section. */
  readonly approved: string | undefined;
};

const whyNoQuote = (
  documents: Documents,
  { cite, quote, approved }: Quote,
): Pick<Fault, 'what' | 'allowed'> | null => {
  if (quote.split(/\s+/u).length > quoteWords)
    return { what: 'quote is long', allowed: `at most ${quoteWords} words` };
  const { document, section } = citedIn(documents, cite);
  // An unknown section is a fault of its own.
  if (document === undefined || section === undefined) return null;
  if (!document.quotable)
    return { what: `quote of ${document.id}, which may not be quoted`, allowed: 'own words' };
  if (approvedDigits(section) !== approved) return null;
  if (section.text === undefined)
    return { what: `quote of ${cite}, which is gone`, allowed: 'words of a section that stands' };
  return saysIt(section, quote)
    ? null
    : { what: `quote is not found in ${cite}`, allowed: 'words of the section, letter by letter' };
};

/** The sections a lesson quotes though they do not say so any more; told of lessons at risk. */
export const lostQuotes = (documents: Documents, { sentences }: Lesson): readonly string[] => [
  ...new Set(
    sentences.flatMap((sentence) => {
      if (sentence.kind !== 'source' || sentence.quote === undefined) return [];
      const { section } = citedIn(documents, sentence.cites);
      return saysIt(section, sentence.quote) ? [] : [sentence.cites];
    }),
  ),
];

type Section = SourceDocument['sections'][number];

const saysIt = (section: Section | undefined, quote: string): boolean =>
  normalised(section?.text ?? '').includes(normalised(quote));
