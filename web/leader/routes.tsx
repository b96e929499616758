/** `/pimpinan`: three numbers, one chart, one thing to do. */
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import * as z from 'zod';
import { formLimit, pageOf, preferences, type Site, withQuery } from '../site.ts';
import type { LeaderData } from './data.ts';
import { leaderPage } from './page.tsx';

const actSchema = z.strictObject({
  unit: z.coerce.number().int(),
  prompt: z.string().min(1).max(100),
  act: z.enum(['commit', 'done']),
});

/** The leader page and the two buttons of its prompt. */
export const leaderRoutes = (data: LeaderData, site: Site): Hono => {
  const app = new Hono();
  app.use('/pimpinan', preferences);
  app.get('/pimpinan', async (c) => {
    const [viewer, units, releases, openWave, adoption] = await Promise.all([
      data.viewer(),
      data.units(),
      data.releases(),
      data.openWave(),
      data.adoption(),
    ]);
    const page = pageOf(c, site, viewer);
    const asked = Number(page.query.get('unit'));
    const own = units.find(({ unit }) => unit === asked) ?? units[0] ?? null;
    const prompt = own ? await data.prompt(own.unit) : null;
    return c.html(leaderPage(page, { units, own, releases, openWave, adoption, prompt }));
  });
  app.post('/pimpinan', csrf(), formLimit, async (c) => {
    const act = actSchema.safeParse(await c.req.parseBody());
    const units = await data.units();
    if (!act.success || !units.some(({ unit }) => unit === act.data.unit))
      return c.text(pageOf(c, site).say('leader.bad-request'), 400);
    const recorded = await data.record(act.data);
    const { path, query } = pageOf(c, site);
    const said = recorded ? { tercatat: act.data.act } : {};
    // Back to the page, so that reloading it does not send the form again.
    return c.redirect(withQuery(path, query, { unit: String(act.data.unit), ...said }), 303);
  });
  return app;
};
