/** What the address asks of the preview; anything unknown is told and replaced by the first choice. */
import { type Language, languages } from '../../core/language.ts';
import { type Platform, platforms } from '../../core/ports.ts';
import { oneOf, type Page, withQuery } from '../site.ts';
import type { Contents, Item, ItemKind, Kind, Wish } from './data.ts';

export const previewTabs = ['pesan', 'isi'] as const;

/** Forms in which a message is shown: a wide screen, a narrow one, and what a screen reader gets. */
export const widths = ['layar', '320', 'teks'] as const;
type Width = (typeof widths)[number];

/** The value that asks for every kind at once. */
export const allKinds = 'semua';

export type PreviewQuery = {
  readonly tab: (typeof previewTabs)[number];
  /** The kinds shown; one, or all of them. */
  readonly kinds: readonly Kind[];
  readonly all: boolean;
  /** The item asked for, whichever kind is shown. */
  readonly item: string | null;
  readonly lesson: string;
  readonly prompt: string;
  readonly platforms: readonly Platform[];
  readonly languages: readonly Language[];
  readonly widths: readonly Width[];
  /** Parameters whose value is none of the choices. */
  readonly unknown: readonly { readonly name: string; readonly found: string }[];
};

/** Reads the query against what the content holds now. */
export const readQuery = (query: URLSearchParams, contents: Contents): PreviewQuery => {
  const unknown: { readonly name: string; readonly found: string }[] = [];
  const asked = <T extends string>(name: string, known: readonly T[]): T | null => {
    const found = query.get(name) ?? '';
    const value = oneOf(known, found);
    if (found !== '' && value === null) unknown.push({ name, found });
    return value;
  };
  const some = <T extends string>(name: string, known: readonly T[]): readonly T[] => {
    const value = asked(name, known);
    return value === null ? known : [value];
  };
  const { kinds, items } = contents;
  const item = items.find(
    ({ id }) =>
      id ===
      asked(
        'item',
        items.map((each) => each.id),
      ),
  );
  const named = asked('jenis', [...kinds.map(({ id }) => id), allKinds]);
  const kind = kinds.find(({ id }) => id === named) ?? firstKind(kinds, item);
  const all = named === allKinds;
  return {
    tab: asked('bagian', previewTabs) ?? 'pesan',
    kinds: all ? kinds : kind === undefined ? [] : [kind],
    all,
    item: item?.id ?? null,
    lesson: chosen('lesson', items, item),
    prompt: chosen('prompt', items, item),
    platforms: some('platform', platforms),
    languages: some('dalam', languages),
    widths: some('lebar', widths),
    unknown,
  };
};

/** An item alone opens the kind of message that carries it. */
const firstKind = (kinds: readonly Kind[], item: Item | undefined): Kind | undefined =>
  kinds.find(({ of }) => item === undefined || of === item.kind);

/** The item where it is of this sort, else the first that is. */
const chosen = (kind: ItemKind, items: readonly Item[], item: Item | undefined): string =>
  (item?.kind === kind ? item : items.find((each) => each.kind === kind))?.id ?? '';

/** The items that the shown kinds can carry. */
export const choosable = ({ kinds }: PreviewQuery, items: readonly Item[]): readonly Item[] =>
  items.filter((item) => kinds.some(({ of }) => of === item.kind));

/** The wish of one shown kind. */
export const wishOf = ({ lesson, prompt }: PreviewQuery, kind: Kind): Wish => ({
  kind,
  lesson,
  prompt,
});

/** The page's address with changes. */
export const previewLink = (page: Page, changes: Readonly<Record<string, string | null>>): string =>
  withQuery(page.path, page.query, changes);
