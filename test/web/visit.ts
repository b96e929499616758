/** Visiting the fixture pages in a real browser, one fresh context a visit. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Every page and tab that the fixtures fill. */
export const paths = [
  '/hr?tab=ringkasan',
  '/hr?tab=peta-panas',
  '/hr?tab=tren&unit=8',
  '/hr?tab=sebaran&unit=4',
  '/hr?tab=partisipasi',
  '/hr?tab=komentar',
  '/hr?tab=ekspor',
  '/hr?tab=metode',
  '/pimpinan?unit=6',
  '/pratinjau?jenis=pulse-invitation',
  '/pratinjau?jenis=pulse-form',
  '/pratinjau?jenis=leader-summary',
  '/pratinjau?bagian=isi',
  '/?peran=p1',
] as const;

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds against, in WCAG 2.2 AA and its best practices. */
const faultsOf = async (axe: AxeBuilder) =>
  (await axe.analyze()).violations.map(({ id, nodes }) => ({
    id,
    at: nodes.map(({ html }) => html),
  }));

export type Visit = <T>(
  path: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<T>,
) => Promise<T>;

/** Visits pages of `url`; the studio's counts as open once its script has drawn it. */
export const visitor =
  (browser: Browser, url: string): Visit =>
  async (path, options, look) => {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await page.goto(url + path);
      if (path.startsWith('/?')) await page.waitForSelector('html[data-ready]');
      return await look(page);
    } finally {
      await context.close();
    }
  };

/** Opens every folded part, so that it is looked at too. */
export const openDetails = (page: Page) =>
  page.$$eval('details', (all) => {
    for (const each of all) each.setAttribute('open', '');
  });

/** Accessibility faults of a page, light and dark. */
export const accessibilityFaults = (visit: Visit, path: string): Promise<readonly unknown[]> =>
  visit(path, {}, async (page) => {
    await openDetails(page);
    const light = await faultsOf(new AxeBuilder({ page }).withTags(tags));
    await page.emulateMedia({ colorScheme: 'dark' });
    // Only colours differ between the modes.
    const dark = await faultsOf(new AxeBuilder({ page }).withRules(['color-contrast']));
    return [...light, ...dark];
  });
