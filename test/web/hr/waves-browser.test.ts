import { Hono } from 'hono';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../../core/language.ts';
import { assetRoutes } from '../../../functions/app/assets.ts';
import { wavesData } from '../../../functions/app/pages/waves-data.ts';
import { previewRules } from '../../../functions/local/preview/rules.ts';
import { serveOn } from '../../../functions/local/serve.ts';
import { wavesRoutes } from '../../../web/hr/waves/routes.tsx';
import { openBrowser } from '../../support/browser/browser.ts';
import { openHouse } from '../../support/house.ts';
import { accessibilityFaults, type Visit, visitor } from '../visit.ts';
import { site } from './fixtures.ts';

const opened = await openBrowser();
const house = opened === null ? null : await openHouse({ now: '2026-10-11T17:00:00Z' });
afterAll(async () => opened?.close());

const phone = { viewport: { width: 320, height: 640 } } as const;

describe.skipIf(opened === null)('running the survey periods in a real browser', () => {
  let url = '';
  let visit: Visit;
  beforeAll(async () => {
    if (house === null || opened === null) throw new Error('no browser');
    const app = new Hono();
    app.route('/', assetRoutes());
    const viewer = { id: 'SDM', en: 'HR' };
    app.route('/', wavesRoutes(wavesData(house.host.context, viewer, previewRules), site));
    const serving = await serveOn(app, 0);
    url = `http://127.0.0.1:${serving.port}`;
    visit = visitor(opened.browser, url);
    return serving.stop;
  });

  const without = async (options: BrowserContextOptions, walk: (page: Page) => Promise<void>) => {
    const context = await opened?.browser.newContext({ ...options, javaScriptEnabled: false });
    if (context === undefined) throw new Error('no browser');
    try {
      await walk(await context.newPage());
    } finally {
      await context.close();
    }
  };

  it('plans, moves, cancels and takes back a period on a phone, by keyboard alone, without a script', async () => {
    await without(phone, async (page) => {
      await page.goto(`${url}/hr/periode?bahasa=id`);
      const date = page.getByLabel('Tanggal dibuka');
      await date.fill('2027-03-15');
      await page.getByLabel('Regulasi').selectOption('reg-2');
      await page.getByRole('button', { name: 'Jadwalkan', exact: true }).press('Enter');
      await page.getByText('Periode baru sudah dijadwalkan.').waitFor();
      await page.getByRole('link', { name: 'Periode w5' }).press('Enter');

      const dates = page.locator('form', {
        has: page.getByRole('button', { name: 'Ubah tanggal' }),
      });
      await dates.getByLabel('Tanggal dibuka').fill('2027-03-14');
      await page.getByRole('button', { name: 'Ubah tanggal' }).press('Enter');
      await page.getByRole('alert').getByText('14 Mar 2027 bukan hari kerja').waitFor();
      expect(await dates.getByLabel('Tanggal dibuka').inputValue()).toBe('2027-03-14');
      await dates.getByLabel('Tanggal dibuka').fill('2027-04-05');
      await page.getByRole('button', { name: 'Ubah tanggal' }).press('Enter');
      await page.getByText('Tanggal sudah diubah.').waitFor();
      await page.getByText('5 Apr 2027 sampai').first().waitFor();

      await page.getByRole('button', { name: 'Batalkan periode ini' }).press('Enter');
      await page.getByRole('button', { name: 'Jadwalkan kembali' }).press('Enter');
      await page.getByText('Periode ini dijadwalkan kembali.').waitFor();
    });
  });

  it('asks for the statement before an open period is closed for good', async () => {
    await house?.tickAt('2026-10-12T00:00:00Z');
    await without({}, async (page) => {
      await page.goto(`${url}/hr/periode/w1?bahasa=en`);
      // The browser itself keeps the form back.
      await page.getByRole('button', { name: 'Close now' }).click();
      expect(page.url()).not.toContain('selesai');
      await page.getByLabel('I understand that this period cannot be opened again.').check();
      await page.getByRole('button', { name: 'Close now' }).click();
      await page.getByText('This period is closed.').waitFor();
      expect(await page.getByRole('button', { name: 'Close now' }).count()).toBe(0);
    });
  });

  it.each(['/hr/periode?', '/hr/periode/w3?', '/hr/periode/w1?'])(
    '%s has no accessibility fault, light and dark',
    async (path) => {
      expect(await accessibilityFaults(visit, `${path}bahasa=id`)).toEqual([]);
    },
    60_000,
  );

  it.each(['/hr/periode?', '/hr/periode/w3?', '/hr/periode/w1?', '/hr/periode/w3/pratinjau?'])(
    '%s needs no sideways scrolling at 320 px',
    async (path) => {
      for (const language of languages) {
        const excess = await visit(`${path}bahasa=${language}`, phone, (page) =>
          page.$eval('html', (html) => html.scrollWidth - html.clientWidth),
        );
        expect(excess).toBe(0);
      }
    },
  );

  it('draws the form of a period in both chats', async () => {
    await visit('/hr/periode/w3/pratinjau?bahasa=id', {}, async (page) => {
      const drawn = page.locator('.chat-message');
      await expect
        .poll(() => drawn.locator('input[type="radio"]').count(), { timeout: 10_000 })
        .toBeGreaterThan(100);
      for (const platform of ['slack', 'teams']) {
        const form = page.locator(`.chat-message[data-platform="${platform}"]`, {
          hasText: 'Standar data yang berbeda',
        });
        expect(await form.count()).toBeGreaterThan(0);
      }
    });
  });
});
