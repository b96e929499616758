/** Small facts of an installation, by name. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Migration } from './migrate.ts';

/** The stored value, or null; the caller parses it. */
export const readSetting = async (db: Database, name: string): Promise<unknown> =>
  (await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())
    ?.value ?? null;

/** Stores a value under a name. */
export const writeSetting = async (db: Database, name: string, value: unknown): Promise<void> => {
  await sql`INSERT INTO settings (name, value) VALUES (${name}, ${JSON.stringify(value)}::jsonb)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`.execute(db);
};

/** Drops the tables and types that the migrations made, and nothing else: the database may hold more than this product. */
export const wipe = async (db: Database, migrations: readonly Migration[]): Promise<void> => {
  const made = (pattern: RegExp): readonly string[] =>
    migrations.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  for (const table of [...made(/^CREATE TABLE (\w+)/gm), 'migrations'])
    await sql`DROP TABLE IF EXISTS ${sql.id(table)} CASCADE`.execute(db);
  for (const type of made(/^CREATE TYPE (\w+)/gm))
    await sql`DROP TYPE IF EXISTS ${sql.id(type)}`.execute(db);
};

/** The server's major version. */
export const serverVersion = async (db: Database): Promise<number> => {
  const { rows } = await sql<{
    version: number;
  }>`SELECT current_setting('server_version_num')::int / 10000 AS version`.execute(db);
  return rows[0]?.version ?? 0;
};
