/** One file from the disk to a recognised document: size, kind and content are checked before anything is read. */
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { withoutHidden } from '../../../core/ingest/blocks/hidden.ts';
import { instructionWarnings } from '../../../core/ingest/blocks/instructions.ts';
import { recognise } from '../../../core/ingest/blocks/recognise.ts';
import type { Reading, SourceText, Warning } from '../../../core/ingest/tree.ts';
import { type Input, refuse } from './fault.ts';
import { checkContent, type FileKind, kindByName } from './kind.ts';

/** A document as read, and what an operator should look at. */
export type Document = SourceText & {
  readonly file: string;
  readonly publisher: string | null;
  readonly regulation: boolean;
  readonly warnings: readonly Warning[];
};

/** Larger files are refused unread, in bytes. */
const largest = 100 * 2 ** 20;

/** Reads one file; throws ContentError with what is wrong with it. */
export const readDocument = async (
  file: string,
  progress: Input['progress'],
): Promise<Document> => {
  kindByName(file);
  const bytes = await bytesOf(file);
  const kind = checkContent(file, bytes);
  const read = await readers[kind]();
  try {
    return recognised(file, withoutHidden(await read({ file, bytes, progress })));
  } catch (cause) {
    // No bound before a parser foresees every way to nest; what overflows the stack was written by no person.
    if (!(cause instanceof RangeError)) throw cause;
    throw refuse(file, {
      what: 'nested too deep to be read',
      allowed: 'a document as people write them',
      cause,
    });
  }
};

const recognised = (file: string, reading: Reading): Document => {
  if (reading.pieces.length === 0)
    throw refuse(file, { what: 'no text in this file', allowed: 'a document with text' });
  const source = recognise(reading);
  return {
    ...source,
    file,
    title: source.title ?? basename(file).replace(/\.\w+$/, ''),
    publisher: reading.publisher,
    warnings: [...reading.warnings, ...instructionWarnings(source.blocks)],
  };
};

/** Each reader is loaded with the first file of its kind. */
const readers: Readonly<
  Record<FileKind, () => Promise<(input: Input) => Reading | Promise<Reading>>>
> = {
  pdf: async () => (await import('./readers/pdf.ts')).readPdf,
  docx: async () => (await import('./readers/docx.ts')).readDocx,
  html: async () => (await import('./html/html.ts')).readHtml,
  markdown: async () => (await import('./readers/markdown.ts')).readMarkdown,
  text: async () => (await import('./readers/plain-text.ts')).readPlainText,
};

const bytesOf = async (file: string): Promise<Uint8Array> => {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw refuse(file, { what: 'not a file' });
    if (found.size > largest)
      throw refuse(file, {
        what: 'too large',
        found: `${Math.ceil(found.size / 2 ** 20)} MB`,
        allowed: `at most ${largest / 2 ** 20} MB`,
      });
    if (found.size === 0) throw refuse(file, { what: 'empty file', allowed: 'a document' });
    const handle = await open(file);
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    throw refuse(file, { what: `cannot be read (${code})`, cause });
  }
};
