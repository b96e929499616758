/** One web application for every host: the doors of both chats and, where wanted, the pages. */
import { Hono } from 'hono';
import type { Log } from '../../core/ports.ts';

/** A door takes the raw request and answers within the platform's time. */
export type Door = (request: Request) => Promise<Response>;

export type AppParts = {
  /** Null where the agency does not use the platform. */
  readonly slack: Door | null;
  readonly teams: Door | null;
  readonly pages: Hono | null;
  readonly log: Log;
};

/** Mounts the doors and pages; a fault inside tells the caller nothing and the log its kind. */
export const createApp = ({ slack, teams, pages, log }: AppParts): Hono => {
  const app = new Hono();
  const doors = { '/slack/events': slack, '/teams/messages': teams };
  for (const [path, door] of Object.entries(doors))
    if (door !== null) app.post(path, (c) => door(c.req.raw));
  app.get('/sehat', (c) => c.text('ok'));
  if (pages !== null) app.route('/', pages);
  app.onError((error, c) => {
    log.error('http.failed', { path: c.req.path, kind: error.name });
    return c.body(null, 500);
  });
  return app;
};
