/** Releases read once: they never change, so a process keeps those it has seen. */
import type { Release } from '../../../core/results/release.ts';
import type { Database } from '../../../core/store/database.ts';
import { findRelease, listPublished } from '../../../core/store/results/releases.ts';

/** Per store the releases by wave and instant of publication: a store that was set back publishes anew. */
const shelves = new WeakMap<Database, Map<string, Release>>();

/** Every release, oldest first; asks the store which there are, and for the bodies of new ones alone. */
export const readReleases = async (db: Database): Promise<readonly Release[]> => {
  const shelf = shelves.get(db) ?? new Map<string, Release>();
  shelves.set(db, shelf);
  const releases: Release[] = [];
  for (const { wave, at } of await listPublished(db)) {
    const key = `${wave} ${at.toISOString()}`;
    const release = shelf.get(key) ?? (await findRelease(db, wave));
    if (release === null) continue;
    shelf.set(key, release);
    releases.push(release);
  }
  return releases;
};
