/** `/pratinjau`: every kind of message on both platforms, in both languages, in three forms. */
import { Hono } from 'hono';
import { pageOf, preferences, type Site } from '../site.ts';
import type { PreviewData } from './data.ts';
import { PreviewPage } from './page.tsx';

/** The preview page. */
export const previewRoutes = (data: PreviewData, site: Site): Hono => {
  const app = new Hono();
  app.use('/pratinjau', preferences);
  app.get('/pratinjau', async (c) => {
    const page = pageOf(c, site, await data.viewer());
    return c.html(<PreviewPage page={page} samples={await data.samples()} rules={data.rules} />);
  });
  return app;
};
