import { afterAll, describe, expect, it } from 'vitest';
import { languages } from '../../core/language.ts';
import { openBrowser } from '../support/browser/browser.ts';
import { servePages } from './serve.ts';
import { accessibilityFaults, openDetails, paths, type Visit, visitor } from './visit.ts';

const opened = await openBrowser();
const pages = await servePages();
afterAll(async () => {
  await opened?.close();
  await pages.stop();
});

const visit: Visit = (...visited) => {
  if (opened === null) throw new Error('no browser');
  return visitor(opened.browser, pages.url)(...visited);
};

/** The whole grid of pages, languages and modes runs in test/proof. */
const sampled = [
  '/hr?tab=ringkasan&bahasa=id',
  '/pimpinan?unit=6&bahasa=en',
  '/?peran=p1&bahasa=id',
];

describe.skipIf(opened === null)('every page in a real browser', () => {
  it.each(sampled)('%s has no accessibility fault, light and dark', async (path) => {
    expect(await accessibilityFaults(visit, path)).toEqual([]);
  });

  describe.each(paths)('%s', (path) => {
    it('needs no sideways scrolling of the page at 320 px', async () => {
      for (const language of languages) {
        const excess = await visit(
          `${path}&bahasa=${language}`,
          { viewport: { width: 320, height: 640 } },
          async (page) => {
            await openDetails(page);
            return page.$eval('html', (html) => html.scrollWidth - html.clientWidth);
          },
        );
        expect(excess).toBe(0);
      }
    });
  });

  it('keeps every button of a message inside it, however narrow the chat', async () => {
    const outside = await visit('/pratinjau?jenis=semua', {}, (page) =>
      page.$$eval('.tile-320 .chat-message', (messages) =>
        messages.flatMap((message) => {
          const edge = message.getBoundingClientRect().right;
          return [...message.querySelectorAll('button')]
            .filter((button) => button.getBoundingClientRect().right > edge)
            .map((button) => button.textContent);
        }),
      ),
    );
    expect(outside).toEqual([]);
  });

  it('works without a script, but for the studio, which says so', async () => {
    const options = { javaScriptEnabled: false };
    await visit('/hr?tab=peta-panas', options, async (page) => {
      await page.getByRole('link', { name: 'Hambatan kondisi' }).click();
      await page.getByLabel('Periode survei', { exact: true }).selectOption('gelombang-1');
      await page.getByRole('button', { name: 'Tampilkan' }).first().click();
      expect(page.url()).toContain('skor=hambatan');
      expect(page.url()).toContain('periode=gelombang-1');
      expect(await page.locator('#peta-panas-isi').textContent()).toContain('13 Nov 2026');
    });
    await visit('/pratinjau', options, async (page) => {
      expect(await page.getByText('Kiat hari ini: Memulai dengan tenang').count()).toBeGreaterThan(
        0,
      );
    });
    await visit('/', options, async (page) => {
      const words = page.locator('noscript p');
      expect(await words.isVisible()).toBe(true);
      expect(await words.textContent()).toContain('Studio memerlukan JavaScript');
    });
  });

  it('prints the heat map on A4 with every column', async () => {
    // A4 less its margins, at 96 dots an inch.
    const viewport = { width: 688, height: 1_017 };
    await visit('/hr?tab=peta-panas', { viewport }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const table = page.locator('table.heat');
      const box = await table.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(688);
      expect(await page.locator('.tabs').isVisible()).toBe(false);
    });
  });

  it.each(paths.filter((path) => path.startsWith('/hr') || path.startsWith('/pimpinan')))(
    '%s names its period on paper',
    async (path) => {
      // The trend and the leader page are of the newest period, whatever is chosen.
      const newest = path.includes('tren') || path.startsWith('/pimpinan');
      const [chosen, date] = newest ? ['', '4 Des 2026'] : ['&periode=gelombang-1', '13 Nov 2026'];
      await visit(`${path}${chosen}`, {}, async (page) => {
        await page.emulateMedia({ media: 'print' });
        const told = page.locator('main').getByText(date).filter({ visible: true });
        expect(await told.count()).toBeGreaterThan(0);
      });
    },
  );
});
