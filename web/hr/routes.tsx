/** `/hr`: what the agency may know of its change, from frozen releases only. */
import { Hono } from 'hono';
import { pageOf, preferences, type Site } from '../site.ts';
import type { HrData } from './data.ts';
import { fileRoutes } from './files/routes.ts';
import { hrPage } from './page.tsx';

/** The HR page; every state of it is an address. */
export const hrRoutes = (data: HrData, site: Site): Hono => {
  const app = new Hono();
  app.use('/hr', preferences);
  app.get('/hr', async (c) => {
    const [viewer, releases, openWave, adoption, items] = await Promise.all([
      data.viewer(),
      data.releases(),
      data.openWave(),
      data.adoption(),
      data.items(),
    ]);
    const page = pageOf(c, site, viewer);
    return c.html(hrPage(page, { releases, openWave, adoption, items }));
  });
  app.route('/', fileRoutes(data, site));
  return app;
};
