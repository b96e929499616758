import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser/browser.ts';
import { servePages } from '../serve.ts';
import type { StudioRecord } from './studio-port.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

/** A fresh host and page for one test. */
const studio = async (
  path: string,
  walk: (page: Page, record: readonly StudioRecord[]) => Promise<void>,
  viewport = { width: 1280, height: 900 },
): Promise<void> => {
  const record: StudioRecord[] = [];
  const pages = await servePages(record);
  const context = await opened?.browser.newContext({ viewport });
  if (context === undefined) throw new Error('no browser');
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(pages.url + path);
    await page.waitForSelector('html[data-ready]');
    await walk(page, record);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    await pages.stop();
  }
};

/** Keeps requests back from the host until they are released; `asked` ends when the page has made one. */
const keepBack = async (page: Page, from: RegExp) => {
  let release = (): void => undefined;
  const released = new Promise<void>((done) => {
    release = done;
  });
  const asked = page.waitForRequest(from);
  await page.route(from, async (route) => {
    await released;
    await route.continue();
  });
  return { asked, release: () => release() };
};

const inputOf = (record: readonly StudioRecord[], act: string): unknown =>
  record.filter((each) => each.act === act).at(-1)?.input;

describe.skipIf(opened === null)('the studio in a real browser', () => {
  it('sends the pressed Slack element and changes the message in place, the focus staying on it', async () => {
    await studio('/', async (page, record) => {
      const message = page.locator('[data-messages="slack"] article').first();
      await message.getByRole('button', { name: /Merapikan satu tabel/ }).press('Enter');
      await message.getByRole('button', { name: /Merapikan/ }).waitFor({ state: 'detached' });
      expect(inputOf(record, 'press')).toMatchObject({
        platform: 'slack',
        ref: 'slack-lesson',
        action: { type: 'button', value: expect.stringContaining('id|') },
        inputs: {},
      });
      expect(await page.locator('[data-messages="slack"] article').count()).toBe(3);
      const focused = await message.evaluate((article) =>
        article.contains(article.ownerDocument.activeElement),
      );
      expect(focused).toBe(true);
    });
  });

  it('answers a Slack survey by keyboard alone: error, answer, thanks, and back to the button', async () => {
    await studio('/', async (page, record) => {
      const open = page.locator('[data-messages="slack"]').getByRole('button', { name: 'Jawab' });
      await open.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Survei singkat' });
      await dialog.waitFor();
      await dialog.getByRole('button', { name: 'Kirim' }).press('Enter');
      await dialog.getByText('Pilih satu jawaban.').waitFor();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await dialog.getByLabel('Komentar').fill('Perlu contoh.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Jawaban diterima' }).waitFor();
      expect(inputOf(record, 'submit')).toMatchObject({
        viewId: 'V1',
        values: {
          'khawatir-peran': {
            choice: { type: 'radio_buttons', selected_option: { value: '2' } },
          },
          'data-terbuka': { choice: { type: 'radio_buttons', selected_option: null } },
          comment: { words: { type: 'plain_text_input', value: 'Perlu contoh.' } },
        },
      });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await open.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(
        true,
      );
    });
  });

  it('sends the card action with its inputs from Teams, and none from a button that collects none', async () => {
    await studio('/', async (page, record) => {
      const card = page.locator('[data-messages="teams"] article').nth(1);
      await card.getByLabel('Setuju', { exact: true }).first().check();
      await card.getByRole('button', { name: 'Kirim' }).press('Enter');
      await expect
        .poll(() => inputOf(record, 'press'), { timeout: 10_000 })
        .toMatchObject({
          platform: 'teams',
          ref: 'teams-pulse-invitation',
          action: {
            type: 'Action.Execute',
            verb: 'pulse.submit',
            data: { action: 'pulse.submit', ticket: 'tiket-contoh' },
          },
          inputs: { 'khawatir-peran': '4' },
        });
      const lesson = page.locator('[data-messages="teams"] article').first();
      await lesson.getByRole('button', { name: 'Tunda' }).press('Enter');
      await expect
        .poll(() => inputOf(record, 'press'), { timeout: 10_000 })
        .toMatchObject({ action: { verb: 'lesson.later' }, inputs: {} });
    });
  });

  it('shows what a hostile text says and runs none of it', async () => {
    await studio('/', async (page) => {
      for (const platform of ['slack', 'teams'])
        await page
          .locator(`[data-messages="${platform}"]`)
          .getByRole('button', { name: '<tanpa dibaca>' })
          .first()
          .waitFor();
    });
  });

  it('moves the clock with visible progress that can be stopped', async () => {
    await studio('/', async (page, record) => {
      await page.getByRole('button', { name: '+4 pekan' }).click();
      const bar = page.getByRole('progressbar', { name: 'Memutar hari kerja' });
      await bar.waitFor();
      expect(await page.locator('#jalan').textContent()).toContain('40%');
      await page.getByRole('button', { name: 'Hentikan' }).click();
      await bar.waitFor({ state: 'detached' });
      expect(record.map(({ act }) => act)).toEqual(['advance', 'cancel']);
    });
  });

  it('answers typed words in the same chat and announces the new message', async () => {
    await studio('/', async (page, record) => {
      const log = page.getByRole('log', { name: 'Pesan di Teams' });
      await page.getByLabel('Tulis pesan di Teams').fill('apa ini?');
      await page.keyboard.press('Enter');
      await log.getByRole('heading', { name: 'Kiriman dijeda' }).waitFor();
      expect(await log.getAttribute('aria-live')).toBe('polite');
      expect(inputOf(record, 'type')).toEqual({
        persona: 'p1',
        platform: 'teams',
        text: 'apa ini?',
      });
    });
  });

  it('inspects a message, keeps the persona in the address and switches a fault', async () => {
    await studio('/', async (page, record) => {
      const first = page.locator('[data-messages="slack"] article').first();
      await first.getByRole('button', { name: 'Periksa' }).click();
      await page.getByText('JSON yang diterima platform').click();
      expect(await page.locator('pre.json').textContent()).toContain('"blocks"');
      await page.getByLabel('Slack membatasi (429)').check();
      await expect
        .poll(() => inputOf(record, 'fault'), { timeout: 10_000 })
        .toEqual({ id: 'slack-429', on: true });
      await page.getByLabel('Peran').selectOption('p3');
      await page.getByRole('link', { name: 'Buka dasbor SDM' }).waitFor();
      expect(page.url()).toContain('peran=p3');
      const english = page.getByRole('link', { name: 'EN', exact: true });
      expect(await english.getAttribute('href')).toContain('peran=p3');
    });
  });

  it('keeps the chosen persona when an older answer about another one arrives late', async () => {
    await studio('/', async (page) => {
      const late = await keepBack(page, /keadaan\?peran=p1/);
      await page.getByLabel('Lambat 5 detik').check();
      await late.asked;
      await page.getByLabel('Peran').selectOption('p3');
      const answered = page.waitForResponse(/keadaan\?peran=p3/);
      late.release();
      await answered;
      await page.getByRole('link', { name: 'Buka dasbor SDM' }).waitFor();
      expect(await page.locator('[data-messages] article').count()).toBe(0);
    });
  });

  it('shows one chat at a time on a phone', async () => {
    await studio(
      '/',
      async (page) => {
        const slack = page.locator('#panel-slack');
        const teams = page.locator('#panel-teams');
        expect([await slack.isVisible(), await teams.isVisible()]).toEqual([true, false]);
        await page.getByRole('button', { name: 'Teams', exact: true }).click();
        expect([await slack.isVisible(), await teams.isVisible()]).toEqual([false, true]);
      },
      { width: 360, height: 780 },
    );
  });

  // A state read before the switch was told took its tick away.
  it('leaves a switch as it was set until the host has answered, whatever was read before', async () => {
    await studio('/', async (page) => {
      const before = await keepBack(page, /keadaan\?peran=p3/);
      await page.getByLabel('Peran').selectOption('p3');
      await before.asked;
      const told = await keepBack(page, /gangguan/);
      const box = page.getByLabel('Lambat 5 detik');
      await box.check();
      await told.asked;
      before.release();
      // It is drawn: the page of the other persona stands.
      await page.getByRole('link', { name: 'Buka dasbor SDM' }).waitFor();
      expect(await box.isChecked()).toBe(true);
      const after = page.waitForResponse(/keadaan/);
      told.release();
      await after;
      expect(await box.isChecked()).toBe(true);
    });
  });
});
