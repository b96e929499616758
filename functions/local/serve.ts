/** Serving on loopback; a busy port moves to the next free one. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { ConfigError } from '../../core/errors.ts';

export type Serving = { readonly port: number; readonly stop: () => Promise<void> };

/** How many ports are tried from the wished one on. */
const attempts = 50;

type Served = Pick<Hono, 'fetch'>;

/** The names by which a browser on this machine asks for a page here. */
const ownNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * `app` for browsers on this machine: a page elsewhere whose host name is made to lead here (DNS rebinding) would else
 * read and press what has no sign-in.
 */
export const forThisMachine = (app: Hono): Served => ({
  fetch: (request, ...rest) =>
    ownNames.test(request.headers.get('host') ?? '')
      ? app.fetch(request, ...rest)
      : new Response(refusal, {
          status: 403,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
        }),
});

const refusal = `Halaman ini hanya dapat dibuka dari komputer ini, dengan alamat http://localhost.
This page opens on this computer only, at http://localhost.
`;

/** Serves `app` on the first free port from `port`; 0 lets the system choose. */
export const serveOn = async (app: Served, port: number): Promise<Serving> => {
  for (let wish = port; wish < port + attempts && wish <= 65_535; wish += 1) {
    const serving = await listen(app, wish);
    if (serving !== null) return serving;
    if (port === 0) break;
  }
  throw new ConfigError(`--port: found ${port}, and no port after it is free either`);
};

const listen = (app: Served, port: number): Promise<Serving | null> =>
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
