import { afterAll, describe, expect, it } from 'vitest';
import { languages } from '../../core/language.ts';
import { openBrowser } from '../support/browser/browser.ts';
import { servePages } from '../web/serve.ts';
import { accessibilityFaults, paths, visitor } from '../web/visit.ts';

const opened = await openBrowser();
const pages = await servePages();
afterAll(async () => {
  await opened?.close();
  await pages.stop();
});

describe.skipIf(opened === null)('every page in a real browser', () => {
  describe.each(paths)('%s', (path) => {
    it.each(languages)('has no accessibility fault, light and dark (%s)', async (language) => {
      if (opened === null) throw new Error('no browser');
      const visit = visitor(opened.browser, pages.url);
      expect(await accessibilityFaults(visit, `${path}&bahasa=${language}`)).toEqual([]);
    });
  });
});
