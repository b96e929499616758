/** Documents that the tests make on the spot: Word files, PDFs, a content folder to write into. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PlacedText, pdfFile } from '../../../../bench/ingest/pdf-file.ts';
import { emptyLists } from '../../../../core/ingest/blocks/recognise.ts';
import { sectionsOf } from '../../../../core/ingest/register/sections.ts';
import { run } from '../../../../functions/local/cli/run.ts';
import { readDocument } from '../../../../functions/local/ingest/read.ts';
import { zip } from '../../../../functions/local/ingest/readers/zip.ts';

/** The small documents beside this file. */
export const stored = (name: string): string => join(import.meta.dirname, 'documents', name);

/** A document as read, and what the tests ask of it. */
export const read = async (file: string) => {
  const document = await readDocument(file, () => undefined);
  const sections = sectionsOf(document);
  return {
    ...document,
    sections,
    ids: sections.map(({ id }) => id),
    text: sections.map(({ text }) => text).join('\n'),
    empty: emptyLists(document.blocks).map(({ text }) => text),
    tables: document.blocks.filter((block) => block.kind === 'table'),
    of: (id: string) => sections.find((section) => section.id === id)?.text,
  };
};

const wordNames =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** A Word paragraph: a style, or bold letters, or an item of a list at a depth. */
export const paragraph = (
  text: string,
  {
    style,
    bold,
    item,
    hidden,
  }: { style?: string; bold?: boolean; item?: number; hidden?: boolean } = {},
): string => {
  const list =
    item === undefined ? '' : `<w:numPr><w:ilvl w:val="${item}"/><w:numId w:val="1"/></w:numPr>`;
  const named = style === undefined ? '' : `<w:pStyle w:val="${style}"/>`;
  const look = `${bold === true ? '<w:b/>' : ''}${hidden === true ? '<w:vanish/>' : ''}`;
  return `<w:p><w:pPr>${named}${list}</w:pPr><w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
};

/** A Word table of plain cells. */
export const wordTable = (rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows
    .map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`)
    .join('')}</w:tbl>`;

/** Where Word last began a new page. */
export const pageBreak = '<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>';

const styles = ['1', '2', '3']
  .map(
    (level) =>
      `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`,
  )
  .join('');

const numbering = `<w:abstractNum w:abstractNumId="0">${[0, 1]
  .map((level) => `<w:lvl w:ilvl="${level}"><w:numFmt w:val="bullet"/></w:lvl>`)
  .join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`;

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** The bytes of a Word file with this body. */
export const wordFile = (body: string): Buffer => {
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${relation}/numbering" Target="numbering.xml"/></Relationships>`,
    'word/styles.xml': `${head}<w:styles ${wordNames}>${styles}</w:styles>`,
    'word/numbering.xml': `${head}<w:numbering ${wordNames}>${numbering}</w:numbering>`,
    'word/document.xml': `${head}<w:document ${wordNames}><w:body>${body}</w:body></w:document>`,
  };
  return zip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
};

/** A line of a page: its text, and where it differs from the usual, its size, its left edge, its distance. */
export type Row = readonly [text: string, look?: { size?: number; x?: number; step?: number }];

/** A4 pages filled from the top, 11-point lines 15 points apart. */
export const pdfPages = (
  pages: readonly (readonly Row[])[],
  options: { locked?: boolean } = {},
): Buffer =>
  pdfFile(
    pages.map((rows) => {
      let y = 780;
      return rows.map(([text, { size = 11, x = 72, step = 15 } = {}]): PlacedText => {
        y -= step;
        return { text, x, y, size };
      });
    }),
    options,
  );

type Result = { readonly code: number; readonly out: string; readonly err: string };

/** A folder of its own with a content folder inside; `ingest` runs the command on them. */
export const openDesk = async () => {
  const home = await mkdtemp(join(tmpdir(), 'langkah-ingest-'));
  const content = join(home, 'content');
  const ingest = async (...args: readonly string[]): Promise<Result> => {
    const lines: Record<'out' | 'err', string[]> = { out: [], err: [] };
    const code = await run(['ingest', ...args, '--out', content], {
      env: {},
      now: () => new Date(),
      print: (line) => void lines.out.push(`${line}\n`),
      complain: (line) => void lines.err.push(`${line}\n`),
    });
    return { code, out: lines.out.join(''), err: lines.err.join('') };
  };
  return {
    content,
    ingest,
    save: async (name: string, bytes: string | Uint8Array): Promise<string> => {
      const path = join(home, name);
      await writeFile(path, bytes);
      return path;
    },
    /** Every file of the content folder with its text, by path. */
    snapshot: async (): Promise<Readonly<Record<string, string>>> => filesIn(content),
    clear: () => rm(home, { recursive: true, force: true }),
  };
};

const filesIn = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const pairs = await Promise.all(
    files.map(async (file) => {
      const path = join(file.parentPath, file.name);
      return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const;
    }),
  );
  return Object.fromEntries(pairs.sort());
};
