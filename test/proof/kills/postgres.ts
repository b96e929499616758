/** A durable Postgres that can be killed and comes back, always found behind the same door. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { choosePlace } from '../../../functions/local/server/place.ts';
import { freePort, startPostgres, wipePostgres } from '../../../functions/local/server/postgres.ts';
import { nativeFolder } from '../../../functions/local/server/programs.ts';

export type Fragile = {
  /** The door's address. */
  readonly url: string;
  /** Ends the server at once and starts it again on the same data. */
  readonly crash: (signal: 'SIGKILL' | 'SIGQUIT') => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const fragilePostgres = async (): Promise<Fragile> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-kills-'));
  await chmod(folder, 0o755);
  const directory = join(folder, 'postgres');
  const { data } = await choosePlace(directory, await nativeFolder());
  let server = await startPostgres({ directory, durable: true });
  const door = await openDoor(() => Number(new URL(server.url).port));
  const url = new URL(server.url);
  url.port = String(door.port);
  return {
    url: url.toString(),
    crash: async (signal) => {
      const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, signal);
      await gone(pid);
      door.shut();
      server = await startPostgres({ directory, durable: true });
    },
    stop: async () => {
      await door.close();
      await server.stop();
      await wipePostgres(directory);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const gone = async (pid: number): Promise<void> => {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await wait(20);
  }
};

/** A port that leads to wherever the server listens now. */
const openDoor = async (target: () => number) => {
  const port = await freePort();
  const sockets = new Set<Socket>();
  const server = createServer((inside) => {
    const outside = connect(target(), '127.0.0.1');
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const shut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    shut,
    close: async () => {
      shut();
      await new Promise((done) => server.close(done));
    },
  };
};
