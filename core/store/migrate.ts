/** Numbered plain-SQL migrations, each applied once and in one transaction. */
import { sql } from 'kysely';
import { ConfigError } from '../errors.ts';
import type { Database } from './database.ts';

/** A migration as read from disk; `name` starts with its number and orders the files. */
export type Migration = { readonly name: string; readonly text: string };

/**
 * Applies what is missing and returns the names applied; a lock keeps two starters apart. Throws ConfigError for a store
 * with migrations that only a later version knows: what it writes would not be what that one reads.
 */
export const migrate = async (
  db: Database,
  migrations: readonly Migration[],
  now: Date,
): Promise<readonly string[]> =>
  db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(7_150_301)`.execute(trx);
    await sql`CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL)`.execute(
      trx,
    );
    const done = await sql<{ name: string }>`SELECT name FROM migrations`.execute(trx);
    const known = new Set(done.rows.map((row) => row.name));
    const version = versionOf([...known], migrations);
    if (version.kind === 'ahead') throw laterStore(version.name);
    const missing = migrations
      .filter((migration) => !known.has(migration.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const migration of missing) {
      await sql.raw(migration.text).execute(trx);
      await sql`INSERT INTO migrations (name, applied_at) VALUES (${migration.name}, ${now})`.execute(
        trx,
      );
    }
    return missing.map((migration) => migration.name);
  });

/** Nobody may work on a store with this migration, which only a later version knows. */
export const laterStore = (name: string): ConfigError =>
  new ConfigError(
    `the store is of a later version, found ${name}, allowed only migrations that this version knows: start the version that wrote it, or restore a backup of before`,
  );

/** Where a migration's file lies. */
const folderOf = (name: string): string => name.replace(/[^/]*$/, '');

/** How a store stands to the migrations that a version knows: `name` is the first that only one of the two has. */
export type StoreVersion =
  | { readonly kind: 'none' | 'same' }
  | { readonly kind: 'ahead' | 'behind'; readonly name: string };

/** Compares a database with the migrations of a folder or more; one without any of theirs is no store. */
export const storeVersion = async (
  db: Database,
  migrations: readonly Migration[],
): Promise<StoreVersion> => versionOf(await appliedTo(db), migrations);

const versionOf = (applied: readonly string[], migrations: readonly Migration[]): StoreVersion => {
  const known = migrations.map(({ name }) => name).sort();
  const folders = new Set(known.map(folderOf));
  // Other folders' stand beside them.
  const ours = applied.filter((name) => folders.has(folderOf(name))).sort();
  if (ours.length === 0) return { kind: 'none' };
  const ahead = ours.find((name) => !known.includes(name));
  if (ahead !== undefined) return { kind: 'ahead', name: ahead };
  const behind = known.find((name) => !ours.includes(name));
  return behind === undefined ? { kind: 'same' } : { kind: 'behind', name: behind };
};

const appliedTo = async (db: Database): Promise<readonly string[]> => {
  try {
    const { rows } = await sql<{ name: string }>`SELECT name FROM migrations`.execute(db);
    return rows.map(({ name }) => name);
  } catch (error) {
    // SQLSTATE 42P01 and 42703: no such table, or another product's of that name.
    if (error instanceof Error && 'code' in error && /^42(P01|703)$/.test(String(error.code)))
      return [];
    throw error;
  }
};
