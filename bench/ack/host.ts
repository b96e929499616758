/** The local host on a store that can go: the sample's people with the invitations of a first morning in both chats. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../core/ports.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { readCatalogue } from '../../functions/app/files.ts';
import { type Host, openHost } from '../../functions/local/host.ts';
import { type LocalQueue, openQueue } from '../../functions/local/queue.ts';
import { fileSecrets } from '../../functions/local/secrets.ts';
import { prepareStore } from '../../functions/local/story/begin.ts';
import { advance } from '../../functions/local/story/time.ts';
import { type GoingStore, startGoingStore } from './store.ts';

export type AckHost = {
  readonly host: Host;
  readonly db: Database;
  readonly store: GoingStore;
  /** Every entry that the doors queued, in order. */
  readonly put: readonly string[];
  /** Queues an entry once more, as a chat does that has heard no answer. */
  readonly again: (entry: string) => Promise<void>;
  /** Entries given up as dead letters. */
  readonly dead: () => Promise<number>;
};

/** Noon in Jakarta of the first wave's first day: everybody in all three zones has been invited. */
const noon = new Date('2026-10-12T05:00:00Z');
const nobody = { next: () => null, run: async () => false };
const quiet = { onStep: async () => undefined, cancelled: () => false };
const silent = (): void => undefined;
const log: Log = { info: silent, warn: silent, error: silent };

/** Opens it for `work` and leaves nothing behind. */
export const withAckHost = async <T>(work: (opened: AckHost) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-'));
  // Closed to the user whom root's server runs as, the data would come to lie elsewhere.
  await chmod(folder, 0o755);
  const store = await startGoingStore(join(folder, 'postgres'));
  const db = openDatabase(store.url);
  const queue = await openQueue(join(folder, 'queue.jsonl'), log, { synced: true });
  try {
    return await work({ ...(await invited(db, queue, folder)), db, store });
  } finally {
    await queue.close();
    await db.destroy();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const invited = async (db: Database, queue: LocalQueue, folder: string) => {
  const secrets = fileSecrets(join(folder, 'secrets'));
  await prepareStore(db, secrets);
  const put: string[] = [];
  const counted: LocalQueue = {
    ...queue,
    put: async (entry) => {
      await queue.put(entry);
      put.push(entry);
    },
  };
  const catalogue = await readCatalogue();
  const host = await openHost({ db, catalogue, secrets, queue: counted, log });
  await advance(
    { context: host.context, clock: host.clock, people: nobody },
    {
      until: noon,
      ...quiet,
    },
  );
  return {
    host,
    put,
    again: queue.put,
    dead: async () => {
      const left = await queue.ballots({ isBallot: () => true });
      return left?.dead ?? Number.NaN;
    },
  };
};
