/** The content files as they stand: read anew within moments of a save, the last good version kept beside their faults. */
import { parseCalendar } from '../../../core/calendar/year-calendar.ts';
import { parseCatalogue } from '../../../core/content/parse.ts';
import type { Catalogue, ContentFile } from '../../../core/content/schema.ts';
import { ContentError, type Fault } from '../../../core/errors.ts';
import type { Log } from '../../../core/ports.ts';
import { readContent } from '../../app/files.ts';
import type { LiveCatalogue } from '../../app/pages/preview-data.ts';
import { watchFolders } from './watch-folders.ts';

/** Milliseconds between the first sign of a change and the reading: an editor writes a file in far less. */
const settleMilliseconds = 100;

export type FollowedContent = LiveCatalogue & { readonly close: () => Promise<void> };

/**
 * Follows the YAML files below `folder` from `start` on. Never throws: a folder that cannot be watched is told to the
 * log, and the catalogue then stays that of the start.
 */
export const followContent = async (
  folder: string,
  { start, log }: { readonly start: Catalogue; readonly log: Log },
): Promise<FollowedContent> => {
  const listeners = new Set<() => void>();
  let current: Reading = { catalogue: start, faults: [] };
  let known: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let reading: Promise<void> = Promise.resolve();

  const readAnew = async (): Promise<void> => {
    const files = await readContent(folder).catch(unreadable);
    const text = JSON.stringify(files);
    // A file touched or saved unchanged is no news.
    if (text === known) return;
    known = text;
    const read = 'faults' in files ? files : parse(files);
    const before = current;
    current = { catalogue: read.catalogue ?? before.catalogue, faults: read.faults };
    if (sameNews(before, current)) return;
    for (const listener of listeners) listener();
  };
  const changed = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      reading = reading.then(readAnew).catch((error: unknown) => {
        log.error('content.not-read', { kind: error instanceof Error ? error.name : 'unknown' });
      });
    }, settleMilliseconds);
  };
  const watching = await watchFolders(folder, { changed, log });
  // What was saved between the start's reading and the first watch would else be missed.
  changed();
  return {
    current: () => current,
    following: watching !== null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: async () => {
      watching?.close();
      if (timer !== null) clearTimeout(timer);
      await reading;
      listeners.clear();
    },
  };
};

type Reading = ReturnType<LiveCatalogue['current']>;

const sameNews = (before: Reading, after: Reading): boolean =>
  before.catalogue.version === after.catalogue.version &&
  JSON.stringify(before.faults) === JSON.stringify(after.faults);

type Read = Partial<Reading> & Pick<Reading, 'faults'>;

/** The catalogue where no file has a fault, calendars included; else every fault. */
const parse = (files: readonly ContentFile[]): Read => {
  const faults: Fault[] = [];
  const gather = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      faults.push(...error.faults);
      return null;
    }
  };
  const catalogue = gather(() => parseCatalogue(files));
  const calendars = files.filter(({ path }) => path.startsWith('calendar/'));
  for (const file of calendars) gather(() => parseCalendar(file));
  return catalogue === null || faults.length > 0 ? { faults } : { catalogue, faults };
};

const unreadable = (error: unknown): Read => {
  if (error instanceof ContentError) return { faults: error.faults };
  const found = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
  const what = 'the content folder cannot be read';
  return {
    faults: [{ file: 'content', line: 0, what, found, allowed: 'a folder with the content files' }],
  };
};
