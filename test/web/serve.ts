/** The pages over fixtures on a loopback port, with the host's own assets. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { assetRoutes } from '../../functions/app/assets.ts';
import { freePort } from '../../functions/local/server/postgres.ts';
import { hrRoutes } from '../../web/hr/routes.tsx';
import { leaderRoutes } from '../../web/leader/routes.tsx';
import type { PreviewData } from '../../web/preview/data.ts';
import { previewRoutes } from '../../web/preview/routes.tsx';
import { studioRoutes } from '../../web/studio/routes.tsx';
import { hrData, leaderData, site } from './hr/fixtures.ts';
import { openPreview } from './preview/preview-data.ts';
import { type StudioRecord, studioPort } from './studio/studio-port.ts';

/** Starts the pages; the studio's calls go into `record`. Gives their address and the way to stop. */
export const servePages = async (
  record: StudioRecord[] = [],
  preview?: PreviewData,
): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
}> => {
  const app = new Hono();
  app.route('/', assetRoutes());
  app.route('/', hrRoutes(hrData(), site));
  app.route('/', leaderRoutes(leaderData(), site));
  app.route('/', previewRoutes(preview ?? (await openPreview()), site));
  app.route('/', studioRoutes(studioPort(record), site));
  const port = await freePort();
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        // An open stream of events would keep the server from closing.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
};
