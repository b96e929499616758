/** What a register says of a document: told by the operator, else as it stands, else as the document shows. */
import type { SourceDocument } from '../../content/schema.ts';
import type { Language, Text } from '../../language.ts';
import { type Instrument, instrumentOf } from './instrument.ts';
import type { About } from './register.ts';

/** What the operator said; the rest is found. */
export type Told = Partial<
  Pick<
    SourceDocument,
    'title' | 'publisher' | 'kind' | 'licence' | 'date' | 'url' | 'quotable' | 'language'
  >
>;

/** What the document itself shows. */
type Shown = {
  readonly title: string;
  readonly publisher: string | null;
  readonly language: Language;
  readonly regulation: boolean;
};

type Kind = SourceDocument['kind'];

export const kinds: readonly Kind[] = ['article', 'regulation', 'own-policy'];

const labels: Readonly<Record<Kind | Instrument | 'unnamed', Text>> = {
  article: { id: 'Artikel, bukan regulasi', en: 'Article, not a regulation' },
  regulation: { id: 'Peraturan', en: 'Regulation' },
  'own-policy': { id: 'Kebijakan instansi', en: "The agency's own policy" },
  legislation: { id: 'Peraturan perundang-undangan', en: 'Legislation' },
  circular: {
    id: 'Surat edaran, bukan peraturan perundang-undangan',
    en: 'Circular, not legislation',
  },
  decree: { id: 'Keputusan', en: 'Decree' },
  instruction: { id: 'Instruksi', en: 'Instruction' },
  // In articles, and no name tells what it is: a contract, a guideline, a law of another country.
  unnamed: { id: 'Dokumen', en: 'Document' },
};

/** Law 28/2014 on Copyright, article 42: there is no copyright in legislation. */
const freeLicence =
  'Peraturan perundang-undangan; tidak dilindungi hak cipta (UU 28/2014 Pasal 42)';
const reserved = 'All rights with the publisher; cited, never quoted';

type Source = {
  readonly told: Told;
  readonly shown: Shown;
  readonly standing: SourceDocument | null;
};

/** The entry's fields; `publisher` is empty when nobody says who published the document. */
export const aboutDocument = (id: string, { told, shown, standing }: Source): About => {
  const found = foundIn(told, shown);
  const kind = told.kind ?? standing?.kind ?? found.kind;
  return {
    id,
    title: told.title ?? standing?.title ?? shown.title,
    publisher: told.publisher ?? standing?.publisher ?? shown.publisher ?? '',
    kind,
    kindLabel: standing?.kind === kind ? standing.kindLabel : labels[found.label ?? kind],
    language: told.language ?? standing?.language ?? shown.language,
    url: told.url ?? standing?.url ?? null,
    licence: told.licence ?? standing?.licence ?? (found.free ? freeLicence : reserved),
    quotable: told.quotable === true || standing?.quotable === true,
    date: told.date ?? standing?.date ?? null,
  };
};

/** Whether an entry says that its text has no copyright, so that no other licence need be named to quote it. */
export const isFree = ({ licence }: Pick<About, 'licence'>): boolean => licence === freeLicence;

/** What the operator has to check, because it was found and nobody said it. */
export const unconfirmed = ({ told, standing }: Source): readonly ('kind' | 'licence')[] =>
  standing === null
    ? (['kind', 'licence'] as const).filter((field) => told[field] === undefined)
    : [];

type Found = {
  readonly kind: Kind;
  readonly label: keyof typeof labels | null;
  readonly free: boolean;
};

/** By its name, and by the operator's word on its kind: articles alone make no legislation. */
const foundIn = (told: Told, shown: Shown): Found => {
  const instrument = instrumentOf(shown.title) ?? instrumentOf(told.title ?? '');
  const named = instrument !== null && (instrument !== 'legislation' || shown.regulation);
  const kind = told.kind ?? (named ? 'regulation' : 'article');
  const free = kind === 'regulation' && (instrument === null || instrument === 'legislation');
  if (kind === 'regulation') return { kind, label: instrument, free };
  return { kind, label: kind === 'article' && shown.regulation ? 'unnamed' : null, free };
};
