/** The local edition's pages: studio, HR, leader and preview on one site. */
import { Hono } from 'hono';
import { atRisk } from '../../core/content/source-lock.ts';
import type { Language } from '../../core/language.ts';
import { loadRecalls } from '../../core/store/outbox/amendments.ts';
import { countSentItems } from '../../core/store/runs/item-states.ts';
import { hrRoutes } from '../../web/hr/routes.tsx';
import { wavesRoutes } from '../../web/hr/waves/routes.tsx';
import { leaderRoutes } from '../../web/leader/routes.tsx';
import { previewRoutes } from '../../web/preview/routes.tsx';
import type { Site } from '../../web/site.ts';
import type { StudioPort } from '../../web/studio/port.ts';
import { studioRoutes } from '../../web/studio/routes.tsx';
import { assetRoutes } from '../app/assets.ts';
import { type LiveCatalogue, previewData } from '../app/pages/preview-data.ts';
import { hrData, leaderData } from '../app/pages/results-data.ts';
import { wavesData } from '../app/pages/waves-data.ts';
import type { Context } from '../jobs/context.ts';
import { previewRules } from './preview/rules.ts';

const viewers = {
  hr: { id: 'Analis SDM (contoh)', en: 'HR analyst (sample)' },
  leader: { id: 'Pimpinan (contoh)', en: 'Leader (sample)' },
  author: { id: 'Penulis (contoh)', en: 'Author (sample)' },
} as const;

/** All pages but the preview under one Hono application; `language` is that of a reader who chose none. */
export const localPages = (context: Context, studio: StudioPort, language: Language): Hono => {
  const site = siteOf(context, language);
  const app = new Hono();
  app.route('/', assetRoutes());
  app.route('/', studioRoutes(studio, site));
  app.route('/', hrRoutes(hrData(context, viewers.hr), site));
  app.route('/', wavesRoutes(wavesData(context, viewers.hr, previewRules), site));
  app.route('/', leaderRoutes(leaderData(context, viewers.leader), site));
  return app;
};

/** The pages of a host that is connected to real chats: nothing is played, so there is no studio. */
export const connectedPages = (context: Context, language: Language): Hono => {
  const site = connectedSite(context, language);
  const app = new Hono();
  app.route('/', assetRoutes());
  app.get('/', (c) => c.redirect('/hr'));
  app.route('/', hrRoutes(hrData(context, viewers.hr), site));
  app.route('/', wavesRoutes(wavesData(context, viewers.hr, previewRules), site));
  app.route('/', leaderRoutes(leaderData(context, viewers.leader), site));
  return app;
};

/** The frame of those pages. */
export const connectedSite = (context: Context, language: Language): Site => {
  const { links, ...site } = siteOf(context, language);
  return { ...site, simulated: false, links: links.filter(({ href }) => href !== '/') };
};

/** The author's preview of the content as it stands on the disk. */
export const previewPages = (context: Context, live: LiveCatalogue, site: Site): Hono => {
  const data = previewData({
    live,
    agency: context.agency,
    viewer: viewers.author,
    rules: previewRules,
    sent: () => countSentItems(context.db),
    recalled: () => loadRecalls(context.db),
    atRisk,
    running: () => context.catalogue,
  });
  return previewRoutes(data, site);
};

/** The frame of the sample's pages. */
export const siteOf = ({ agency: { name } }: Context, language: Language): Site => ({
  agency: { id: name, en: name },
  language,
  simulated: true,
  links: [
    { href: '/', label: { id: 'Studio', en: 'Studio' } },
    { href: '/hr', label: { id: 'Dasbor SDM', en: 'HR dashboard' } },
    { href: '/pimpinan', label: { id: 'Pimpinan', en: 'Leader' } },
    { href: '/pratinjau', label: { id: 'Pratinjau', en: 'Preview' } },
  ],
});
