import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { platforms } from '../../../core/ports.ts';
import { firstAnswers } from '../../support/ballots.ts';
import { openBrowser } from '../../support/browser/browser.ts';
import { serveHouse } from '../../support/browser/studio.ts';
import { openHouse } from '../../support/house.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

const house =
  opened === null
    ? null
    : await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true, ballot: 'web' });
const url = house === null ? '' : await serveHouse(house);

const answer = async (page: Page, value: string): Promise<void> => {
  for (const question of await page.getByRole('group').all())
    await question.getByLabel(value, { exact: true }).check();
  await page.getByRole('button', { name: 'Kirim' }).click();
  await page.getByRole('heading', { name: 'Jawaban diterima' }).waitFor();
};

describe.skipIf(opened === null)('the studio of an agency that surveys on its own page', () => {
  it('opens the form from a message of either chat, and the answer is in the store at once', async () => {
    if (opened === null || house === null) throw new Error('no browser');
    for (const hour of ['00', '01', '02', '03']) await house.tickAt(`2026-10-12T${hour}:00:00Z`);
    const context = await opened.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/?peran=staf-wib&bahasa=id`);
    await page.waitForSelector('html[data-ready]');
    for (const platform of platforms) {
      const panel = page.locator(`[data-messages="${platform}"]`);
      const name = 'Buka formulir';
      const link = panel.getByRole('link', { name }).or(panel.getByRole('button', { name })).last();
      const [form] = await Promise.all([context.waitForEvent('page'), link.click()]);
      await form.getByRole('heading', { name: 'Survei singkat' }).waitFor();
      expect(new URL(form.url()).origin).toBe(url);
      await answer(form, platform === 'slack' ? 'Setuju' : 'Tidak setuju');
      await form.close();
    }
    await expect.poll(() => firstAnswers(house), { timeout: 10_000 }).toEqual([2, 4]);
    await context.close();
  });
});
