/** `npm run screenshots`: starts the local edition on a data folder of its own, lets its history play and takes the README's pictures. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import * as z from 'zod';
import { root } from '../../../functions/app/files.ts';
import type { ClockStep } from '../../../web/studio/port.ts';
import { openBrowser } from './browser.ts';

type Shot = { readonly file: string; readonly path: string; readonly height: number };

const shots: readonly Shot[] = [
  { file: 'studio.png', path: '/?peran=staf-wib&bahasa=id', height: 680 },
  { file: 'hr.png', path: '/hr?tab=peta-panas&bahasa=id', height: 680 },
  { file: 'leader.png', path: '/pimpinan?bahasa=id', height: 680 },
];

/** A README is read on slow lines, too. */
const mostBytes = 320 * 1024;
const patienceMilliseconds = 180_000;
const folder = join(root, 'docs', 'images');

/** Resolves once no journey of the clock is under way. */
const rested = async (url: string): Promise<void> => {
  const schema = z.object({ running: z.unknown() });
  const until = performance.now() + patienceMilliseconds;
  while (performance.now() < until) {
    const response = await fetch(`${url}/studio/keadaan`);
    if (schema.parse(await response.json()).running === null) return;
    await sleep(500);
  }
  throw new Error(`${url}: the clock still moves after ${patienceMilliseconds / 1000} s`);
};

const advance = async (url: string, step: ClockStep): Promise<void> => {
  const response = await fetch(`${url}/studio/maju`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ step }),
  });
  if (!response.ok) throw new Error(`the clock answered ${response.status}`);
  await rested(url);
};

const take = async (browser: Browser, url: string, { file, path, height }: Shot): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: 1280, height } });
  await page.goto(url + path);
  // The studio's script draws the chats after the page has come.
  if (path.startsWith('/?')) await page.waitForSelector('html[data-ready]');
  const target = join(folder, file);
  await page.screenshot({ path: target, animations: 'disabled' });
  await page.close();
  const { size } = await stat(target);
  console.log(`docs/images/${file}  ${Math.ceil(size / 1024)} KB`);
  if (size > mostBytes) throw new Error(`${file} has ${size} bytes, allowed ${mostBytes}`);
};

/** Runs `work` on the address of a host that is started for it and stopped after it. */
const withHost = async (work: (url: string) => Promise<void>): Promise<void> => {
  const parent = await mkdtemp(join(tmpdir(), 'langkah-pictures-'));
  const { DATABASE_URL: _, ...inherited } = process.env;
  const host = spawn(
    process.execPath,
    ['--import', 'tsx', 'functions/local/main.ts', '--port', '0'],
    {
      cwd: root,
      env: { ...inherited, LANGKAH_HOME: join(parent, 'home') },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const closed = once(host, 'close');
  try {
    await work(await addressOf(host.stdout));
  } finally {
    host.kill('SIGTERM');
    await closed;
    await rm(parent, { recursive: true, force: true });
  }
};

/** The address that the host prints; its stream is read to the end, or the host would fall over its next line. */
const addressOf = (printed: Readable): Promise<string> =>
  new Promise((found, fail) => {
    let text = '';
    printed.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const port = /Studio +http:\/\/localhost:(\d+)\//.exec(text)?.[1];
      if (port !== undefined) found(`http://127.0.0.1:${port}`);
    });
    printed.once('end', () => fail(new Error(`the host ended before it listened: ${text}`)));
  });

const opened = await openBrowser();
if (opened === null) throw new Error('no Chromium or Chrome on this machine: no pictures taken');
try {
  await mkdir(folder, { recursive: true });
  await withHost(async (url) => {
    await rested(url);
    // From 07.00 to 11.00 of the third wave's first day: the tip and the pulse have both come.
    for (const step of ['hour', 'hour', 'hour', 'hour'] as const) await advance(url, step);
    for (const shot of shots) await take(opened.browser, url, shot);
  });
} finally {
  await opened.close();
}
