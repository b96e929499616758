/** Reading the project's own folders: migrations and content. */
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCatalogue } from '../../core/content/parse.ts';
import type { Catalogue, ContentFile } from '../../core/content/schema.ts';
import { ContentError, type Fault } from '../../core/errors.ts';
import type { Migration } from '../../core/store/migrate.ts';
import { wrongByte } from './utf8.ts';

/** The nearest folder at or above `start` that carries the content; throws when there is none. */
const findRoot = (start: string): string => {
  if (existsSync(join(start, 'content', 'programmes'))) return start;
  const above = dirname(start);
  if (above === start)
    throw new Error('the content folder is neither in the project nor beside the bundle');
  return findRoot(above);
};

/** The project's root folder; for a bundled function the bundle's own folder, where content lies beside it. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The numbered SQL files of a folder under `core/store`, in no particular order. */
export const readMigrations = async (
  folder: 'migrations' | 'local-migrations',
): Promise<readonly Migration[]> => {
  const directory = join(root, 'core/store', folder);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql'));
  return Promise.all(
    names.map(async (name) => ({
      name: `${folder}/${name}`,
      text: await readFile(join(directory, name), 'utf8'),
    })),
  );
};

/**
 * Every YAML and Markdown file below `directory` but the drafts, which are nobody's words yet; paths are relative to it,
 * with `/`. Throws one ContentError with every file that is not UTF-8 or holds letters that were lost.
 */
export const readContent = async (
  directory: string = join(root, 'content'),
): Promise<readonly ContentFile[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|md)$/.test(entry.name))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('drafts/'));
  const faults: Fault[] = [];
  // A hundred small files are read sooner one by one than through the pool of threads.
  const files = paths.map((path) => {
    const bytes = readFileSync(join(directory, path));
    // A byte order mark stays: both YAML parsers know it.
    const text = bytes.toString('utf8');
    faults.push(...letterFaults(`content/${path}`, bytes, text));
    return { path, text };
  });
  if (faults.length > 0) throw new ContentError(faults);
  return files;
};

/** What a decoder puts where it could not read a letter. */
const lost = '\ufffd';

/** Letters that nobody can read any more and that would else go out to everybody. */
const letterFaults = (file: string, bytes: Uint8Array, text: string): readonly Fault[] => {
  const wrong = wrongByte(bytes);
  if (wrong !== null)
    return [{ file, ...wrong, what: 'not UTF-8', allowed: 'a file saved as UTF-8' }];
  if (!text.includes(lost)) return [];
  return text.split('\n').flatMap((line, at) => {
    const found = line.trim().slice(0, 40);
    const what = 'the sign U+FFFD, which stands for a letter that was lost';
    return line.includes(lost)
      ? [{ file, line: at + 1, what, found, allowed: 'the letter itself' }]
      : [];
  });
};

/** The shipped content, parsed and checked; throws ContentError with every fault. */
export const readCatalogue = async (folder?: string): Promise<Catalogue> =>
  parseCatalogue(await readContent(folder));
