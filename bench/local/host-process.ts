/** The real `npm start` as a child, on a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../functions/app/files.ts';

export type HostProcess = {
  /** Resolves when the printed text matches; rejects when the process ends before. */
  readonly said: (pattern: RegExp) => Promise<RegExpMatchArray>;
  readonly stop: () => Promise<void>;
};

/** Starts it; port 0 lets the system choose. */
export const startHost = (home: string): HostProcess => {
  const child = spawn('npm', ['start', '--', '--port', '0', '--lang', 'en'], {
    cwd: root,
    env: { ...process.env, LANGKAH_HOME: home, DATABASE_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
    });
  return {
    said: async (pattern) => {
      for (;;) {
        const found = printed.match(pattern);
        if (found !== null) return found;
        if (child.exitCode !== null) throw new Error(`npm start ended: ${printed}`);
        await sleep(10);
      }
    },
    stop: () => ended(child),
  };
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    // Both streams close only when the host behind npm has gone, too.
    child.once('close', () => done());
    child.kill('SIGTERM');
  });
