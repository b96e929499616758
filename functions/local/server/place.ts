/** Where the server keeps its data and programs. Postgres refuses to run as root, so there it runs as another user, who must reach both. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '../../../core/errors.ts';

const run = promisify(execFile);

/** The user a server runs as; null = whoever started us. */
type Account = { readonly uid: number; readonly gid: number } | null;

export type Place = {
  readonly account: Account;
  readonly data: string;
  readonly native: string;
};

/** Open to every user and kept over restarts, unlike /tmp. */
const common = '/var/tmp';

/** The place for the server of `directory`; a note beside it says when its data had to lie elsewhere. */
export const choosePlace = async (directory: string, native: string): Promise<Place> => {
  await mkdir(dirname(directory), { recursive: true });
  if (process.getuid?.() !== 0) return { account: null, data: directory, native };
  const account = await serverAccount();
  const programs = (await reaches(account, join(native, 'bin', 'postgres')))
    ? native
    : await copyPrograms(native);
  if (await reaches(account, dirname(directory)))
    return { account, data: directory, native: programs };
  const folder = elsewhere(directory);
  await ownFolder(folder);
  const data = join(folder, 'postgres');
  await writeFile(`${directory}.txt`, `${data}\n`);
  return { account, data, native: programs };
};

/** Where the data of `directory` may lie: in it, or in the common folder. */
export const possibleData = (directory: string): readonly string[] =>
  process.getuid?.() === 0 ? [directory, join(elsewhere(directory), 'postgres')] : [directory];

/** Removes the data of `directory`, wherever it lies. */
export const removeData = async (directory: string): Promise<void> => {
  for (const path of [directory, `${directory}.txt`, `${directory}.new`])
    await rm(path, { recursive: true, force: true });
  if (process.getuid?.() === 0) await rm(elsewhere(directory), { recursive: true, force: true });
};

const hashed = (path: string): string =>
  createHash('sha256').update(path).digest('hex').slice(0, 12);

const elsewhere = (directory: string): string => join(common, `langkah-${hashed(directory)}`);

/** The system's own postgres user where there is one, else nobody; no user is ever created. */
const serverAccount = async (): Promise<NonNullable<Account>> => {
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(
      () => null,
    );
    if (ids === null) continue;
    const [uid = 0, gid = 0] = ids.map(({ stdout }) => Number(stdout));
    if (uid > 0) return { uid, gid };
  }
  throw new ConfigError(
    'Postgres does not run as root, and this system has neither a user postgres nor nobody; start as another user or set DATABASE_URL',
  );
};

const reaches = async (account: NonNullable<Account>, path: string): Promise<boolean> => {
  try {
    await run('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};

/** One copy for every data folder of this installation; put in place whole, or not at all. */
const copyPrograms = async (native: string): Promise<string> => {
  const folder = join(common, `langkah-programs-${hashed(native)}`);
  await ownFolder(folder);
  const copy = join(folder, 'native');
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.${process.pid}`;
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  // Another start may have been quicker.
  await rename(fresh, copy).catch(() => rm(fresh, { recursive: true, force: true }));
  return copy;
};

/** In a folder open to all, a name taken by somebody else must not be trusted. */
const ownFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== 0)
    throw new ConfigError(`${folder}: found something of another user, allowed a folder of root`);
};
