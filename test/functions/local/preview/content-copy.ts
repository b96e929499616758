/** A copy of the shipped content in a folder of the test's own. */
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalogue, root } from '../../../../functions/app/files.ts';
import {
  type FollowedContent,
  followContent,
} from '../../../../functions/local/preview/live-catalogue.ts';
import { afterFile } from '../../../support/run/after-file.ts';

export type ContentCopy = {
  readonly folder: string;
  readonly live: FollowedContent;
  readonly path: (name: string) => string;
  readonly read: (name: string) => Promise<string>;
  /** Writes the file in place. */
  readonly save: (name: string, text: string) => Promise<void>;
  /** Writes a new file and renames it over the old one, as many editors do. */
  readonly saveByRename: (name: string, text: string) => Promise<void>;
};

/** A lesson that the tests change, its file and its titles. */
export const sample = {
  id: 'l07',
  file: 'lessons/l07-where-does-the-data-live.yaml',
  title: 'Di mana data itu tersimpan?',
  english: 'Where is that data kept?',
} as const;

/** Copies the content and follows the copy; both end with the test file. */
export const followCopy = async (): Promise<ContentCopy> => {
  const home = await mkdtemp(join(tmpdir(), 'langkah-content-'));
  const folder = join(home, 'content');
  await cp(join(root, 'content'), folder, { recursive: true });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const live = await followContent(folder, { start: await readCatalogue(folder), log });
  afterFile(async () => {
    await live.close();
    await rm(home, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  return {
    folder,
    live,
    path,
    read: (name) => readFile(path(name), 'utf8'),
    save: (name, text) => writeFile(path(name), text),
    saveByRename: async (name, text) => {
      await writeFile(path(`${name}.new`), text);
      await rename(path(`${name}.new`), path(name));
    },
  };
};
