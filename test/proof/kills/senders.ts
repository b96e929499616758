/** Senders that are killed and followed by others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from '../../../functions/app/files.ts';

export type Senders = {
  /** Kills the sender that has been up longest, at once and without a word; false when none is up yet. */
  readonly kill: () => boolean;
  /** Senders that ended by themselves, with what they said last. */
  readonly fell: readonly string[];
  readonly stop: () => Promise<void>;
};

type Wish = {
  readonly count: number;
  readonly databaseUrl: string;
  readonly apiUrl: string;
  readonly began: number;
};

const file = fileURLToPath(new URL('main.ts', import.meta.url));

/** Keeps `count` senders running. */
export const openSenders = ({ count, ...wish }: Wish): Senders => {
  const up: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const fell: string[] = [];
  let numbered = 0;
  let over = false;
  const start = (): void => {
    numbered += 1;
    const given = JSON.stringify({ ...wish, holder: `sender-${numbered}` });
    const child = spawn(process.execPath, ['--import', 'tsx', file, given], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    all.add(child);
    let said = '';
    const listen = (bytes: Buffer): void => {
      said = `${said}${bytes.toString()}`.slice(-2_000);
      if (said.includes('ready\n') && !up.includes(child)) up.push(child);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (_code, signal) => {
      all.delete(child);
      if (up.includes(child)) up.splice(up.indexOf(child), 1);
      if (signal !== 'SIGKILL') fell.push(said);
      if (!over) start();
    });
  };
  for (let one = 0; one < count; one += 1) start();
  return {
    fell,
    kill: () => {
      const [oldest] = up;
      return oldest?.kill('SIGKILL') ?? false;
    },
    stop: async () => {
      over = true;
      await Promise.all(
        [...all].map(
          (child) =>
            new Promise<void>((done) => {
              child.once('exit', () => done());
              child.kill('SIGKILL');
            }),
        ),
      );
    },
  };
};
