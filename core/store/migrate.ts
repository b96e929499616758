/** Numbered plain-SQL migrations, each applied once and in one transaction. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** A migration as read from disk; `name` starts with its number and orders the files. */
export type Migration = { readonly name: string; readonly text: string };

/** Applies what is missing and returns the names applied; a lock keeps two starters apart. */
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
