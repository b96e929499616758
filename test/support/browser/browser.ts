/** A real Chromium for browser tests: the one inside an npm package, else an installed Chrome or Chromium. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

export type TestBrowser = { readonly browser: Browser; readonly close: () => Promise<void> };

/** Opens a browser, or gives null where this machine has none; the caller's suite is then skipped by name. */
export const openBrowser = async (): Promise<TestBrowser | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-chromium-'));
  const before = process.env['TMPDIR'];
  // The package unpacks into a fixed name below TMPDIR, whatever version lies there: give it its own.
  process.env['TMPDIR'] = folder;
  try {
    for (const start of starts) {
      const browser = await start().catch(() => null);
      if (browser === null) continue;
      const close = async (): Promise<void> => {
        await browser.close();
        await rm(folder, { recursive: true, force: true });
      };
      return { browser, close };
    }
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  await rm(folder, { recursive: true, force: true });
  return null;
};

// Chromium's own sandbox refuses to run as root.
const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

// The package's own list fits a cloud function: one process, no web security. Neither suits a test.
const quietArgs = ['--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

const usual = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
];

const starts: readonly (() => Promise<Browser>)[] = [
  async () => {
    if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('not packed');
    const executablePath = await packed.executablePath();
    return chromium.launch({ executablePath, args: [...quietArgs, ...rootArgs] });
  },
  () => chromium.launch({ channel: 'chrome', args: rootArgs }),
  () => {
    const executablePath = usual.find((path) => existsSync(path));
    if (executablePath === undefined) throw new Error('none installed');
    return chromium.launch({ executablePath, args: rootArgs });
  },
];
