/** Which database and which roster key a command works with. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { type Database, openDatabase } from '../../../core/store/database.ts';
import { readSetting } from '../../../core/store/settings.ts';
import { root } from '../../app/files.ts';
import { clockSetting } from '../clock.ts';
import { fileSecrets, rosterKeyName } from '../secrets.ts';
import { hostNotePath } from '../server/lock.ts';
import type { Shell } from './shell.ts';

/** The file in which the running local host says where it is. */
const hostSchema = z.looseObject({ databaseUrl: z.string().min(1) });

type Env = Shell['env'];

/** The local host's data folder. */
const homeOf = (env: Env): string => env['LANGKAH_HOME'] ?? join(root, '.langkah');

/** Runs `work` on the database told by the option, DATABASE_URL or the running local host, and closes it. */
export const withStore = async <T>(
  env: Env,
  option: string | undefined,
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  const url = option ?? env['DATABASE_URL'] ?? (await hostDatabase(env));
  const db = openDatabase(url, { max: 2 });
  try {
    return await work(db);
  } catch (error) {
    throw explain(error, url);
  } finally {
    await db.destroy();
  }
};

/** The time of a store: a local host's own clock, which people move, else the wall's. */
export const timeOf = async (db: Database, shell: Pick<Shell, 'now'>): Promise<Date> => {
  const moved = await readSetting(db, clockSetting);
  return typeof moved === 'string' ? new Date(moved) : shell.now();
};

/** The key that turns employee keys into pseudonyms: ROSTER_KEY, else the local host's own. */
export const rosterKey = async (env: Env): Promise<string> => {
  const key =
    env['ROSTER_KEY'] ?? (await fileSecrets(join(homeOf(env), 'secrets')).get(rosterKeyName));
  if (key === null || key === '')
    throw new ConfigError('ROSTER_KEY is missing: the secret that makes employee keys pseudonyms');
  return key;
};

const hostDatabase = async (env: Env): Promise<string> => {
  const path = hostNotePath(homeOf(env));
  try {
    return hostSchema.parse(JSON.parse(await readFile(path, 'utf8'))).databaseUrl;
  } catch (cause) {
    throw new ConfigError(
      'no database: start the local host (npm start), or name one with --database or DATABASE_URL',
      { cause },
    );
  }
};

/** Failures that an operator can mend, in one line and without the password. */
const explain = (error: unknown, url: string): unknown => {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code === '42P01')
    return new ConfigError('the database holds no Langkah store yet: start the host once first', {
      cause: error,
    });
  // Class 28 = refused login, 3D = no such database; the others come from the network.
  if (!/^(28|3D)|^E[A-Z]+$/.test(code)) return error;
  const place = URL.canParse(url) ? new URL(url).host : 'the given address';
  return new ConfigError(`no connection to the database at ${place} (${code})`, { cause: error });
};
