/** A database of its own for a test file: a clone of the migrated template (about 60 ms). */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../../core/store/database.ts';
import { afterFile } from './after-file.ts';
import { onDatabase, templateName, withConnection } from './server.ts';

type TestDatabase = { readonly db: Database; readonly url: string; readonly name: string };

/** Clones the migrated template, or another database nobody is connected to; the clone goes after the file's tests. */
export const cloneDatabase = async (template?: string): Promise<TestDatabase> => {
  const clone = await createDatabase(template);
  afterFile(async () => {
    await clone.db.destroy();
    await withConnection(inject('databaseUrl'), async (admin) => {
      await sql`DROP DATABASE ${sql.id(clone.name)} WITH (FORCE)`.execute(admin);
    });
  });
  return clone;
};

/** A clone that stays until the run ends, for what several test files start from. */
export const createDatabase = async (template = templateName): Promise<TestDatabase> => {
  const name = `${inject('clonePrefix')}${randomUUID().replaceAll('-', '')}`;
  await withConnection(inject('databaseUrl'), async (admin) => {
    // Two files cloning at once wait for each other instead of failing on a template in use.
    await sql`SELECT pg_advisory_lock(7150302)`.execute(admin);
    await sql`CREATE DATABASE ${sql.id(name)} TEMPLATE ${sql.id(template)}`.execute(admin);
  });
  const url = onDatabase(inject('databaseUrl'), name);
  return { db: openDatabase(url), url, name };
};
