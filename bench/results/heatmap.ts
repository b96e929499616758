/**
 * The HR pages of an agency of 500 units over 8 waves of 40 figures a unit, read from releases in a real database and
 * over HTTP: the view of one wave, and the whole matrix of 160,000 figures as programs read it.
 */
import { serve } from '@hono/node-server';
import type { Database } from '../../core/store/database.ts';
import { insertRelease } from '../../core/store/results/releases.ts';
import { readReleases } from '../../functions/app/pages/release-shelf.ts';
import { freePort } from '../../functions/local/server/postgres.ts';
import { hrRoutes } from '../../web/hr/routes.tsx';
import { type Outcome, rounded } from '../outcome.ts';
import { withServer } from '../server.ts';
import type { Wishes } from '../wishes.ts';
import { groupsOf, releaseOf } from './releases.ts';

const waves = 8;
const name = { id: 'Kementerian Contoh', en: 'Kementerian Contoh' };

/** `--size` units (500), `--repeats` visits of the week view (400) and a tenth as many of the whole matrix. */
export const heatmap = async (wishes: Wishes): Promise<Outcome> => {
  const units = wishes.size ?? 500;
  const visits = wishes.repeats ?? 400;
  return withServer(async (server) => {
    const { db } = await server.store('product');
    await writeReleases(db, units);
    const { url, stop } = await servePages(db);
    try {
      // The first visit reads every release; what it costs is told apart.
      const first = await timed(`${url}${weekView(0)}`);
      const week = await times(visits, (visit) => `${url}${weekView(visit)}`);
      const matrix = await times(
        Math.ceil(visits / 10),
        () => `${url}/hr/berkas/rilis.json?periode=semua`,
      );
      return {
        bench: 'heatmap',
        got: {
          units,
          waves,
          figures: units * waves * 40,
          visits,
          firstMs: rounded(first, 1),
          weekP50Ms: quantile(week, 0.5),
          weekP95Ms: quantile(week, 0.95),
          matrixMs: quantile(matrix, 0.5),
          matrixP95Ms: quantile(matrix, 0.95),
        },
        atMost: { weekP95Ms: 10, matrixP95Ms: 300 },
      };
    } finally {
      await stop();
    }
  });
};

const writeReleases = async (db: Database, units: number): Promise<void> => {
  const groups = groupsOf(units);
  for (let wave = 0; wave < waves; wave += 1) {
    const release = releaseOf(wave, groups);
    const at = new Date(`${release.closedOn}T12:00:00Z`);
    await db
      .insertInto('waves')
      .values({
        id: release.wave,
        survey: 'pulse',
        items: release.items.map(({ id }) => id),
        opens_at: at,
        closes_at: at,
        status: 'erased',
        public_key: {},
        invited: 10_000,
      })
      .execute();
    const basis = { moments: [], madeUnder: '', members: [] };
    await db.transaction().execute((trx) => insertRelease(trx, { release, basis }, at));
  }
};

const servePages = async (db: Database) => {
  const app = hrRoutes(
    {
      viewer: async () => name,
      releases: () => readReleases(db),
      openWave: async () => null,
      adoption: async () => null,
      items: async () => [],
    },
    { agency: name, language: 'id', links: [], simulated: false },
  );
  const port = await freePort();
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

/** Waves, scores and languages in turn, so that no view is seen twice in a row. */
const weekView = (visit: number): string =>
  `/hr?tab=peta-panas&periode=wave-${visit % waves}&skor=${visit % 3 === 0 ? 'hambatan' : 'kekhawatiran'}&bahasa=${visit % 2 === 0 ? 'id' : 'en'}`;

/** Milliseconds from the request to the last byte. */
const timed = async (url: string): Promise<number> => {
  const start = performance.now();
  const response = await fetch(url);
  const { byteLength } = await response.arrayBuffer();
  const taken = performance.now() - start;
  if (!response.ok || byteLength < 10_000) throw new Error(`${url}: ${response.status}`);
  return taken;
};

const times = async (count: number, url: (visit: number) => string): Promise<readonly number[]> => {
  const taken: number[] = [];
  for (let visit = 0; visit < count; visit += 1) taken.push(await timed(url(visit)));
  return taken;
};

const quantile = (figures: readonly number[], share: number): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0, 1);
};
