/** DOCX: unpacked within a bound, freed of hidden runs, turned into HTML and read as that. */
import mammoth from 'mammoth';
import type { Block, Place, Reading, Warning } from '../../../../core/ingest/tree.ts';
import { type Input, refuse } from '../fault.ts';
import { blocksOf } from '../html/blocks.ts';
import { parsePage, squeeze } from '../html/dom.ts';
import { type Parts, unzip, ZipError, zip } from './zip.ts';

/** What an archive may unpack to, in bytes; a Word file of 1,000 pages holds some 20 MB of XML. */
const most = 200 * 2 ** 20;

const main = 'word/document.xml';

/** Stands where Word last began a new page; a private character that no text uses. */
const pageSign = '\ue00c';

/** The reading of a Word file; page numbers are those of the last print layout, null without one. */
export const readDocx = async ({ file, bytes }: Input): Promise<Reading> => {
  const parts = partsOf(file, bytes);
  const { xml, hidden } = withoutHiddenRuns(textIn(parts, main));
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml))
    throw refuse(file, { what: 'a Word file that defines entities', allowed: 'one saved by Word' });
  const paged = xml.replaceAll(/<w:lastRenderedPageBreak\s*\/>/g, `<w:t>${pageSign}</w:t>`);
  const html = await toHtml(file, new Map([...parts, [main, Buffer.from(paged)]]));
  const page = parsePage(html);
  for (const note of page.querySelectorAll('sup > a, a[href^="#footnote-ref"]')) note.remove();
  const blocks = withPages(blocksOf(page.body), html.includes(pageSign));
  if (blocks.length === 0)
    throw refuse(file, { what: 'no text in this document', allowed: 'a document with text' });
  const warnings: readonly Warning[] =
    hidden === 0
      ? []
      : [{ page: null, line: null, what: 'hidden text left out', found: `${hidden}` }];
  const core = textIn(parts, 'docProps/core.xml');
  return { title: named(core, 'dc:title'), publisher: null, pieces: blocks, warnings };
};

const partsOf = (file: string, bytes: Uint8Array): Parts => {
  try {
    const parts = unzip(bytes, { wanted: /\.(?:xml|rels)$/i, most });
    if (parts.has(main)) return parts;
    const [found = 'nothing of an Office file'] = [...parts.keys()].filter((name) =>
      /^(?:xl|ppt|content)\b/.test(name),
    );
    throw refuse(file, { what: 'no Word document in this archive', found, allowed: main });
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause;
    throw refuse(file, {
      what: `a broken Word file: ${cause.message}`,
      allowed: 'one that Word opens',
      cause,
    });
  }
};

const textIn = (parts: Parts, name: string): string =>
  new TextDecoder().decode(parts.get(name) ?? new Uint8Array());

/** Runs that Word hides on screen and paper; their words are nobody's to read. */
const withoutHiddenRuns = (xml: string): { readonly xml: string; readonly hidden: number } => {
  let hidden = 0;
  // Cut at the ends of runs, so that a file without any is read once, not once for each run it begins.
  const chunks = xml.split('</w:r>');
  const seen = chunks.map((chunk, at) => {
    if (at === chunks.length - 1) return chunk;
    const start = Math.max(chunk.lastIndexOf('<w:r>'), chunk.lastIndexOf('<w:r '));
    if (start === -1 || !isVanished(chunk.slice(start))) return `${chunk}</w:r>`;
    hidden += 1;
    return chunk.slice(0, start);
  });
  return { xml: seen.join(''), hidden };
};

const isVanished = (run: string): boolean =>
  /<w:vanish(?:\s*\/>|\s+w:val="(?:true|1|on)")/.test(run);

const toHtml = async (file: string, parts: Parts): Promise<string> => {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: zip(parts) },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    return value;
  } catch (cause) {
    throw refuse(file, {
      what: 'a broken Word file: its text cannot be read',
      allowed: 'one that Word opens',
      cause,
    });
  }
};

const named = (xml: string, tag: string): string | null => {
  const found = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '';
  const text = squeeze(parsePage(found).body.textContent ?? '');
  return text === '' ? null : text;
};

/** Counts the page signs before and inside each block, and takes them out. */
const withPages = (blocks: readonly Block[], paged: boolean): readonly Block[] => {
  let page = 1;
  return blocks.flatMap((block): readonly Block[] => {
    const written = JSON.stringify(block);
    const first = page;
    page += written.split(pageSign).length - 1;
    const begins = written.includes(`"text":"${pageSign}`);
    const clean: Block = JSON.parse(written.replaceAll(pageSign, ''));
    const place: Place = { page: paged ? (begins ? first + 1 : first) : null, line: null };
    return 'text' in clean && clean.text === '' ? [] : [{ ...clean, ...place }];
  });
};
