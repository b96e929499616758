/** Zip archives: unpacked within a bound, and packed again with only the parts that are wanted. */
import { crc32, inflateRawSync } from 'node:zlib';

/** An archive that cannot be unpacked; the reader says of which file. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

export type Parts = ReadonlyMap<string, Uint8Array>;

type Listed = {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
};

const signature = { end: 0x06054b50, directory: 0x02014b50, local: 0x04034b50 } as const;
const mostParts = 5_000;

/** Unpacks the parts whose name is wanted; everything in the archive together may unpack to `most` bytes. */
export const unzip = (
  bytes: Uint8Array,
  { wanted, most }: { readonly wanted: RegExp; readonly most: number },
): Parts => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = directoryOf(view);
  const promised = listed.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (promised > most) throw tooLarge(most);
  let left = most;
  return new Map(
    listed
      .filter(({ name }) => wanted.test(name))
      .map((part) => {
        const data = unpack(view, part, left);
        left -= data.length;
        return [part.name, data];
      }),
  );
};

const tooLarge = (most: number): ZipError =>
  new ZipError(`unpacks to more than ${Math.round(most / 2 ** 20)} MB`);

const directoryOf = (view: Buffer): readonly Listed[] => {
  try {
    const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end === -1 || view.readUInt32LE(end) !== signature.end)
      throw new ZipError('its directory is missing: cut off or damaged');
    const count = view.readUInt16LE(end + 10);
    if (count > mostParts) throw new ZipError(`holds ${count} parts`);
    const out: Listed[] = [];
    for (let at = view.readUInt32LE(end + 16); out.length < count; ) {
      const { part, length } = listedAt(view, at);
      out.push(part);
      at += length;
    }
    return out;
  } catch (cause) {
    if (cause instanceof ZipError) throw cause;
    throw new ZipError('its directory is damaged', { cause });
  }
};

const listedAt = (view: Buffer, at: number): { readonly part: Listed; readonly length: number } => {
  if (view.readUInt32LE(at) !== signature.directory) throw new ZipError('its directory is damaged');
  const [name, extra, comment] = [28, 30, 32].map((place) => view.readUInt16LE(at + place));
  const nameEnd = at + 46 + (name ?? 0);
  return {
    part: {
      name: view.toString('utf8', at + 46, nameEnd),
      encrypted: (view.readUInt16LE(at + 8) & 1) === 1,
      method: view.readUInt16LE(at + 10),
      packed: view.readUInt32LE(at + 20),
      unpacked: view.readUInt32LE(at + 24),
      offset: view.readUInt32LE(at + 42),
    },
    length: nameEnd - at + (extra ?? 0) + (comment ?? 0),
  };
};

/** The bound holds while inflating, whatever size the directory claims. */
const unpack = (view: Buffer, part: Listed, most: number): Uint8Array => {
  if (part.encrypted) throw new ZipError(`its part ${part.name} is encrypted`);
  try {
    if (view.readUInt32LE(part.offset) !== signature.local) throw new ZipError('is damaged');
    const start =
      part.offset + 30 + view.readUInt16LE(part.offset + 26) + view.readUInt16LE(part.offset + 28);
    const packed = view.subarray(start, start + part.packed);
    if (part.method === 0) return packed;
    if (part.method !== 8) throw new ZipError(`packs ${part.name} by method ${part.method}`);
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (cause) {
    if (cause instanceof ZipError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(most);
    throw new ZipError(`its part ${part.name} is damaged`, { cause });
  }
};

/** Packs parts without compression. */
export const zip = (parts: Parts): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of parts) {
    const fields = fieldsOf(name, data);
    const body = Buffer.concat([
      headerOf(signature.local, [20, ...fields]),
      Buffer.from(name),
      data,
    ]);
    const tail = [0, 0, 0, 0, 0, offset & 0xffff, offset >>> 16];
    directory.push(headerOf(signature.directory, [20, 20, ...fields, ...tail]), Buffer.from(name));
    bodies.push(body);
    offset += body.length;
  }
  const list = Buffer.concat(directory);
  const [size, at] = [list.length, offset];
  const end = [0, 0, parts.size, parts.size, size & 0xffff, size >>> 16, at & 0xffff, at >>> 16, 0];
  return Buffer.concat([...bodies, list, headerOf(signature.end, end)]);
};

/** Flags (UTF-8 names), method 0, time, date, CRC, both sizes, length of the name, no extra field. */
const fieldsOf = (name: string, data: Uint8Array): readonly number[] => {
  const sum = crc32(data);
  const size = data.length;
  const halves = [sum, size, size].flatMap((word) => [word & 0xffff, word >>> 16]);
  return [0x0800, 0, 0, 0x21, ...halves, Buffer.byteLength(name), 0];
};

const headerOf = (sign: number, halves: readonly number[]): Buffer => {
  const header = Buffer.alloc(4 + halves.length * 2);
  header.writeUInt32LE(sign, 0);
  halves.forEach((half, at) => {
    header.writeUInt16LE(half, 4 + at * 2);
  });
  return header;
};
