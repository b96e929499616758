/** A durable Postgres of one's own, the local host over it, and everything it writes in files. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../../../core/ports.ts';
import { type Database, openDatabase } from '../../../core/store/database.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import { once } from '../../../functions/app/once.ts';
import { type Host, openHost } from '../../../functions/local/host.ts';
import { type LocalQueue, openQueue } from '../../../functions/local/queue.ts';
import { fileSecrets } from '../../../functions/local/secrets.ts';
import { choosePlace } from '../../../functions/local/server/place.ts';
import { startPostgres, wipePostgres } from '../../../functions/local/server/postgres.ts';
import { nativeFolder } from '../../../functions/local/server/programs.ts';

export type Office = {
  readonly db: Database;
  readonly host: Host;
  readonly queue: LocalQueue;
  /** Where Postgres keeps its tables and its WAL. */
  readonly data: string;
  /** Queue, dead letters and log; the secrets stand in a folder of their own, as a policy of backups demands. */
  readonly home: string;
  readonly secrets: string;
  /** Writes the log so far into the home. */
  readonly writeLog: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const catalogue = once(() => readCatalogue());

/** A fresh folder that the server's user can reach. */
export const openFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-pulse-'));
  await chmod(folder, 0o755);
  return folder;
};

/** Opens the office of a folder; `prepare` fills its store before the host opens. */
export const openOffice = async (
  folder: string,
  prepare: (db: Database) => Promise<void> = async () => undefined,
): Promise<Office> => {
  const [directory, home, secrets] = ['postgres', 'home', 'secrets'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const server = await startPostgres({ directory, durable: true });
  const { data } = await choosePlace(directory, await nativeFolder());
  const db = openDatabase(server.url, { max: 4 });
  await prepare(db);
  await mkdir(home, { recursive: true });
  const lines: string[] = [];
  const queue = await openQueue(join(home, 'queue.jsonl'), logInto(lines));
  const host = await openHost({
    db,
    catalogue: await catalogue(),
    secrets: fileSecrets(secrets),
    queue,
    log: logInto(lines),
  });
  return {
    db,
    host,
    queue,
    data,
    home,
    secrets,
    writeLog: () => writeFile(join(home, 'log.jsonl'), lines.join('\n')),
    close: async () => {
      await queue.close();
      await db.destroy();
      await server.stop();
    },
  };
};

/** A copy of what a backup holds, tables, WAL and home without the secrets, in the folder of another office. */
export const backUp = async (
  { data, home }: Pick<Office, 'data' | 'home'>,
  folder: string,
): Promise<void> => {
  const directory = join(folder, 'postgres');
  const { data: place } = await choosePlace(directory, await nativeFolder());
  // Owner, modes and times as they were.
  await promisify(execFile)('cp', ['-a', data, place]);
  await promisify(execFile)('cp', ['-a', home, join(folder, 'home')]);
};

export const removeOffice = async (folder: string): Promise<void> => {
  await wipePostgres(join(folder, 'postgres'));
  await rm(folder, { recursive: true, force: true });
};

const logInto = (lines: string[]): Log => {
  const write =
    (level: string) =>
    (event: string, fields: object = {}): void => {
      lines.push(JSON.stringify({ level, event, ...fields }));
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
};
