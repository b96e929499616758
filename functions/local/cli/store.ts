/** Which database and which roster key a command works with. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { leastKey } from '../../../core/config.ts';
import { ConfigError } from '../../../core/errors.ts';
import { type Database, openDatabase } from '../../../core/store/database.ts';
import { storeVersion } from '../../../core/store/migrate.ts';
import { readSetting, serverVersion } from '../../../core/store/settings.ts';
import { readMigrations, root } from '../../app/files.ts';
import { clockSetting } from '../clock.ts';
import { addressForm, isAddress } from '../open/store.ts';
import { fileSecrets, rosterKeyName } from '../secrets.ts';
import { hostNotePath } from '../server/lock.ts';
import type { Shell } from './shell.ts';

/** The file in which the running local host says where it is. */
const hostSchema = z.looseObject({ databaseUrl: z.string().min(1) });

type Env = Shell['env'];

/** The local host's data folder. */
const homeOf = (env: Env): string => env['LANGKAH_HOME'] ?? join(root, '.langkah');

/** Where a host with real chats keeps its data, as a command has to be told. */
const connectedHome = 'LANGKAH_HOME=.langkah-connected';

/** Runs `work` on the database told by the option, DATABASE_URL or the running local host, and closes it. */
export const withStore = async <T>(
  env: Env,
  option: string | undefined,
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  const { url, place } = readAddress(await addressOf(env, option));
  const db = openDatabase(url, { max: 2 });
  try {
    await reach(db, place);
    return await work(db);
  } catch (error) {
    throw await explain(db, place, error);
  } finally {
    await db.destroy();
  }
};

/** The time of a store: a local host's own clock, which people move, else the wall's. */
export const timeOf = async (db: Database, shell: Pick<Shell, 'now'>): Promise<Date> => {
  const moved = await readSetting(db, clockSetting);
  return typeof moved === 'string' ? new Date(moved) : shell.now();
};

/**
 * The key that turns employee keys into pseudonyms: ROSTER_KEY, else the local host's own, for that host's store alone:
 * under another one's key every person would be somebody new.
 */
export const rosterKey = async (env: Env, option: string | undefined): Promise<string> => {
  const own = env['ROSTER_KEY'] ?? '';
  if (own.length >= leastKey) return own;
  if (own !== '') throw new ConfigError(`ROSTER_KEY is shorter than ${leastKey} characters`);
  const local = await storeOf(env);
  const told = option ?? env['DATABASE_URL'] ?? local;
  const key =
    told === local ? await fileSecrets(join(homeOf(env), 'secrets')).get(rosterKeyName) : null;
  if (key === null || key === '')
    throw new ConfigError('ROSTER_KEY is missing: the secret that makes employee keys pseudonyms');
  return key;
};

/** The running local host's own store; null where none runs. */
const storeOf = async (env: Env): Promise<string | null> => {
  try {
    return await noteOf(env);
  } catch {
    return null;
  }
};

const noteOf = async (env: Env): Promise<string> =>
  hostSchema.parse(JSON.parse(await readFile(hostNotePath(homeOf(env)), 'utf8'))).databaseUrl;

/** An address and who told it. */
type Told = { readonly from: string; readonly text: string };

const addressOf = async (env: Env, option: string | undefined): Promise<Told> => {
  if (option !== undefined) return { from: '--database', text: option };
  const own = env['DATABASE_URL'];
  if (own !== undefined) return { from: 'DATABASE_URL', text: own };
  const path = hostNotePath(homeOf(env));
  try {
    return { from: path, text: await noteOf(env) };
  } catch (cause) {
    // Whoever came from a guide of a real chat must not be led to the sample.
    throw new ConfigError(
      `no database: no local host runs at ${homeOf(env)}, allowed one started with npm start; for one started with --connect set ${connectedHome}; or name a database with --database or DATABASE_URL`,
      { cause },
    );
  }
};

/** The address and the part of it that may be printed; what is wrong is told without its words, which hold the password. */
const readAddress = ({ from, text }: Told): { readonly url: string; readonly place: string } => {
  const refuse = (found: string, hint = ''): ConfigError =>
    new ConfigError(
      `${from} is no address of a database, found ${found}, allowed ${addressForm}${hint}`,
    );
  if (!isAddress(text)) throw refuse('no postgres:// at its beginning');
  // Drivers know an empty host, with a socket's folder behind it; URLs do not.
  const whole = URL.canParse(text) ? text : text.replace('@/', '@localhost/');
  const address = URL.canParse(whole) ? new URL(whole) : null;
  // A password cut short by such a sign leaves its rest, and the @ behind it, where the database's name should be.
  if (address === null || address.hash !== '' || /@/.test(address.pathname + address.search))
    throw refuse(
      'a part that cannot be read',
      ' with # as %23, / as %2F, ? as %3F and @ as %40 in the password',
    );
  return { url: text, place: address.searchParams.get('host') ?? (address.host || 'localhost') };
};

/** A first look at the database, before a command begins. */
const reach = async (db: Database, place: string): Promise<void> => {
  try {
    await serverVersion(db);
  } catch (cause) {
    throw noConnection(place, cause);
  }
};

const noConnection = (place: string, cause: unknown): ConfigError =>
  new ConfigError(
    `no connection to the database at ${place}, found ${foundIn(cause)}, allowed a Postgres that answers there and lets this user in`,
    { cause },
  );

const foundIn = (cause: unknown): string => {
  if (!(cause instanceof Error)) return 'an unknown failure';
  if (/timeout/i.test(cause.message)) return 'no answer in time';
  const code = codeOf(cause);
  return /^E[A-Z]+$/.test(code) ? code : cause.message.replaceAll(/\s+/g, ' ');
};

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** Failures that an operator can mend, in one line; every other stays as it is. */
const explain = async (db: Database, place: string, error: unknown): Promise<unknown> => {
  if (!(error instanceof Error) || error instanceof ConfigError) return error;
  const code = codeOf(error);
  // Class 08 = lost connection, 53300 = too many of them, 57P = the server stops; the others come from the network.
  const lost = /^(08|53300|57P|E(CONNRESET|CONNREFUSED|PIPE|TIMEDOUT)$)/.test(code);
  if (lost || /^(Connection terminated|timeout exceeded)/.test(error.message))
    return noConnection(place, error);
  // Class 42 = a name the store does not know, 23 = a value its tables do not take.
  if (!/^(42|23)/.test(code)) return error;
  // Where the version cannot be read either, the first failure says more.
  return (await otherVersion(db, place, error).catch(() => null)) ?? error;
};

const otherVersion = async (
  db: Database,
  place: string,
  cause: Error,
): Promise<ConfigError | null> => {
  const version = await storeVersion(db, await readMigrations('migrations'));
  const refuse = (found: string): ConfigError =>
    new ConfigError(`the store at ${place} is of another version, found ${found}`, { cause });
  switch (version.kind) {
    case 'none':
      return new ConfigError(
        `the database at ${place} holds no Langkah store yet: start the host once first`,
        { cause },
      );
    case 'ahead':
      return refuse(
        `${version.name}, allowed only migrations that this version knows: use the langkah of the version that runs there`,
      );
    case 'behind':
      return refuse(
        `it without ${version.name}, allowed one with every migration of this version: start the host or deploy the functions of this version first`,
      );
    case 'same':
      return null;
  }
};
