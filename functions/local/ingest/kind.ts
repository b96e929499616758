/** What a file is by its name and by its first bytes; both must agree. */
import { extname } from 'node:path';
import { refuse } from './fault.ts';

export type FileKind = 'pdf' | 'docx' | 'html' | 'markdown' | 'text';

const extensions: Readonly<Record<string, FileKind>> = {
  '.pdf': 'pdf',
  '.docx': 'docx',
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
  '.text': 'text',
};

/** The kind that a file's name gives; an unknown one is refused. */
export const kindByName = (file: string): FileKind => {
  const extension = extname(file).toLowerCase();
  const kind = extensions[extension];
  if (kind !== undefined) return kind;
  throw refuse(file, {
    what: 'not a kind of document that can be read',
    found: extension === '' ? 'no extension' : extension,
    allowed: Object.keys(extensions).join(', '),
  });
};

/** First bytes of what may come under a wrong name; `kind` null = never readable. */
const signatures: readonly {
  readonly bytes: readonly number[];
  readonly name: string;
  readonly kind: FileKind | null;
}[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'a zip archive (DOCX)', kind: 'docx' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], name: 'an empty zip archive', kind: null },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old or encrypted Office file', kind: null },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], name: 'RTF', kind: null },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG picture', kind: null },
  { bytes: [0xff, 0xd8, 0xff], name: 'a JPEG picture', kind: null },
  { bytes: [0x47, 0x49, 0x46, 0x38], name: 'a GIF picture', kind: null },
  { bytes: [0x1f, 0x8b], name: 'a gzip archive', kind: null },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive', kind: null },
];

const names: Readonly<Record<FileKind, string>> = {
  pdf: 'PDF',
  docx: 'a zip archive (DOCX)',
  html: 'HTML',
  markdown: 'Markdown',
  text: 'plain text',
};

/** Refuses a file whose first bytes say another kind than its name. */
export const checkContent = (file: string, bytes: Uint8Array): FileKind => {
  const named = kindByName(file);
  const found = kindOfBytes(bytes);
  const agrees = found.kind === named || (found.kind === 'text' && isText(named));
  if (agrees) return named;
  throw refuse(file, {
    what: 'the name says one kind, the content another',
    found: found.name,
    allowed: `${names[named]}, as ${extname(file).toLowerCase()} says`,
  });
};

const isText = (kind: FileKind): boolean => kind === 'text' || kind === 'markdown';

const kindOfBytes = (
  bytes: Uint8Array,
): { readonly kind: FileKind | null; readonly name: string } => {
  const known = signatures.find((one) => one.bytes.every((byte, at) => bytes[at] === byte));
  if (known !== undefined) return known;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (head.includes('%PDF-')) return { kind: 'pdf', name: 'PDF' };
  // In UTF-16 every second byte of a tag is zero.
  const start = head
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '')
    .replace(/^(?:\s|<!--[\s\S]*?-->|<\?xml[^>]*>)+/, '');
  if (/^<(?:!doctype\s+html|html|head|body|article|main|div|section|h[1-6]|p|meta)\b/i.test(start))
    return { kind: 'html', name: 'HTML' };
  return { kind: 'text', name: bytes.length === 0 ? 'nothing' : 'plain text' };
};
