/** Bytes to text: UTF-8, or UTF-16 where a byte order mark says so; a mixture is refused at its first wrong byte. */
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
    const at = encoding === 'utf-8' ? firstWrongByte(bytes) : 0;
    throw refuse(file, {
      what: `not ${encoding.toUpperCase()} throughout, perhaps two encodings in one file`,
      line: lineAt(bytes, at),
      found: `byte 0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')} at offset ${at}`,
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

/** By halves: the longest beginning that a decoder takes when told that more may follow. */
const firstWrongByte = (bytes: Uint8Array): number => {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isPrefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
};

const isPrefix = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

const lineAt = (bytes: Uint8Array, offset: number): number =>
  bytes.subarray(0, offset).reduce((line, byte) => (byte === 0x0a ? line + 1 : line), 1);
