/** The main job from end to end, watched in a real browser. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { platforms } from '../core/ports.ts';
import { root } from '../functions/app/files.ts';
import { sampleKeys, samplePeople, smallestUnit } from '../functions/local/sample/agency.ts';
import { openBrowser } from './support/browser/browser.ts';
import { serveHouse } from './support/browser/studio.ts';
import { type House, openHouse } from './support/house.ts';
import { isPulse } from './support/pulse.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

const tooSmall = 'Tidak ditampilkan: kurang dari 10 orang diundang';
const title = 'Judul baru dari penyunting';
/** The unit of the two people played in the browser, and its leader. */
const unit = { name: 'Sekretariat Jenderal', code: 'SJ', leader: 'KC-0019' };
const small = 'Tim Kerja Inovasi Layanan';

/** A copy of the shipped content in which an editor has changed the title of Monday's tip and halved the wave. */
const editedContent = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-content-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await cp(join(root, 'content'), folder, { recursive: true });
  const edit = async (path: string, found: string, put: string): Promise<void> => {
    const file = join(folder, path);
    const text = await readFile(file, 'utf8');
    expect(text).toContain(found);
    await writeFile(file, text.replace(found, put));
  };
  const lesson = 'lessons/l57-guess-or-certainty.yaml';
  await edit(lesson, '  id: Perkiraan atau kepastian?', `  id: ${title}`);
  const wave = 'opens: 2026-11-09\n    workingDays: ';
  await edit('programmes/ai-adoption.yaml', `${wave}10`, `${wave}5`);
  return folder;
};

/** Presses a step of the clock and waits until it has come to rest somewhere later. */
const step = async (page: Page, name: string): Promise<void> => {
  const clock = page.locator('#jam');
  const before = await clock.getAttribute('datetime');
  await page.getByRole('button', { name, exact: true }).click();
  await expect.poll(() => clock.getAttribute('datetime'), { timeout: 25_000 }).not.toBe(before);
  await page.locator('#jalan').waitFor({ state: 'hidden', timeout: 25_000 });
};

const panel = (page: Page, platform: string) => page.locator(`[data-messages="${platform}"]`);

/** By mouse: the button opens a modal, one answer each, sent. */
const answerInSlack = async (page: Page): Promise<void> => {
  await panel(page, 'slack').getByRole('button', { name: 'Jawab', exact: true }).last().click();
  const dialog = page.getByRole('dialog', { name: 'Survei singkat' });
  await dialog.waitFor();
  const questions = dialog.locator('fieldset');
  expect(await questions.count()).toBe(10);
  for (const question of await questions.all())
    await question.getByLabel('Setuju', { exact: true }).check();
  await dialog.getByRole('button', { name: 'Kirim' }).click();
  await page.getByRole('dialog', { name: 'Jawaban diterima' }).waitFor();
  await page.keyboard.press('Escape');
};

/** By keyboard alone: the form stands in the card. */
const answerInTeams = async (page: Page): Promise<void> => {
  const card = panel(page, 'teams')
    .locator('article')
    .filter({ has: page.getByRole('button', { name: 'Kirim', exact: true }) })
    .last();
  const radios = await card.getByRole('radio').all();
  const names = await Promise.all(radios.map((radio) => radio.getAttribute('name')));
  const firsts = radios.filter((_, at) => names.indexOf(names[at] ?? null) === at);
  expect(firsts).toHaveLength(10);
  for (const radio of firsts) {
    await radio.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  await card.getByRole('button', { name: 'Kirim', exact: true }).focus();
  await page.keyboard.press('Enter');
  await panel(page, 'teams').getByText('Jawaban diterima').first().waitFor();
};

/** Somebody whom no page plays fills the form in, the way their chat does it. */
const answerAs = async (house: House, key: string): Promise<void> => {
  const message = platforms
    .flatMap((platform) => house.messagesOf(platform, key))
    .findLast((one) => isPulse(house, one));
  if (message === undefined) throw new Error(`${key} was not asked`);
  const answers = Object.fromEntries(
    house.host.context.catalogue.survey.items.map(({ id }) => [id, '4']),
  );
  const { platform, userId } = message;
  const result = await house
    .actor(platform)
    .answerPulse({ userId, message, answers, comment: null });
  expect(result.error ?? result.errors).toBeUndefined();
  await house.host.drain();
};

const membersOf = (code: string): readonly string[] =>
  samplePeople({ leave: { from: '2026-01-01', to: '2026-01-01' } })
    .filter((person) => person.unit === code)
    .map(({ employeeKey }) => employeeKey);

const played: readonly string[] = [
  unit.leader,
  sampleKeys.slackStaff,
  sampleKeys.teamsStaff,
  sampleKeys.stopped,
];
/** Seven more of the unit, all of the small one, and nine of a third: beside the small unit alone, the first would hide, too. */
const answering: readonly string[] = [
  ...membersOf(unit.code)
    .filter((key) => !played.includes(key))
    .slice(0, 7),
  ...membersOf(smallestUnit),
  ...membersOf('DL-PER').slice(1, 10),
];

// Opened with the file, whose end closes them.
const house =
  opened === null
    ? null
    : await openHouse({ now: '2026-11-05T22:00:00Z', content: await editedContent() });
const url = house === null ? '' : await serveHouse(house);

describe.skipIf(opened === null)('one programme from a file to a leader, in a real browser', () => {
  it('brings an edited tip to both chats, takes answers, hides the small unit and tells the leader', async () => {
    const page = await opened?.browser.newPage({ viewport: { width: 1400, height: 1000 } });
    if (page === undefined || house === null) throw new Error('no browser');
    await page.goto(`${url}/`);
    await page.waitForSelector('html[data-ready]');

    // Friday welcomes; Monday 9 November brings the tip and opens the wave.
    await step(page, 'Hari kerja berikutnya');
    await step(page, 'Hari kerja berikutnya');
    await step(page, '+1 hari');
    for (const platform of platforms)
      await panel(page, platform).getByText(title).first().waitFor();

    await answerInSlack(page);
    await answerInTeams(page);
    for (const key of answering) await answerAs(house, key);

    // The wave closes on Friday 13 November; leaders hear on the Monday after.
    while (house.host.clock.now() < new Date('2026-11-16T02:30:00Z'))
      await step(page, 'Hari kerja berikutnya');

    await page.goto(`${url}/hr?tab=peta-panas`);
    const row = (name: string) =>
      page
        .locator('table')
        .first()
        .locator('tbody tr')
        .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await expect
      .poll(() => row(unit.name).locator('td.heat-cell').count(), { timeout: 10_000 })
      .toBe(6);
    const hidden = row(small).locator('td');
    expect(await hidden.allTextContents()).toEqual([tooSmall]);
    expect(await hidden.first().getAttribute('colspan')).toBe('6');
    const shown = await row(unit.name).locator('td.heat-cell b').first().textContent();

    const [leader] = platforms
      .flatMap((platform) => house.messagesOf(platform, unit.leader))
      .filter(({ payload }) => JSON.stringify(payload).includes('Ringkasan pekan ini'))
      .slice(-1);
    const summary = JSON.stringify(leader?.payload);
    expect(summary).toContain(`Ringkasan pekan ini: ${unit.name}`);
    expect(summary).toContain(shown);
    await page.context().close();
  }, 240_000);
});
