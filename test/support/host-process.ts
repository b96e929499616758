/** The local edition as a process of its own, the way `npm start` runs it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { root } from '../../functions/app/files.ts';

/** The command behind `npm start`. */
const command = ['--import', 'tsx', 'functions/local/main.ts'];

export type HostProcess = {
  readonly child: ChildProcess;
  /** Everything printed so far, both streams. */
  readonly printed: () => string;
  /** Waits for printed text; fails when the process ends without it. */
  readonly said: (pattern: RegExp) => Promise<RegExpMatchArray>;
  /** Resolves with the exit code once both streams are closed. */
  readonly ended: Promise<number | null>;
};

export type Start = {
  readonly home: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Through npm and its shell instead of node alone. */
  readonly npm?: boolean;
  readonly uid?: number;
};

/** Starts the host on `home`; what a failed test leaves running is killed after it. */
export const startHost = ({ home, args = [], env = {}, npm, uid }: Start): HostProcess => {
  const [file, given] = npm
    ? ['npm', ['start', '--', ...args]]
    : [process.execPath, [...command, ...args]];
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(file, given, {
    cwd: root,
    env: { ...inherited, LANGKAH_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
  let over = false;
  const ended = new Promise<number | null>((done) => {
    child.once('close', (code) => {
      over = true;
      done(code);
    });
  });
  onTestFinished(() => {
    if (!over) child.kill('SIGKILL');
  });
  const said = async (pattern: RegExp): Promise<RegExpMatchArray> => {
    for (;;) {
      const found = text.match(pattern);
      if (found !== null) return found;
      if (over) throw new Error(`ended without ${pattern}: ${text}`);
      await sleep(20);
    }
  };
  return { child, printed: () => text, said, ended };
};

/** A data folder for one test, gone after it. */
export const freshHome = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-home-'));
  // Open to the user whom the server runs as when we are root.
  execFileSync('chmod', ['755', folder]);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'home');
};

/** The address the host printed. */
export const addressOf = async (host: HostProcess): Promise<string> => {
  const [, port = ''] = await host.said(/Studio +http:\/\/localhost:(\d+)\//);
  return `http://127.0.0.1:${port}`;
};

/** Process numbers of the database servers of a data folder that still run (Linux only). */
export const serversOn = (data: string): readonly number[] =>
  execFileSync('ps', ['axo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`-D ${data} `))
    .map((line) => Number.parseInt(line, 10));

/** The number of the server noted in a data folder, or null. */
export const notedServer = (data: string): number | null => {
  const file = join(data, 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
};
