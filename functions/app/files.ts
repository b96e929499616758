/** Reading the project's own folders: migrations and content. */
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCatalogue } from '../../core/content/parse.ts';
import type { Catalogue, ContentFile } from '../../core/content/schema.ts';
import type { Migration } from '../../core/store/migrate.ts';

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

/** Every YAML and Markdown file below `directory`; paths are relative to it, with `/`. */
export const readContent = async (
  directory: string = join(root, 'content'),
): Promise<readonly ContentFile[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(ya?ml|md)$/.test(entry.name));
  // A hundred small files are read sooner one by one than through the pool of threads.
  return files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return {
      path: relative(directory, path).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    };
  });
};

/** The shipped content, parsed and checked; throws ContentError with every fault. */
export const readCatalogue = async (folder?: string): Promise<Catalogue> =>
  parseCatalogue(await readContent(folder));
