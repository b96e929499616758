/** Watching a folder and the folders below it; any change calls back, whichever way an editor saves. */
import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../../core/ports.ts';

export type Watching = { readonly close: () => void };

/**
 * One watcher a folder. A recursive watcher of Node 20 on Linux watches single files and goes deaf when an editor saves
 * by renaming a new file over the old one; a folder's own watcher sees that. Null, and a line in the log, where the
 * system refuses to watch.
 */
export const watchFolders = async (
  top: string,
  { changed, log }: { readonly changed: () => void; readonly log: Log },
): Promise<Watching | null> => {
  const watchers = new Map<string, FSWatcher>();
  let closed = false;
  const forget = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const follow = (folder: string): void => {
    if (closed || watchers.has(folder)) return;
    // It must not keep the process alive: the server does, and stops with it.
    const watcher = watch(folder, { persistent: false }, (event, name) => {
      changed();
      // A folder of this name may be another one by now, and its old watcher deaf.
      if (event === 'rename' && name !== null) forget(join(folder, name));
      refresh().catch(refused);
    });
    // A folder that is deleted ends its watcher; the one above tells of it.
    watcher.on('error', () => forget(folder));
    watchers.set(folder, watcher);
    // What was put into a new folder before it was watched.
    changed();
  };
  const refresh = async (): Promise<void> => {
    const folders = await foldersFrom(top);
    for (const folder of watchers.keys()) if (!folders.includes(folder)) forget(folder);
    for (const folder of folders) follow(folder);
  };
  const close = (): void => {
    closed = true;
    for (const folder of watchers.keys()) forget(folder);
  };
  const refused = (error: unknown): void =>
    log.warn('content.not-watched', {
      code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown',
    });
  try {
    await refresh();
    return { close };
  } catch (error) {
    refused(error);
    close();
    return null;
  }
};

const foldersFrom = async (top: string): Promise<readonly string[]> => {
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory());
  return [top, ...below.map(({ parentPath, name }) => join(parentPath, name))];
};
