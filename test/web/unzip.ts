/** What is in a workbook, which is a zip archive; read by its central directory. */
import { inflateRawSync } from 'node:zlib';

const entry = 'PK\u0001\u0002';

/** The archive's files by name, as text. */
export const unzip = (bytes: Uint8Array): ReadonlyMap<string, string> => {
  const data = Buffer.from(bytes);
  const found = new Map<string, string>();
  for (let at = data.indexOf(entry, 0, 'latin1'); at >= 0; ) {
    const nameEnd = at + 46 + data.readUInt16LE(at + 28);
    const local = data.readUInt32LE(at + 42);
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const packed = data.subarray(start, start + data.readUInt32LE(at + 20));
    const plain = data.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    found.set(data.toString('utf8', at + 46, nameEnd), plain.toString('utf8'));
    const next = nameEnd + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    at = data.toString('latin1', next, next + 4) === entry ? next : -1;
  }
  return found;
};
