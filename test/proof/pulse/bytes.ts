/** Looking for words in files as bytes, however they are written down. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file below a folder. */
export const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true });
  const paths = names.map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  return paths.filter((_, at) => kinds[at]?.isFile());
};

/** A word as text, UTF-16, hex, and base64 of both alphabets wherever it may begin in what was encoded. */
const writings = (word: string): readonly Buffer[] => {
  const bytes = Buffer.from(word);
  const shifted = [0, 1, 2].map((lead) => {
    const text = Buffer.concat([Buffer.alloc(lead), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // Characters that hold bits of what stands before or after the word.
    const from = Math.ceil((lead * 4) / 3);
    const whole = Math.floor(((lead + bytes.length) * 4) / 3);
    return text.slice(from, whole);
  });
  const urls = shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const texts = [word, bytes.toString('hex'), bytes.toString('hex').toUpperCase()];
  return [Buffer.from(word, 'utf16le'), ...new Set([...texts, ...shifted, ...urls])].map((one) =>
    typeof one === 'string' ? Buffer.from(one) : one,
  );
};

/** `file: word` for each word found in a file, in whatever writing. */
export const findWords = async (
  files: readonly string[],
  words: readonly string[],
): Promise<readonly string[]> => {
  const sought = words.map((word) => ({ word, writings: writings(word) }));
  const found: string[] = [];
  for (const file of files) {
    // A file that a running server has removed meanwhile holds nothing.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    for (const { word, writings: all } of sought)
      if (all.some((one) => bytes.includes(one))) found.push(`${file}: ${word}`);
  }
  return found;
};
