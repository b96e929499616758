/** The source lock: an approved item stands on the sections it cites; when one changes, exactly its dependents are at risk. */
import { createHash } from 'node:crypto';
import { once } from '../once.ts';
import type { Catalogue, Locked, SourceDocument } from './schema.ts';

type Documents = ReadonlyMap<string, Pick<SourceDocument, 'sections'>>;

/** A text whose form does not count: Unicode NFC, every run of white space one space. */
export const normalised = (text: string): string =>
  text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** Hex SHA-256 of a section's normalised text. */
export const sectionFingerprint = (text: string): string =>
  createHash('sha256').update(normalised(text)).digest('hex');

/** Hex digits of a fingerprint that an approval keeps. */
const keptDigits = 16;

/** The document and the section behind `document#section`, as far as they are there. */
export const citedIn = <D extends Pick<SourceDocument, 'sections'>>(
  documents: ReadonlyMap<string, D>,
  cite: string,
): { readonly document: D | undefined; readonly section: D['sections'][number] | undefined } => {
  const [documentId = '', sectionId = ''] = cite.split('#');
  const document = documents.get(documentId);
  return { document, section: document?.sections.find(({ id }) => id === sectionId) };
};

/** What an approval of `cites` keeps today: the beginning of each section's fingerprint, in the order of the cites. */
export const approvedSources = (
  documents: Documents,
  cites: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...new Set(cites)].map((cite) => {
      const { section } = citedIn(documents, cite);
      if (section === undefined) throw new Error(`no section ${cite}`);
      return [cite, approvedDigits(section)];
    }),
  );

/** What an approval keeps of one section. */
export const approvedDigits = ({
  text,
  fingerprint,
}: Pick<SourceDocument['sections'][number], 'text' | 'fingerprint'>): string =>
  (fingerprint ?? sectionFingerprint(text ?? '')).slice(0, keptDigits);

/** The cited sections that are no longer what the item's approval stood on; none = the item may be sent. */
export const changedSources = (documents: Documents, item: Locked): readonly string[] =>
  Object.entries(approvedSources(documents, item.cites)).flatMap(([cite, now]) =>
    item.approval.sources[cite] === now ? [] : [cite],
  );

/** Every item of a catalogue that is at risk, with its changed sections. */
export const atRisk = once((catalogue: Catalogue): ReadonlyMap<string, readonly string[]> => {
  const items = lockedItems(catalogue).map((item): [string, readonly string[]] => [
    item.id,
    changedSources(catalogue.documents, item),
  ]);
  return new Map(items.filter(([, changed]) => changed.length > 0));
});

/** Everything that cites a document: lessons, prompts and the survey's items. */
export const lockedItems = ({ lessons, prompts, survey }: Catalogue): readonly Locked[] => [
  ...lessons.values(),
  ...prompts.values(),
  ...survey.items,
];

/** The version of an item that a reader saw: which sources its approval stood on. Rewording it is no new version. */
export const sourceVersion = once(({ approval }: Locked): string => {
  const sources = Object.entries(approval.sources).sort(([a], [b]) => (a < b ? -1 : 1));
  return sectionFingerprint(sources.map((pair) => pair.join(' ')).join('\n')).slice(0, keptDigits);
});

/** On which sources the copy of an item stands that somebody gets today; '' for what cites none. */
export const versionIn =
  ({ lessons, prompts }: Catalogue) =>
  (item: string): string => {
    const locked = lessons.get(item) ?? prompts.get(item);
    return locked === undefined ? '' : sourceVersion(locked);
  };
