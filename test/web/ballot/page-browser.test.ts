import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { languages } from '../../../core/language.ts';
import { newWaveKeys, openBallot } from '../../../core/survey/ballot/ballot.ts';
import { sealVoter, signLink } from '../../../core/survey/ballot/link.ts';
import { createApp } from '../../../functions/app/app.ts';
import { ballotDoor } from '../../../functions/app/doors/ballot-door.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import { serveOn } from '../../../functions/local/serve.ts';
import { openBrowser } from '../../support/browser/browser.ts';
import { accessibilityFaults, visitor } from '../visit.ts';

const catalogue = await readCatalogue();
const ticketKey = 'kunci-tiket-uji';
const { publicKey, privateKey, secret } = await newWaveKeys();
const items = catalogue.survey.items.slice(0, 10).map(({ id }) => id);
const closesAt = '2026-10-23T10:00:00.000Z';
const link = {
  ticket: { wave: 'w1', items, publicKey, closesAt, language: 'id' as const },
  voter: sealVoter(secret, 'w1', 4711),
};
const path = `/suara/${signLink(link, ticketKey)}`;

const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet };
let bodies: string[] = [];
beforeEach(() => {
  bodies = [];
});
const ballots = ballotDoor({
  agency: 'Kementerian Contoh',
  ticketKey,
  catalogue,
  queue: { put: async (body) => void bodies.push(body) },
  clock: { now: () => new Date('2026-10-20T03:00:00Z') },
  log,
});
const serving = await serveOn(
  createApp({ slack: null, teams: null, ballots, pages: null, log }),
  0,
);
const url = `http://127.0.0.1:${serving.port}`;
const opened = await openBrowser();
afterAll(async () => {
  await opened?.close();
  await serving.stop();
});
const visit: ReturnType<typeof visitor> = (...visited) => {
  if (opened === null) throw new Error('no browser');
  return visitor(opened.browser, url)(...visited);
};

const phone = { viewport: { width: 320, height: 640 } };

describe.skipIf(opened === null)('the ballot page in a real browser', () => {
  it('is filled in on a phone without a script, asks nobody else, and thanks', async () => {
    await visit(path, { ...phone, javaScriptEnabled: false }, async (page) => {
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).origin));
      page.on('console', (message) => complaints.push(message.text()));
      await page.reload();
      const questions = page.getByRole('group');
      expect(await questions.count()).toBe(items.length);
      for (const question of await questions.all())
        await question.getByLabel('Setuju', { exact: true }).check();
      await page.getByLabel('Apa satu hal').fill('Perlu pelatihan');
      await page.getByRole('button', { name: 'Kirim' }).click();
      await page.getByRole('heading', { name: 'Jawaban diterima' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/suara/diterima');
      expect(new Set(asked)).toEqual(new Set([url]));
      expect(complaints).toEqual([]);
    });
    const sealed = JSON.parse(bodies[0] ?? '').ballot.sealed;
    expect(await openBallot(privateKey, sealed, { wave: 'w1', items })).toEqual({
      answers: Object.fromEntries(items.map((id) => [id, 4])),
      comment: 'Perlu pelatihan',
    });
  });

  it('keeps its style and its one picture under its own rules', async () => {
    await visit(path, {}, async (page) => {
      const border = await page
        .locator('.notice')
        .first()
        .evaluate((element) => getComputedStyle(element).borderRadius);
      expect(border).toBe('8px');
    });
  });

  it('says below its title when nothing was chosen, and sends nothing', async () => {
    await visit(path, phone, async (page) => {
      await page.getByRole('button', { name: 'Kirim' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toContain('Belum ada jawaban');
    });
    expect(bodies).toEqual([]);
  });

  it.each(languages)('has no accessibility fault, light and dark (%s)', async (language) => {
    for (const one of [path, '/suara/diterima', '/suara/palsu'])
      expect(await accessibilityFaults(visit, `${one}?bahasa=${language}`)).toEqual([]);
  });

  it.each(languages)(
    'needs no sideways scrolling, and fingers find every choice (%s)',
    async (language) => {
      for (const width of [320, 1280])
        for (const one of [path, '/suara/diterima'])
          await visit(
            `${one}?bahasa=${language}`,
            { viewport: { width, height: 640 } },
            async (page) => {
              const excess = await page.$eval(
                'html',
                (html) => html.scrollWidth - html.clientWidth,
              );
              expect(excess).toBe(0);
              const heights = await page.$$eval('.option, button', (all) =>
                all.map((each) => each.getBoundingClientRect().height),
              );
              for (const height of heights) expect(height).toBeGreaterThanOrEqual(44);
            },
          );
    },
  );
});
