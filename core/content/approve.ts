/** Writing an approval into a content file: that block and nothing else of the file changes. */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parse,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { ContentError, type Fault } from '../errors.ts';
import { oneOf } from './entry.ts';
import type { Approval, Catalogue, ContentFile } from './schema.ts';
import { readYaml } from './yaml-file.ts';

/** An item as it stands in its file, approved or not. */
export type Found = {
  readonly file: ContentFile;
  readonly id: string;
  readonly cites: readonly string[];
};

/** Where items that cite documents live; a survey holds many. */
const itemFolders = /^(lessons|prompts|surveys)\//;

/**
 * The item named `id` among the files, or null; faults of its file do not matter, but it must be readable YAML. Of two
 * with one id an approval would reach the first and let the other one out unread: that throws ContentError.
 */
export const findItem = (files: readonly ContentFile[], id: string): Found | null => {
  const places = files
    .filter(({ path }) => itemFolders.test(path))
    .flatMap((file) =>
      mapsOf(parseDocument(file.text), id).flatMap((map) => {
        const cites: unknown = map.toJSON()?.cites;
        return Array.isArray(cites) ? [{ file, map, cites: cites.map(String) }] : [];
      }),
    );
  if (places.length > 1)
    throw new ContentError(
      places.map(({ file, map }) =>
        faultIn(file, (map as Ranged).range?.[0] ?? 0, {
          what: 'id of more than one item',
          found: id,
          allowed: 'an id of its own',
        }),
      ),
    );
  const [place] = places;
  return place === undefined ? null : { file: place.file, id, cites: place.cites };
};

/** A fault for each section that the item cites and the register does not hold. */
export const unknownCites = (
  { file, id, cites }: Found,
  documents: Catalogue['documents'],
): readonly Fault[] => {
  const list = mapOf(parseDocument(file.text), id)?.get('cites');
  const nodes: readonly unknown[] = isSeq(list) ? list.items : [];
  return cites.flatMap((cite, at) => {
    const [documentId = '', sectionId = ''] = cite.split('#');
    const sections = documents.get(documentId)?.sections.map((section) => section.id);
    if (sections?.includes(sectionId)) return [];
    const what = `${id} cites an unknown ${sections === undefined ? 'document' : 'section'}`;
    const allowed = oneOf(sections ?? documents.keys());
    return [faultIn(file, (nodes[at] as Ranged).range?.[0] ?? 0, { what, found: cite, allowed })];
  });
};

/** The file's text with the item's approval in place of the one it had; throws ContentError where that cannot be written. */
export const withApproval = ({ file, id }: Found, approval: Approval): string => {
  const mark = file.text.startsWith('\ufeff') ? '\ufeff' : '';
  // Without its byte order mark, which is a letter of the text and no column of the first line.
  const text = file.text.slice(mark.length);
  const map = mapOf(parseDocument(text), id);
  const first = map?.items[0]?.key;
  if (map === null || map.flow === true || !isScalar(first) || !first.range)
    throw unwritable(file, id, (map as Ranged | null)?.range?.[0] ?? 0);
  const column = first.range[0] - (text.lastIndexOf('\n', first.range[0] - 1) + 1);
  const block = approvalLines(approval).join(`\n${' '.repeat(column)}`);
  const old = map.items.find(({ key }) => isScalar(key) && key.value === 'approval');
  const place = old === undefined ? null : rangeOf(old, text);
  const end = endOf(map, text);
  const approved =
    place === null
      ? `${text.slice(0, end)}\n${' '.repeat(column)}${block}${text.slice(end)}`
      : text.slice(0, place.from) + block + text.slice(place.to);
  checkApproved({ file: { ...file, text: approved }, before: text, id }, approval);
  return mark + approved;
};

const approvalLines = ({ role, date, sources }: Approval): readonly string[] => [
  'approval:',
  `  role: ${isPlain(role) ? role : JSON.stringify(role)}`,
  `  date: ${date}`,
  '  sources:',
  // Quoted: sixteen hex digits may look like a number.
  ...Object.entries(sources).map(([cite, digits]) => `    ${cite}: "${digits}"`),
];

/** Words that YAML reads as themselves; `null` and `true` it does not. */
const isPlain = (role: string): boolean =>
  /^\p{L}(?:[\p{L}\p{N} ]*[\p{L}\p{N}])?$/u.test(role) && parse(role) === role;

type Approved = { readonly file: ContentFile; readonly before: string; readonly id: string };

/** What was written must be read again as that approval, beside everything that stood there before. */
const checkApproved = ({ file, before, id }: Approved, approval: Approval): void => {
  const after = readYaml(file);
  if (after.faults.length > 0) throw new ContentError(after.faults);
  const { role, date, sources } = approval;
  const wanted = withValue(readYaml({ ...file, text: before }).value, id, { role, date, sources });
  if (JSON.stringify(after.value) !== JSON.stringify(wanted)) throw unwritable(file, id, 0);
};

/** A file's value in which the item has this approval, in the place of the old one or at its end. */
const withValue = (value: unknown, id: string, approval: Approval): unknown => {
  const top = value as { readonly id?: unknown; readonly items?: readonly { id?: unknown }[] };
  if (top.id === id) return { ...top, approval };
  return { ...top, items: top.items?.map((one) => (one.id === id ? { ...one, approval } : one)) };
};

const unwritable = (file: ContentFile, id: string, offset: number): ContentError =>
  new ContentError([
    faultIn(file, offset, {
      what: `no approval can be written into ${id} as it stands`,
      allowed: 'one field a line, without braces around them',
    }),
  ]);

const faultIn = (
  { path, text }: ContentFile,
  offset: number,
  words: Pick<Fault, 'what' | 'found' | 'allowed'>,
): Fault => ({
  file: `content/${path}`,
  line: text.slice(0, offset).split('\n').length,
  ...words,
});

const mapOf = (document: Document, id: string): YAMLMap | null => mapsOf(document, id)[0] ?? null;

/** The maps that say `id: …`: the file itself, or those in its list of items. */
const mapsOf = (document: Document, id: string): readonly YAMLMap[] => {
  const top = document.contents;
  if (!isMap(top)) return [];
  if (top.get('id') === id) return [top];
  const items: unknown = top.get('items');
  const list = (items as { readonly items?: unknown } | undefined)?.items;
  return (Array.isArray(list) ? list : []).filter((one) => isMap(one) && one.get('id') === id);
};

/** From the key to the last letter of the value: the white space after a block map belongs to what follows. */
const rangeOf = (
  { key, value }: Pair,
  text: string,
): { readonly from: number; readonly to: number } | null => {
  const from = (key as Ranged).range?.[0];
  const to = (value as Ranged).range?.[1];
  return from === undefined || to === undefined
    ? null
    : { from, to: text.slice(0, to).trimEnd().length };
};

type Ranged = { readonly range?: readonly [number, number, number] };

const endOf = (map: YAMLMap, text: string): number => {
  const last = map.items.at(-1);
  const place = last === undefined ? null : rangeOf(last, text);
  return place?.to ?? text.trimEnd().length;
};
