/** PDF: the text layer of every page, read one page after the other. */
import { getDocumentProxy } from 'unpdf';
import type { Page, PageWord } from '../../../../core/ingest/pages/page.ts';
import { pagePieces } from '../../../../core/ingest/pages/page-lines.ts';
import type { Reading, Warning } from '../../../../core/ingest/tree.ts';
import { type Input, refuse } from '../fault.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** The reading of a PDF; without a text layer, with a password or damaged it is refused. */
export const readPdf = async ({ file, bytes, progress }: Input): Promise<Reading> => {
  const pdf = await open(file, bytes);
  try {
    const pages: Page[] = [];
    for (let page = 1; page <= pdf.numPages; page += 1) {
      pages.push(await readPage(file, pdf, page));
      progress(page, pdf.numPages);
    }
    const warnings = checkLayer(file, pages);
    return { ...(await aboutOf(pdf)), pieces: pagePieces(pages), warnings };
  } finally {
    await pdf.destroy();
  }
};

const open = async (file: string, bytes: Uint8Array): Promise<Pdf> => {
  try {
    // The library takes the bytes over, so it gets a copy; 0 = errors only, our own words say the rest.
    return await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0, useSystemFonts: false });
  } catch (cause) {
    const encrypted = cause instanceof Error && cause.name === 'PasswordException';
    throw refuse(file, {
      what: encrypted
        ? 'an encrypted PDF: it opens only with a password'
        : 'a broken PDF: it cannot be opened',
      allowed: encrypted ? 'a copy saved without a password' : 'a PDF that a viewer opens',
      cause,
    });
  }
};

const readPage = async (file: string, pdf: Pdf, number: number): Promise<Page> => {
  try {
    const page = await pdf.getPage(number);
    const { transform } = page.getViewport({ scale: 1 });
    const { items }: { readonly items: readonly (Item | object)[] } = await page.getTextContent();
    const words = items.flatMap((item) => ('transform' in item ? wordOf(item, transform) : []));
    page.cleanup();
    return { page: number, words };
  } catch (cause) {
    throw refuse(file, { what: `a broken PDF: page ${number} cannot be read`, cause });
  }
};

type Item = { readonly str: string; readonly transform: readonly number[]; readonly width: number };

/** Letters that stand aslant are a stamp or a watermark, not the text. */
const wordOf = (item: Item, view: readonly number[]): readonly PageWord[] => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = view;
  const [ta = 1, tb = 0, , , tx = 0, ty = 0] = item.transform;
  const [dx, dy] = [a * ta + c * tb, b * ta + d * tb];
  if (item.str === '' || Math.abs(dy) > 0.2 * Math.abs(dx)) return [];
  const [x, y] = [a * tx + c * ty + e, b * tx + d * ty + f];
  return [{ text: item.str, x, y, width: item.width, size: Math.hypot(dx, dy) }];
};

/** Pages of pictures hold no words; fonts without a map to Unicode hold words that nobody can read. */
const checkLayer = (file: string, pages: readonly Page[]): readonly Warning[] => {
  const texts = pages.map(({ words }) => words.map(({ text }) => text).join(' '));
  const bare = pages.filter((_, at) => !/\p{L}{2}/u.test(texts[at] ?? ''));
  const counted = texts.join(' ').match(/\p{L}{2,}/gu)?.length ?? 0;
  if (counted < 2 * pages.length || bare.length * 2 > pages.length)
    throw refuse(file, {
      what: 'no text layer: page images only',
      found: `${bare.length} of ${pages.length} pages without text`,
      allowed: 'a PDF with text; run OCR first',
    });
  const all = texts.join('');
  const unreadable = all.match(/[\ufffd\ue000-\uf8ff]/gu)?.length ?? 0;
  if (unreadable * 5 > all.length)
    throw refuse(file, {
      what: 'the text layer cannot be read: its fonts have no map to Unicode',
      allowed: 'a PDF with readable text; run OCR first',
    });
  return bare.map(({ page }) => ({
    page,
    line: null,
    what: 'page without text',
    found: 'an image?',
  }));
};

const aboutOf = async (pdf: Pdf): Promise<Pick<Reading, 'title' | 'publisher'>> => {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.trim() : '';
  // Word and scanners put a file's name there.
  const useful =
    title.length >= 8 && title.includes(' ') && !/\.\w{3,4}$|^Microsoft Word/i.test(title);
  return { title: useful ? title : null, publisher: null };
};
