/** Writing an approval into a content file: that block and nothing else of the file changes. */
import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { Approval, ContentFile } from './schema.ts';

/** An item as it stands in its file, approved or not. */
export type Found = {
  readonly file: ContentFile;
  readonly id: string;
  readonly cites: readonly string[];
};

/** Where items that cite documents live; a survey holds many. */
const itemFolders = /^(lessons|prompts|surveys)\//;

/** The item named `id` among the files, or null; faults of its file do not matter, but it must be readable YAML. */
export const findItem = (files: readonly ContentFile[], id: string): Found | null => {
  for (const file of files.filter(({ path }) => itemFolders.test(path))) {
    const map = mapOf(parseDocument(file.text), id);
    const cites: unknown = map?.toJSON()?.cites;
    if (map !== null && Array.isArray(cites)) return { file, id, cites: cites.map(String) };
  }
  return null;
};

/** The file's text with the item's approval in place of the one it had; throws when the item is not there. */
export const withApproval = ({ file, id }: Found, approval: Approval): string => {
  const { text, path } = file;
  const map = mapOf(parseDocument(text), id);
  const first = map?.items[0]?.key;
  if (map === null || map.flow === true || !isScalar(first) || !first.range)
    throw new Error(`content/${path}: no block map with id ${id}`);
  const column = first.range[0] - (text.lastIndexOf('\n', first.range[0] - 1) + 1);
  const block = approvalLines(approval).join(`\n${' '.repeat(column)}`);
  const old = map.items.find(({ key }) => isScalar(key) && key.value === 'approval');
  const place = old === undefined ? null : rangeOf(old, text);
  if (place !== null) return text.slice(0, place.from) + block + text.slice(place.to);
  const end = endOf(map, text);
  return `${text.slice(0, end)}\n${' '.repeat(column)}${block}${text.slice(end)}`;
};

const approvalLines = ({ role, date, sources }: Approval): readonly string[] => [
  'approval:',
  `  role: ${/^[\p{L}\p{N} ]+$/u.test(role) ? role : JSON.stringify(role)}`,
  `  date: ${date}`,
  '  sources:',
  // Quoted: sixteen hex digits may look like a number.
  ...Object.entries(sources).map(([cite, digits]) => `    ${cite}: "${digits}"`),
];

/** The map that says `id: …`: the file itself, or one in its list of items. */
const mapOf = (document: Document, id: string): YAMLMap | null => {
  const top = document.contents;
  if (!isMap(top)) return null;
  if (top.get('id') === id) return top;
  const items: unknown = top.get('items');
  const list = (items as { readonly items?: unknown } | undefined)?.items;
  return (
    (Array.isArray(list) ? list : []).find((one) => isMap(one) && one.get('id') === id) ?? null
  );
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
