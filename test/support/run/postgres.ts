/** Starts one Postgres for the whole test run and makes the migrated template that every test file clones. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../../core/store/migrate.ts';
import { startPostgres } from '../../../functions/local/server/postgres.ts';
import { localMigrations } from '../../../functions/local/story/begin.ts';
import { onDatabase, templateName, withConnection } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    /** How the names of this run's clones begin. */
    clonePrefix: string;
  }
}

const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const given = process.env['TEST_DATABASE_URL'];
  const folder = await mkdtemp(join(tmpdir(), 'langkah-test-'));
  // As root the server runs as another user, who must reach the folder.
  await chmod(folder, 0o755);
  const server = given
    ? { url: given, stop: async () => undefined }
    : await startPostgres({ directory: join(folder, 'postgres'), durable: false });
  await withConnection(server.url, async (admin) => {
    await sql`DROP DATABASE IF EXISTS ${sql.id(templateName)}`.execute(admin);
    await sql`CREATE DATABASE ${sql.id(templateName)}`.execute(admin);
  });
  await withConnection(onDatabase(server.url, templateName), async (template) => {
    await migrate(template, await localMigrations(), new Date(0));
  });
  const clonePrefix = `langkah_test_${randomUUID().slice(0, 8)}_`;
  provide('databaseUrl', server.url);
  provide('clonePrefix', clonePrefix);
  return async () => {
    if (given) await dropClones(given, clonePrefix);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
};

/** What a run leaves on a server that is not its own. */
const dropClones = (url: string, prefix: string): Promise<void> =>
  withConnection(url, async (admin) => {
    const { rows } = await sql<{ name: string }>`SELECT datname AS name FROM pg_database
      WHERE starts_with(datname, ${prefix})`.execute(admin);
    for (const { name } of rows)
      await sql`DROP DATABASE ${sql.id(name)} WITH (FORCE)`.execute(admin);
  });

// biome-ignore lint/style/noDefaultExport: vitest's global setup is found by its default export
export default setup;
