/** The store of a local host: the embedded Postgres in its folder, or one of the operator's own. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../../core/errors.ts';
import { type Database, openDatabase } from '../../../core/store/database.ts';
import { serverVersion } from '../../../core/store/settings.ts';
import { startPostgres, wipePostgres } from '../server/postgres.ts';

/** The database in its folder or at the operator's address; with `reset` its folder begins anew. */
export const openStore = async (
  home: string,
  wish: {
    readonly reset: boolean;
    /** The operator's own Postgres instead of the embedded one. */
    readonly databaseUrl: string | null;
    /** Commits that do not wait for the disk; for simulated time only. */
    readonly relaxed: boolean;
  },
) => {
  const { reset, databaseUrl, relaxed } = wish;
  if (reset) {
    await wipePostgres(join(home, 'postgres'));
    await rm(home, { recursive: true, force: true });
  }
  await mkdir(home, { recursive: true });
  const server =
    databaseUrl === null
      ? await startPostgres({ directory: join(home, 'postgres'), durable: true })
      : { url: databaseUrl, stop: async () => undefined };
  return { server, db: openDatabase(server.url, { relaxed }) };
};

/** Whether a text begins like the address of a Postgres. */
export const isAddress = (text: string): boolean => /^postgres(ql)?:\/\//.test(text);

/** What is allowed in an address. */
export const addressForm = 'postgres://user:password@host:port/database';

/** A first look at the database: what is wrong is said in one line, without the password. */
export const reach = async (db: Database, url: string): Promise<void> => {
  try {
    const version = await serverVersion(db);
    if (version < 15)
      throw new ConfigError(`DATABASE_URL: found Postgres ${version}, allowed 15 or newer`);
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    if (!isAddress(url)) {
      const said = `found no postgres:// at its beginning, allowed ${addressForm}`;
      throw new ConfigError(`DATABASE_URL: ${said}`, { cause });
    }
    const place = URL.canParse(url) ? new URL(url).host : 'an address that is no URL';
    const said = cause instanceof Error && cause.message !== '' ? cause.message : String(cause);
    throw new ConfigError(`DATABASE_URL: no connection to ${place}: ${said}`, { cause });
  }
};
