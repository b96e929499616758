/** A database of its own for a test file: a clone of the migrated template (about 60 ms). */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../core/store/database.ts';

/** Clones the migrated template, or another database nobody is connected to; the clone goes after the file's tests. */
export const cloneDatabase = async (
  template = 'langkah_template',
): Promise<{ db: Database; url: string }> => {
  const adminUrl = inject('databaseUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = openDatabase(adminUrl, { max: 1 });
  // Two files cloning at once wait for each other instead of failing on a template in use.
  await sql`SELECT pg_advisory_lock(7150302)`.execute(admin);
  await sql`CREATE DATABASE ${sql.id(name)} TEMPLATE ${sql.id(template)}`.execute(admin);
  await sql`SELECT pg_advisory_unlock(7150302)`.execute(admin);
  const address = new URL(adminUrl);
  address.pathname = `/${name}`;
  const url = address.toString();
  const db = openDatabase(url);
  afterAll(async () => {
    await db.destroy();
    await sql`DROP DATABASE ${sql.id(name)} WITH (FORCE)`.execute(admin);
    await admin.destroy();
  });
  return { db, url };
};
