/** Markdown, with GitHub's tables, as blocks. */
import type { ListItem as MdItem, List as MdList, Table as MdTable, Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { isMap, parseDocument, type YAMLMap } from 'yaml';
import { markedLine } from '../../../../core/ingest/blocks/markers.ts';
import { numberedHeading } from '../../../../core/ingest/regulation.ts';
import type { ListItem, Piece, Reading } from '../../../../core/ingest/tree.ts';
import { type Input, refuse } from '../fault.ts';
import { htmlFragment } from '../html/html.ts';
import { decode } from './decode.ts';

/** The reading of a Markdown file; a YAML front matter gives the title. */
export const readMarkdown = ({ file, bytes }: Input): Reading => {
  const { text, title, publisher } = frontMatter(decode(file, bytes));
  const source = { file, text: joinLoneBullets(text) };
  checkNesting(source);
  const root: Root = unified().use(remarkParse).use(remarkGfm).parse(source.text);
  const pieces = root.children.flatMap((node) => piecesOf(node, source));
  return { title, publisher, pieces, warnings: [] };
};

/** Text between two rules is no front matter unless it is a YAML map, and keeps its headings, which YAML takes for comments. */
const frontMatter = (text: string) => {
  const block = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?=\r?\n|$)/.exec(text);
  const fields = block === null || /^#/m.test(block[1] ?? '') ? null : fieldsOf(block[1] ?? '');
  if (block === null || fields === null) return { text, title: null, publisher: null };
  const field = (name: string): string | null => {
    const value = fields.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  // It leaves as many empty lines as it had, so that line numbers stay.
  const rest = block[0].replace(/[^\n]/g, '') + text.slice(block[0].length);
  return { text: rest, title: field('title'), publisher: field('publisher') ?? field('author') };
};

/** The fields of a YAML map, scalars as they are written; null for anything else. */
const fieldsOf = (yaml: string): YAMLMap | null => {
  const { contents, errors } = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent' });
  return errors.length === 0 && isMap(contents) ? contents : null;
};

/** Quotes, lists and notes inside each other; the parser's time grows with the square of it, and nobody writes so many. */
const deepest = 50;

const checkNesting = ({ file, text }: Source): void => {
  for (const [at, line] of text.split(/\r\n?|\n/).entries()) {
    const depth = depthOf(line);
    if (depth > deepest)
      throw refuse(file, {
        what: 'quotes, lists or notes nested too deep',
        line: at + 1,
        found: `${depth} levels`,
        allowed: `at most ${deepest}`,
      });
  }
};

const rule = /^[ \t]*([-*])(?:[ \t]*\1)+[ \t]*$/;
const markers = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]+\]:))+/;

/** The most levels that a line can stand at: one for each marker before its text, one for every two columns of more space. */
const depthOf = (line: string): number => {
  const [before = ''] = rule.test(line) ? [] : (markers.exec(line) ?? []);
  const marked = before.match(/[>+*.):-]/g)?.length ?? 0;
  const spaces = before.replaceAll('\t', '    ').match(/ /g)?.length ?? 0;
  return marked + Math.max(0, Math.floor((spaces - marked) / 2));
};

/** A bullet alone on its line would turn the line above into a heading. */
const joinLoneBullets = (text: string): string =>
  text.replace(/^([ \t]*)([-*+])[ \t]*\r?\n(?=[ \t]*[^\s\-*+#>|])[ \t]*/gm, '\n$1$2 ');

/** The text that the nodes' places count in, and the file it came from. */
type Source = { readonly file: string; readonly text: string };

const piecesOf = (node: Nodes, source: Source): readonly Piece[] => {
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
      return listPieces(node, source.text);
    case 'table':
      return [{ ...tableOf(node), ...place }];
    case 'html':
      return htmlFragment(source.file, node.value).map((piece) => ({ ...piece, ...place }));
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
