/** `/teams/tab`: the shell for everybody, the Home for whoever Teams vouches for. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Language } from '../../core/language.ts';
import { languages } from '../../core/language.ts';
import { oneOf } from '../site.ts';
import { homeFragment, shellPage } from './page.tsx';
import type { TabPort } from './port.ts';

/** How a host shows the tab. */
type Look = {
  readonly path: string;
  /** That of the shell for a reader whose Teams names none of ours. */
  readonly language: Language;
  /** Pages that may hold the tab. */
  readonly frames: readonly string[];
};

/** The routes below `path`. */
export const tabRoutes = (port: TabPort, { path, language, frames }: Look): Hono => {
  const app = new Hono();
  app.use(`${path}/*`, async (c, next) => {
    await next();
    c.header('content-security-policy', `frame-ancestors ${frames.join(' ')}`);
    c.header('cache-control', 'no-store');
  });
  // Teams names its own language with a country, as in `en-us`.
  app.get(path, (c) =>
    c.html(shellPage(oneOf(languages, c.req.query('bahasa')?.slice(0, 2)) ?? language)),
  );
  const limit = bodyLimit({ maxSize: 4 * 1024, onError: (c) => c.body(null, 413) });
  app.post(`${path}/home`, limit, async (c) => answer(c, port));
  return app;
};

/** Nothing but the header says who asks: no cookie, so no other page can ask in somebody's name. */
const answer = async (c: Context, port: TabPort): Promise<Response> => {
  const fields = new URLSearchParams(await c.req.text());
  const [action, value] = [fields.get('action'), fields.get('value')];
  const press = action === null || value === null ? null : { action, value };
  const home = await port.home(c.req.header('authorization') ?? null, press);
  return home === null ? c.body(null, 401) : c.html(homeFragment(home));
};
