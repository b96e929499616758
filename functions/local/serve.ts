/** Serving on loopback; a busy port moves to the next free one. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { ConfigError } from '../../core/errors.ts';

export type Serving = { readonly port: number; readonly stop: () => Promise<void> };

/** How many ports are tried from the wished one on. */
const attempts = 50;

/** Serves `app` on the first free port from `port`; 0 lets the system choose. */
export const serveOn = async (app: Hono, port: number): Promise<Serving> => {
  for (let wish = port; wish < port + attempts && wish <= 65_535; wish += 1) {
    const serving = await listen(app, wish);
    if (serving !== null) return serving;
    if (port === 0) break;
  }
  throw new ConfigError(`--port: found ${port}, and no port after it is free either`);
};

const listen = (app: Hono, port: number): Promise<Serving | null> =>
  new Promise((done, fail) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info: AddressInfo) =>
      done({
        port: info.port,
        stop: () =>
          new Promise((closed) => {
            server.close(() => closed());
            // An open stream of events would keep the server from closing.
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
    server.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? done(null) : fail(error),
    );
  });
