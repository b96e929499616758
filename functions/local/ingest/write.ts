/** Writing all files of a run or none: every text is on the disk under another name before the first one is put in place. */
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file to come into being; `text` null = to go. Paths are relative to the folder. */
export type Change = { readonly path: string; readonly text: string | null };

type Undo = () => Promise<void>;

/** Carries out every change below `folder`; a failure puts back what was there and throws. */
export const writeAll = async (folder: string, changes: readonly Change[]): Promise<void> => {
  const undo: Undo[] = [];
  try {
    const placed: (() => Promise<void>)[] = [];
    for (const { path, text } of changes) {
      const target = join(folder, path);
      if (text !== null) await prepare(target, text, undo);
      placed.push(() => place(target, text, undo));
    }
    for (const put of placed) await put();
  } catch (error) {
    for (const back of undo.toReversed()) await back();
    throw error;
  }
};

const temporary = (target: string): string => `${target}.new`;

const prepare = async (target: string, text: string, undo: Undo[]): Promise<void> => {
  await makeFolder(dirname(target), undo);
  undo.push(() => rm(temporary(target), { force: true }));
  await writeFile(temporary(target), text);
};

/** Makes the missing folders from the top down, so that an undo removes exactly those. */
const makeFolder = async (folder: string, undo: Undo[]): Promise<void> => {
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) return;
  let below = folder;
  const folders = [below];
  while (below !== made && below !== dirname(below)) {
    below = dirname(below);
    folders.unshift(below);
  }
  for (const one of folders) undo.push(() => rmdir(one));
};

const place = async (target: string, text: string | null, undo: Undo[]): Promise<void> => {
  const before = await readIfThere(target);
  undo.push(() => (before === null ? rm(target, { force: true }) : writeFile(target, before)));
  if (text === null) await rm(target, { force: true });
  else await rename(temporary(target), target);
};

/** The text of a file, or null where there is none. */
export const readIfThere = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/** The YAML files of a folder in the order of their names; none where there is no folder. */
export const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};
