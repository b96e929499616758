/** `/pratinjau`: every kind of message on both platforms, in both languages and three forms, following the files. */
import { Hono } from 'hono';
import { changes } from '../changes.ts';
import { pageOf, preferences, type Site } from '../site.ts';
import type { PreviewData } from './data.ts';
import { PreviewPage } from './page.tsx';
import { readQuery } from './query.ts';

/** The preview page and its stream of changes. */
export const previewRoutes = (data: PreviewData, site: Site): Hono => {
  const app = new Hono();
  app.use('/pratinjau', preferences);
  app.get('/pratinjau', async (c) => {
    const page = pageOf(c, site, await data.viewer());
    const [contents, states] = await Promise.all([data.contents(), data.itemStates()]);
    return c.html(
      <PreviewPage
        page={page}
        query={readQuery(page.query, contents)}
        contents={contents}
        states={states}
        rules={data.rules}
        following={data.following}
      />,
    );
  });
  app.get('/pratinjau/peristiwa', (c) => changes(c, data.subscribe));
  return app;
};
