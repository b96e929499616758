/** One web application for every host: the doors of both chats and, where wanted, the pages. */
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Log } from '../../core/ports.ts';
import { doorBytes, slackPath, teamsPath } from './paths.ts';

/** A door takes the raw request and answers within the platform's time. */
export type Door = (request: Request) => Promise<Response>;

/** Where an administrator begins to install an app, and where the platform sends the browser back to. */
export type InstallDoor = { readonly start: Door; readonly finish: Door };

export type AppParts = {
  /** Null where the agency does not use the platform. */
  readonly slack: Door | null;
  readonly teams: Door | null;
  /** Null or absent where apps are not installed through us. */
  readonly install?: InstallDoor | null;
  /** The agency's own ballot pages; null where ballots are given in chat. */
  readonly ballots: Hono | null;
  readonly pages: Hono | null;
  readonly log: Log;
};

/**
 * Turns away a body that is too long before it is read. One whose length is told and small goes on untouched: only to look
 * at it makes the local host build a whole request of the web's for it, a third of what a door costs.
 */
const doorLimit = (log: Log): MiddlewareHandler => {
  const counted = bodyLimit({
    maxSize: doorBytes,
    onError: (c) => {
      log.warn('http.refused', { path: c.req.path, reason: 'too-long' });
      return c.body(null, 413);
    },
  });
  return (c, next) => {
    const told = c.req.header('transfer-encoding') === undefined && c.req.header('content-length');
    return told && Number(told) <= doorBytes ? next() : counted(c, next);
  };
};

/** Mounts the doors and pages; a fault inside tells the caller nothing and the log its kind. */
export const createApp = (parts: AppParts): Hono => {
  const { slack, teams, install = null, ballots, pages, log } = parts;
  const app = new Hono();
  const limit = doorLimit(log);
  const doors = { [slackPath]: slack, [teamsPath]: teams };
  for (const [path, door] of Object.entries(doors))
    if (door !== null) app.post(path, limit, (c) => door(c.req.raw));
  if (install !== null) {
    app.get('/slack/install', (c) => install.start(c.req.raw));
    app.get('/slack/oauth_redirect', (c) => install.finish(c.req.raw));
  }
  app.get('/sehat', (c) => c.text('ok'));
  for (const routes of [ballots, pages]) if (routes !== null) app.route('/', routes);
  app.onError((error, c) => {
    // A refusal, such as that of a form which another site posts, and no fault of ours.
    if (error instanceof HTTPException) return error.getResponse();
    log.error('http.failed', { path: c.req.path, kind: error.name });
    return c.body(null, 500);
  });
  return app;
};
