/** Bytes that are not UTF-8: where they begin, for whoever has to mend the file. */
import { isUtf8 } from 'node:buffer';

/** The line and the first byte that is not UTF-8; null where all are. */
export const wrongByte = (
  bytes: Uint8Array,
): { readonly line: number; readonly found: string } | null => {
  if (isUtf8(bytes)) return null;
  const at = firstWrongByte(bytes);
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return { line: lineAt(bytes, at), found: `byte 0x${byte} at offset ${at}` };
};

/** By halves: the longest beginning that a decoder takes when told that more may follow. */
const firstWrongByte = (bytes: Uint8Array): number => {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isPrefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  // A letter begun and never ended is wrong at its first byte, not where it breaks off.
  while (!isUtf8(bytes.subarray(0, good))) good -= 1;
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
