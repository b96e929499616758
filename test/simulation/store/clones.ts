/** The Postgres of a simulation: a migrated template, and a clone of it for each seed. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { migrate } from '../../../core/store/migrate.ts';
import { readMigrations } from '../../../functions/app/files.ts';
import { startPostgres, wipePostgres } from '../../../functions/local/server/postgres.ts';
import { onDatabase, withConnection } from '../../support/run/server.ts';

const template = 'langkah_simulation';

/** Makes the template on a server. */
export const prepareTemplate = async (server: string): Promise<void> => {
  await withConnection(server, async (admin) => {
    await sql`DROP DATABASE IF EXISTS ${sql.id(template)} WITH (FORCE)`.execute(admin);
    await sql`CREATE DATABASE ${sql.id(template)}`.execute(admin);
    // Statistics that came at a moment of their own would choose the plans, and plans the order in which rows change.
    await sql`ALTER SYSTEM SET autovacuum = off`.execute(admin);
    await sql`SELECT pg_reload_conf()`.execute(admin);
  });
  await withConnection(onDatabase(server, template), async (db) => {
    await migrate(db, await readMigrations('migrations'), new Date(0));
  });
};

/** A clone for one seed, dropped after `work`. */
export const onClone = async <T>(
  server: string,
  name: string,
  work: (url: string) => Promise<T>,
): Promise<T> => {
  const order = (statement: ReturnType<typeof sql>): Promise<void> =>
    withConnection(server, async (admin) => {
      await statement.execute(admin);
    });
  await order(sql`DROP DATABASE IF EXISTS ${sql.id(name)} WITH (FORCE)`);
  await order(sql`CREATE DATABASE ${sql.id(name)} TEMPLATE ${sql.id(template)}`);
  // Found out soon and, before anybody else gives up, by whoever closed the circle.
  await order(sql`ALTER DATABASE ${sql.id(name)} SET deadlock_timeout = '20ms'`);
  try {
    return await work(onDatabase(server, name));
  } finally {
    await order(sql`DROP DATABASE ${sql.id(name)} WITH (FORCE)`);
  }
};

/** A server of its own for `work`, gone afterwards. */
export const withOwnServer = async <T>(work: (server: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-simulate-'));
  await chmod(folder, 0o755);
  const directory = join(folder, 'postgres');
  const { url, stop } = await startPostgres({ directory, durable: false });
  try {
    await prepareTemplate(url);
    return await work(url);
  } finally {
    await stop();
    await wipePostgres(directory);
    await rm(folder, { recursive: true, force: true });
  }
};
