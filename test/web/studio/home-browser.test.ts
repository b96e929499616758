import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleKeys } from '../../../functions/local/sample/agency.ts';
import { openBrowser } from '../../support/browser/browser.ts';
import { serveHouse } from '../../support/browser/studio.ts';
import { openHouse } from '../../support/house.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

const house =
  opened === null ? null : await openHouse({ now: '2026-12-07T02:00:00.000Z', welcomed: true });
const url = house === null ? '' : await serveHouse(house);

/** The studio on a screen of this width. */
const studio = async (
  width: number,
  path: string,
  walk: (page: Page) => Promise<void>,
): Promise<void> => {
  const context = await opened?.browser.newContext({ viewport: { width, height: 780 } });
  if (context === undefined) throw new Error('no browser');
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${url}${path}`);
    await page.waitForSelector('html[data-ready]');
    await walk(page);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
};

const preferences = async () => {
  if (house === null) throw new Error('no house');
  return house.db
    .selectFrom('preferences')
    .selectAll()
    .where('person_id', '=', await house.idOf(sampleKeys.slackStaff))
    .executeTakeFirst();
};

describe.skipIf(opened === null)('the Slack Home in the studio', () => {
  it('is opened by going there, and obeys every setting with the answer right below it', async () => {
    await studio(1280, '/?peran=staf-wib&bahasa=id', async (page) => {
      const home = page.locator('#beranda');
      expect(await home.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Beranda', exact: true }).click();
      for (const title of ['Kemajuan saya', 'Pengaturan saya', 'Privasi dan bantuan'])
        await home.getByRole('heading', { name: title }).waitFor();
      expect(await home.getByRole('heading').first().textContent()).toMatch(/^Kiat hari ini/);
      await home.getByLabel('Jam kiriman').selectOption('10.00');
      await home.getByRole('heading', { name: 'Jam kiriman diubah' }).waitFor();
      await home.getByLabel('Kiat setiap pekan kerja').selectOption('Paling banyak 3');
      await home.getByRole('heading', { name: 'Frekuensi diubah' }).waitFor();
      expect(await preferences()).toMatchObject({ send_minute: 600, per_week: 3 });
      await home.getByLabel('Jeda sementara').selectOption('14 hari');
      await home
        .getByText('Kiriman dijeda sampai dengan Minggu, 20 Desember 2026.')
        .first()
        .waitFor();
      expect(await preferences()).toMatchObject({ paused_until: '2026-12-20' });
      await home.getByRole('button', { name: 'Mulai lagi' }).click();
      await home.getByText('Kiriman berjalan pada hari kerja Anda.').waitFor();
      for (const [button, title] of [
        ['Data saya', 'Data Anda di Langkah'],
        ['Hak saya', 'Hak Anda atas data'],
        ['Bantuan', 'Bantuan Langkah'],
      ] as const) {
        await home.getByRole('button', { name: button, exact: true }).click();
        await home.getByRole('heading', { name: title }).waitFor();
        expect(await home.getByRole('heading').last().textContent()).toBe(title);
      }
      await home.getByLabel('Bahasa').selectOption('Bahasa Inggris (English)');
      await home.getByRole('heading', { name: 'My settings' }).waitFor();
      expect(await home.getByLabel('Sending time').inputValue()).toBe('en|600');
      await home.getByLabel('Language').selectOption({ index: 0 });
      await home.getByRole('heading', { name: 'Bahasa diubah' }).waitFor();
      expect(await page.locator('[data-messages="slack"] article').count()).toBe(0);
    });
  });

  it('fits a phone in English, stops and goes on, keeping its place and the focus', async () => {
    await studio(360, '/?peran=staf-wib&bahasa=en', async (page) => {
      await page.getByRole('button', { name: 'Home', exact: true }).click();
      const home = page.locator('#beranda');
      await home.getByLabel('Bahasa').selectOption('Bahasa Inggris (English)');
      await home.getByLabel('Language').waitFor();
      await home.getByRole('button', { name: 'Stop', exact: true }).last().click();
      await home.getByText('Messages are stopped.').waitFor();
      expect((await preferences())?.stopped_at).not.toBeNull();
      await home.getByRole('button', { name: 'Resume', exact: true }).press('Enter');
      await home.getByText('Messages come on your working days.').waitFor();
      await home.getByRole('button', { name: 'My data', exact: true }).press('Enter');
      await home.getByRole('heading', { name: 'Your data in Langkah' }).waitFor();
      const place = await home.evaluate((element) => ({
        scrolled: element.scrollTop > 0,
        wider: element.scrollWidth > element.clientWidth,
        page: document.documentElement.scrollWidth > window.innerWidth,
        focused: document.activeElement?.textContent,
      }));
      expect(place).toEqual({ scrolled: true, wider: false, page: false, focused: 'My data' });
      await page.getByRole('button', { name: 'Messages', exact: true }).click();
      expect(await home.isVisible()).toBe(false);
    });
  });

  it('follows the persona, and says what to do where Slack showed nothing', async () => {
    await studio(1280, '/?peran=staf-wita&bahasa=id', async (page) => {
      const home = page.locator('#beranda');
      await page.getByLabel('Slack: membatasi (429)').check();
      await page.getByRole('button', { name: 'Beranda', exact: true }).click();
      await home.getByText('Pilih "Beranda" sekali lagi').waitFor();
      await page.getByLabel('Slack: membatasi (429)').uncheck();
      await page.getByRole('button', { name: 'Beranda', exact: true }).click();
      await home.getByLabel('Jam kiriman').selectOption('09.00');
      await home.getByRole('heading', { name: 'Jam kiriman diubah' }).waitFor();
      await page.getByLabel('Peran').selectOption('staf-wit');
      await home
        .getByRole('heading', { name: 'Jam kiriman diubah' })
        .waitFor({ state: 'detached' });
      await home.getByRole('heading', { name: 'Kemajuan saya' }).waitFor();
      expect(await home.getByLabel('Jam kiriman').inputValue()).toBe('');
    });
  });
});
