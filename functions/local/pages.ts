/** The local edition's pages: studio, HR, leader and preview on one site. */
import { Hono } from 'hono';
import type { Language } from '../../core/language.ts';
import { hrRoutes } from '../../web/hr/routes.tsx';
import { leaderRoutes } from '../../web/leader/routes.tsx';
import { previewRoutes } from '../../web/preview/routes.tsx';
import type { Site } from '../../web/site.ts';
import type { StudioPort } from '../../web/studio/port.ts';
import { studioRoutes } from '../../web/studio/routes.tsx';
import { previewData } from '../app/preview-data.ts';
import { hrData, leaderData } from '../app/results-data.ts';
import type { Context } from '../jobs/context.ts';
import { assetRoutes } from './assets.ts';
import { checkPayload } from './chat/payload-rules.ts';

const viewers = {
  hr: { id: 'Analis SDM (contoh)', en: 'HR analyst (sample)' },
  leader: { id: 'Pimpinan (contoh)', en: 'Leader (sample)' },
  author: { id: 'Penulis (contoh)', en: 'Author (sample)' },
} as const;

/** Everything under one Hono application; `language` is that of a reader who chose none. */
export const localPages = (context: Context, studio: StudioPort, language: Language): Hono => {
  const site: Site = {
    agency: { id: context.agency.name, en: context.agency.name },
    language,
    simulated: true,
    links: [
      { href: '/', label: { id: 'Studio', en: 'Studio' } },
      { href: '/hr', label: { id: 'Dasbor SDM', en: 'HR dashboard' } },
      { href: '/pimpinan', label: { id: 'Pimpinan', en: 'Leader' } },
      { href: '/pratinjau', label: { id: 'Pratinjau', en: 'Preview' } },
    ],
  };
  const { catalogue, agency } = context;
  const preview = previewData({ catalogue, agency, viewer: viewers.author, rules: checkPayload });
  const app = new Hono();
  app.route('/', assetRoutes());
  app.route('/', studioRoutes(studio, site));
  app.route('/', hrRoutes(hrData(context, viewers.hr), site));
  app.route('/', leaderRoutes(leaderData(context, viewers.leader), site));
  app.route('/', previewRoutes(preview, site));
  return app;
};
