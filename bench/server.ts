/** One Postgres for a bench, durable as in production: fsync on, every commit waits for the disk. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../core/store/database.ts';
import { migrate } from '../core/store/migrate.ts';
import { readMigrations } from '../functions/app/files.ts';
import { startPostgres, wipePostgres } from '../functions/local/server/postgres.ts';

export type Store = { readonly db: Database; readonly url: string };

export type Server = {
  /** A new empty database, for a peer that brings its own tables. */
  readonly empty: (name: string) => Promise<string>;
  /** Gives the room of one back. */
  readonly drop: (name: string) => Promise<void>;
  /** A new database with the product's tables; closed when the bench ends. */
  readonly store: (name: string) => Promise<Store>;
};

/** An empty folder for a server's data; whoever asks for it removes it. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-'));
  // Closed to the user whom root's server runs as, the data would come to lie elsewhere.
  await chmod(folder, 0o755);
  return folder;
};

/** Starts the server for `work` and leaves nothing behind. */
export const withServer = async <T>(work: (server: Server) => Promise<T>): Promise<T> => {
  const folder = await newFolder();
  const directory = join(folder, 'postgres');
  const { url, stop } = await startPostgres({ directory, durable: true });
  const open: Database[] = [];
  try {
    return await work(serverAt(url, open));
  } finally {
    await Promise.all(open.map((db) => db.destroy()));
    await stop();
    await wipePostgres(directory);
    await rm(folder, { recursive: true, force: true });
  }
};

const serverAt = (url: string, open: Database[]): Server => {
  const order = async (statement: ReturnType<typeof sql>): Promise<void> => {
    const admin = openDatabase(url, { max: 1 });
    await statement.execute(admin).finally(() => admin.destroy());
  };
  const empty = async (name: string): Promise<string> => {
    await order(sql`CREATE DATABASE ${sql.id(name)}`);
    const made = new URL(url);
    made.pathname = `/${name}`;
    return made.toString();
  };
  return {
    empty,
    drop: (name) => order(sql`DROP DATABASE ${sql.id(name)} WITH (FORCE)`),
    store: async (name) => {
      const own = await empty(name);
      const db = openDatabase(own);
      open.push(db);
      await migrate(db, await readMigrations('migrations'), new Date(0));
      return { db, url: own };
    },
  };
};

/** Everything written so far is on disk and counted, so that no run pays for the one before. */
export const settleDown = async (db: Database): Promise<void> => {
  await sql`VACUUM (ANALYZE)`.execute(db);
  await sql`CHECKPOINT`.execute(db);
};

/** Bytes of the outbox on disk: rows, indexes and what is stored apart. */
export const outboxBytes = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ bytes: number }>`
    SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0)::bigint AS bytes
    FROM pg_inherits WHERE inhparent = 'outbox'::regclass`.execute(db);
  return rows[0]?.bytes ?? 0;
};
