/** Markdown, with GitHub's tables, as blocks. */
import type { ListItem as MdItem, List as MdList, Table as MdTable, Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { markedLine } from '../../../../core/ingest/blocks/markers.ts';
import { numberedHeading } from '../../../../core/ingest/regulation.ts';
import type { ListItem, Piece, Reading } from '../../../../core/ingest/tree.ts';
import type { Input } from '../fault.ts';
import { htmlFragment } from '../html/html.ts';
import { decode } from './decode.ts';

/** The reading of a Markdown file; a YAML front matter gives the title. */
export const readMarkdown = ({ file, bytes }: Input): Reading => {
  const { text, title, author } = frontMatter(decode(file, bytes));
  const source = joinLoneBullets(text);
  const root: Root = unified().use(remarkParse).use(remarkGfm).parse(source);
  const pieces = root.children.flatMap((node) => piecesOf(node, source));
  return { title, publisher: author, pieces, warnings: [] };
};

/** The front matter leaves as many empty lines as it had, so that line numbers stay. */
const frontMatter = (text: string) => {
  const block = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?=\r?\n|$)/.exec(text);
  const field = (name: string): string | null =>
    new RegExp(`^${name}:[ \\t]*["']?(.*?)["']?[ \\t]*$`, 'm').exec(block?.[1] ?? '')?.[1] ?? null;
  if (block === null) return { text, title: null, author: null };
  const rest = block[0].replace(/[^\n]/g, '') + text.slice(block[0].length);
  return { text: rest, title: field('title'), author: field('publisher') ?? field('author') };
};

/** A bullet alone on its line would turn the line above into a heading. */
const joinLoneBullets = (text: string): string =>
  text.replace(/^([ \t]*)([-*+])[ \t]*\r?\n(?=[ \t]*[^\s\-*+#>|])[ \t]*/gm, '\n$1$2 ');

const piecesOf = (node: Nodes, source: string): readonly Piece[] => {
  const place = { page: null, line: node.position?.start.line ?? null };
  switch (node.type) {
    case 'heading':
      return [{ kind: 'heading', level: node.depth, text: inline(node), ...place }];
    case 'paragraph':
      return splitParagraph(inline(node)).map((text, at) => ({
        kind: 'paragraph',
        text,
        page: null,
        line: at === 0 ? place.line : null,
      }));
    case 'list':
      return listPieces(node, source);
    case 'table':
      return [{ ...tableOf(node), ...place }];
    case 'html':
      return htmlFragment(node.value).map((piece) => ({ ...piece, ...place }));
    case 'code':
      return [{ kind: 'paragraph', text: node.value, ...place }];
    case 'blockquote':
    case 'footnoteDefinition':
      return node.children.flatMap((child) => piecesOf(child, source));
    default:
      return [];
  }
};

/** The words of a node without their dress. */
const inline = (node: Nodes): string => {
  if (node.type === 'html') return '';
  if (node.type === 'break') return '\n';
  if ('children' in node) return node.children.map(inline).join('');
  return node.type === 'text' || node.type === 'inlineCode' ? node.value : '';
};

/** `(1) …` and `a. …` are no lists to Markdown, so their lines run together in one paragraph. */
const splitParagraph = (text: string): readonly string[] => {
  const parts: string[] = [];
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    const above = parts.at(-1);
    if (above === undefined || startsAnew(line, above)) parts.push(line);
    else parts[parts.length - 1] = `${above} ${line}`;
  }
  return parts.filter((part) => part !== '');
};

const startsAnew = (line: string, above: string): boolean =>
  markedLine(line, 0) !== null ||
  numberedHeading(line, above) !== null ||
  numberedHeading(above, '') !== null;

const listPieces = (list: MdList, source: string): readonly Piece[] => {
  const items = list.children.flatMap((item) => itemsOf(item, { list, source, depth: 0 }));
  const line = list.position?.start.line ?? null;
  return items.length === 0 ? [] : [{ kind: 'list', items, page: null, line }];
};

type Context = { readonly list: MdList; readonly source: string; readonly depth: number };

const itemsOf = (item: MdItem, { list, source, depth }: Context): readonly ListItem[] => {
  const written = source.slice(item.position?.start.offset ?? 0).trimStart();
  const marker = list.ordered === true ? (/^\d+[.)]/.exec(written)?.[0] ?? '-') : '-';
  const text = item.children
    .filter(({ type }) => type !== 'list')
    .map((child) => inline(child).replaceAll('\n', ' '))
    .join(' ')
    .trim();
  const below = item.children.flatMap((child) =>
    child.type === 'list'
      ? child.children.flatMap((inner) =>
          itemsOf(inner, { list: child, source, depth: depth + (text === '' ? 0 : 1) }),
        )
      : [],
  );
  return text === '' ? below : [{ marker, depth, text }, ...below];
};

const tableOf = (table: MdTable): Piece & { readonly kind: 'table' } => {
  const [header = [], ...rows] = table.children.map((row) => row.children.map(inline));
  return { kind: 'table', header, rows, page: null, line: null };
};
