/** The embedded Postgres of the local host and of the tests: a real server from an npm package. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '../../../core/errors.ts';
import { stopOrphan } from './orphan.ts';
import { choosePlace, type Place, possibleData, removeData } from './place.ts';
import { nativeFolder } from './programs.ts';

const user = 'langkah';
// The server listens on loopback only and holds sample data; the password keeps other local users' tools apart.
const password = 'langkah-lokal';

export type LocalServer = { readonly url: string; readonly stop: () => Promise<void> };

type ServerOptions = {
  readonly directory: string;
  /** Tests trade durability for speed. */
  readonly durable: boolean;
};

/** Starts (and at first creates) the server in `directory`; an orphan of a killed run is stopped first. */
export const startPostgres = async (options: ServerOptions): Promise<LocalServer> => {
  const directory = resolve(options.directory);
  const place = await choosePlace(directory, await nativeFolder());
  await stopOrphan(place.data);
  try {
    if (!existsSync(join(place.data, 'PG_VERSION'))) await create(place, options.durable);
    const port = await freePort();
    const child = await launch(place, port, options.durable);
    return {
      url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
      stop: () => stop(child),
    };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`embedded Postgres did not start in ${place.data}: ${said}`, { cause });
  }
};

/** Stops whatever still runs on `directory` and removes its data, also where that had to lie elsewhere. */
export const wipePostgres = async (path: string): Promise<void> => {
  const directory = resolve(path);
  for (const data of possibleData(directory)) await stopOrphan(data);
  await removeData(directory);
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

/** Made under another name and renamed, so that a start cut off halfway leaves nothing that looks finished. */
const create = async ({ account, data, native }: Place, durable: boolean): Promise<void> => {
  const fresh = `${data}.new`;
  const passwordFile = `${data}.password`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null)
    for (const path of [fresh, passwordFile]) await chown(path, account.uid, account.gid);
  const flags = [
    ...[`--pgdata=${fresh}`, `--username=${user}`, `--pwfile=${passwordFile}`, '--auth=password'],
    ...['--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync'])],
  ];
  try {
    await promisify(execFile)(join(native, 'bin', 'initdb'), flags, { ...account, cwd: '/' });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(data, { recursive: true, force: true });
  await rename(fresh, data);
};

const ready = 'database system is ready to accept connections';

/** In a session of its own: Ctrl+C reaches us alone, and we stop the server last. */
const launch = ({ account, data, native }: Place, port: number, durable: boolean) =>
  new Promise<ChildProcess>((done, fail) => {
    const flags = [
      ...['-D', data, '-p', String(port)],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
      ...(durable ? [] : ['-c', 'synchronous_commit=off', '-c', 'max_connections=200']),
    ];
    const child = spawn(join(native, 'bin', 'postgres'), flags, {
      ...account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    stopWithUs(child);
    let said = '';
    const listen = (bytes: Buffer): void => {
      said += bytes.toString();
      if (!said.includes(ready)) return;
      child.stderr.off('data', listen);
      // What it says later is read and dropped: a full pipe would stop it.
      child.stderr.resume();
      child.off('exit', failed);
      done(child);
    };
    const failed = (): void => fail(new Error(said.trim().split('\n').slice(-3).join(' ')));
    child.stderr.on('data', listen);
    child.once('exit', failed);
    child.once('error', fail);
  });

/** However this process ends, short of a kill: the server is told to end as well. */
const stopWithUs = (child: ChildProcess): void => {
  const end = (): void => {
    child.kill('SIGINT');
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
};

/** A fast shutdown: connections are dropped, everything committed is on disk. */
const stop = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      done();
      return;
    }
    child.once('exit', () => done());
    child.kill('SIGINT');
  });
