/** A Postgres of its own that can be taken away and given back under one address, as a managed one is. */
import { type AddressInfo, connect, createServer } from 'node:net';
import {
  type LocalServer,
  startPostgres,
  wipePostgres,
} from '../../functions/local/server/postgres.ts';

export type GoingStore = {
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Stops it, gives the address back and leaves no data. */
  readonly close: () => Promise<void>;
};

/** Starts the server in `directory`; while it is stopped every connection to its address is cut. */
export const startGoingStore = async (directory: string): Promise<GoingStore> => {
  const run = (): Promise<LocalServer> => startPostgres({ directory, durable: true });
  let server: LocalServer | null = await run();
  const url = new URL(server.url);
  const gate = createServer((socket) => {
    // Either side may end at any moment, and takes the other along.
    const behind = server === null ? null : connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.on('close', () => behind?.destroy());
    if (behind === null) return void socket.destroy();
    behind.on('error', () => behind.destroy());
    behind.on('close', () => socket.destroy());
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((listening) => gate.listen(0, '127.0.0.1', listening));
  url.port = String((gate.address() as AddressInfo).port);
  const stop = async (): Promise<void> => {
    await server?.stop();
    server = null;
  };
  return {
    url: url.href,
    stop,
    start: async () => {
      server ??= await run();
    },
    close: async () => {
      await stop();
      await new Promise((closed) => gate.close(closed));
      await wipePostgres(directory);
    },
  };
};
