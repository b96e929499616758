import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type ContentCopy,
  followCopy,
  sample,
} from '../../functions/local/preview/content-copy.ts';
import { openBrowser } from '../../support/browser/browser.ts';
import { servePages } from '../serve.ts';
import { accessibilityFaults, visitor } from '../visit.ts';
import { openPreview } from './preview-data.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

/** Milliseconds from a save to the sight of it; a busy machine may take longer now and then, but not each time. */
const soon = 1_000;
const path = `/pratinjau?item=${sample.id}&bahasa=id`;

/** A page on a copy of the content, followed. */
const follow = async (
  walk: (page: Page, copy: ContentCopy, url: string) => Promise<void>,
  at = path,
): Promise<void> => {
  const copy = await followCopy();
  const pages = await servePages([], await openPreview({ live: copy.live }));
  const context = await opened?.browser.newContext({ viewport: { width: 1280, height: 900 } });
  if (context === undefined) throw new Error('no browser');
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(pages.url + at);
    await page.waitForSelector('html[data-ready]');
    await walk(page, copy, pages.url);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    await pages.stop();
  }
};

const tile = (page: Page) => page.locator('.tile-layar .chat-message').first();

/** Waits until the tile shows `text`; the time since `from` in milliseconds. */
const shows = async (page: Page, text: string, from: number): Promise<number> => {
  await tile(page).getByText(text).first().waitFor({ timeout: 15_000 });
  return performance.now() - from;
};

describe.skipIf(opened === null)('the preview in a real browser', () => {
  it('shows a saved file within a second without being reloaded, however the editor saves', async () => {
    await follow(async (page, copy) => {
      const text = await copy.read(sample.file);
      await page.evaluate('window.mark = "not reloaded"');
      const waits: number[] = [];
      for (const save of [copy.save, copy.saveByRename, copy.save, copy.saveByRename]) {
        const title = `Judul ${Math.round(performance.now())}`;
        const from = performance.now();
        await save(sample.file, text.replace(sample.title, title));
        waits.push(await shows(page, title, from));
      }
      // The first may have been read together with what the start reads once more.
      expect(Math.min(...waits.slice(1))).toBeLessThan(soon);
      expect(await page.evaluate('window.mark')).toBe('not reloaded');
      expect(await page.locator('#kabar').textContent()).toMatch(/^Diperbarui pukul \d\d\.\d\d/);
    });
  });

  it('shows place, rule, found and fix of a faulty file, keeps the old tile, and forgets it once mended', async () => {
    await follow(async (page, copy, url) => {
      const text = await copy.read(sample.file);
      const broken = text.replace(sample.title, 'Di mana data kamu tersimpan?');
      const line = broken.split('\n').findIndex((each) => each.includes('kamu')) + 1;
      const from = performance.now();
      await copy.saveByRename(sample.file, broken);
      const banner = page.getByRole('region', { name: 'Kesalahan di berkas isi: 1' });
      await banner.waitFor({ timeout: 15_000 });
      const words = (await banner.textContent()) ?? '';
      expect(words).toContain(`content/${sample.file}:${line}`);
      expect(words).toContain('word or sign not used here');
      expect(words).toContain('Ditemukankamu');
      expect(words).toContain('Yang diterimaAnda');
      expect(await tile(page).textContent()).toContain(sample.title);
      expect(await page.locator('.fault-lines').count()).toBe(4);
      if (opened === null) throw new Error('no browser');
      expect(await accessibilityFaults(visitor(opened.browser, url), path)).toEqual([]);
      await copy.save(sample.file, text.replace(sample.title, 'Judul yang benar'));
      await shows(page, 'Judul yang benar', from);
      expect(await page.locator('.fault-banner, .fault-lines').count()).toBe(0);
    });
  }, 60_000);

  it('flags a missing English text and goes on showing the last one', async () => {
    await follow(async (page, copy) => {
      const text = await copy.read(sample.file);
      await copy.save(sample.file, text.replace(`  en: ${sample.english}\n`, ''));
      await page.locator('.fault-banner').getByText('title.en is missing').waitFor();
      const english = page.locator('[lang="en"].chat-message').first();
      expect(await english.textContent()).toContain(sample.english);
    });
  });

  it('leaves the keyboard, what was open and the place on the page where they were', async () => {
    await follow(async (page, copy) => {
      const text = await copy.read(sample.file);
      const json = page.locator('summary', { hasText: 'JSON' }).nth(1);
      await json.click();
      await json.focus();
      const before = await page.evaluate('scrollY');
      await copy.save(sample.file, text.replace(sample.title, 'Judul lain di sini'));
      await shows(page, 'Judul lain di sini', 0);
      expect(await json.evaluate((each) => each === each.ownerDocument.activeElement)).toBe(true);
      expect(await page.locator('details[open]').count()).toBe(1);
      expect(Math.abs(Number(await page.evaluate('scrollY')) - Number(before))).toBeLessThan(60);
    });
  });

  it('is chosen from by keyboard alone, and by a plain form without a script', async () => {
    const pages = await servePages();
    const context = await opened?.browser.newContext({ javaScriptEnabled: false });
    if (context === undefined) throw new Error('no browser');
    try {
      const page = await context.newPage();
      await page.goto(`${pages.url}/pratinjau?bahasa=en`);
      await page.getByLabel('Content', { exact: true }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByLabel('Content', { exact: true }).selectOption('l07');
      await page.getByLabel('Shown as').selectOption('teks');
      await page.getByRole('button', { name: 'Show' }).press('Enter');
      await page.waitForURL(/item=l07.*lebar=teks/);
      expect(await page.locator('h2').first().textContent()).toBe('Tip l07 · Indonesian');
      expect(await page.locator('.tile-layar, .tile-320').count()).toBe(0);
      await page.getByRole('link', { name: /^Next: l08/ }).press('Enter');
      await page.waitForURL(/item=l08/);
    } finally {
      await context.close();
      await pages.stop();
    }
  });
});
