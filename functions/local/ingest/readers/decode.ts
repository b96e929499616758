/** Bytes to text: UTF-8, or UTF-16 where a byte order mark says so; a mixture is refused at its first wrong byte. */
import { wrongByte } from '../../../app/utf8.ts';
import { refuse } from '../fault.ts';

/** The text of a file without its byte order mark. */
export const decode = (file: string, bytes: Uint8Array): string => {
  const encoding = markOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw refuse(file, { what: 'not a text: it holds NUL bytes' });
    return text;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw refuse(file, {
      what: `not ${encoding.toUpperCase()} throughout, perhaps two encodings in one file`,
      ...wrongByte(bytes),
      allowed: 'UTF-8, or UTF-16 with a byte order mark; save the whole file as UTF-8',
      cause,
    });
  }
};

const markOf = ([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' => {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
};
