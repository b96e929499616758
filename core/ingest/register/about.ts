/** What a register says of a document: told by the operator, else as it stands, else as the document shows. */
import type { SourceDocument } from '../../content/schema.ts';
import type { Language, Text } from '../../language.ts';
import type { About } from './register.ts';

/** What the operator said; the rest is found. */
export type Told = Partial<
  Pick<
    SourceDocument,
    'title' | 'publisher' | 'kind' | 'licence' | 'date' | 'url' | 'quotable' | 'language'
  >
>;

/** What the document itself shows. */
export type Shown = {
  readonly title: string;
  readonly publisher: string | null;
  readonly language: Language;
  readonly regulation: boolean;
};

type Kind = SourceDocument['kind'];

export const kinds: readonly Kind[] = ['article', 'regulation', 'own-policy'];

const labels: Readonly<Record<Kind, Text>> = {
  article: { id: 'Artikel, bukan regulasi', en: 'Article, not a regulation' },
  regulation: { id: 'Peraturan', en: 'Regulation' },
  'own-policy': { id: 'Kebijakan instansi', en: "The agency's own policy" },
};

/** Law 28/2014 on Copyright, article 42: there is no copyright in legislation. */
const free = 'Peraturan perundang-undangan; tidak dilindungi hak cipta (UU 28/2014 Pasal 42)';
const reserved = 'All rights with the publisher; cited, never quoted';

/** The entry's fields; `publisher` is empty when nobody says who published the document. */
export const aboutDocument = (
  id: string,
  {
    told,
    shown,
    standing,
  }: {
    readonly told: Told;
    readonly shown: Shown;
    readonly standing: SourceDocument | null;
  },
): About => {
  const kind = told.kind ?? standing?.kind ?? (shown.regulation ? 'regulation' : 'article');
  return {
    id,
    title: told.title ?? standing?.title ?? shown.title,
    publisher: told.publisher ?? standing?.publisher ?? shown.publisher ?? '',
    kind,
    kindLabel: standing?.kind === kind ? standing.kindLabel : labels[kind],
    language: told.language ?? standing?.language ?? shown.language,
    url: told.url ?? standing?.url ?? null,
    licence: told.licence ?? standing?.licence ?? (kind === 'regulation' ? free : reserved),
    quotable: told.quotable === true || standing?.quotable === true,
    date: told.date ?? standing?.date ?? null,
  };
};
