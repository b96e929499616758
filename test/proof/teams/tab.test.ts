/** The personal tab in a real browser; only Microsoft's library is ours here, for it works inside Teams alone. */
import { AxeBuilder } from '@axe-core/playwright';
import { Hono } from 'hono';
import { SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { tabPath } from '../../../bot/teams/manifest.ts';
import { teamsClouds } from '../../../bot/teams/microsoft/cloud.ts';
import { teamsSignIn } from '../../../bot/teams/microsoft/sign-in.ts';
import { assetRoutes, tabAssets } from '../../../functions/app/assets.ts';
import { tabData } from '../../../functions/app/teams/tab-data.ts';
import { sampleKeys, samplePeople } from '../../../functions/local/sample/agency.ts';
import { serveOn } from '../../../functions/local/serve.ts';
import { teamsTenant } from '../../../functions/local/story/agency.ts';
import { teamsLibrary } from '../../../web/tab/page.tsx';
import { tabRoutes } from '../../../web/tab/routes.tsx';
import { openBrowser } from '../../support/browser/browser.ts';
import { openHouse } from '../../support/house.ts';
import { appId, keySet, newKey } from '../../support/teams/tokens.ts';

const opened = await openBrowser();
afterAll(() => opened?.close());

const leave = { from: '2026-01-01', to: '2026-01-01' };
const sari = samplePeople({ leave })
  .find(({ employeeKey }) => employeeKey === sampleKeys.teamsStaff)
  ?.identities.find(({ platform }) => platform === 'teams');

const serveTab = async () => {
  const house = await openHouse({ now: '2026-10-26T02:00:00Z', welcomed: true });
  const key = await newKey('entra');
  const signIn = teamsSignIn({
    registrations: [{ tenantId: teamsTenant, appId }],
    cloud: teamsClouds.public,
    host: 'langkah.example',
    keysOf: () => keySet([key]),
    now: house.host.clock.now,
  });
  const app = new Hono();
  app.route('/', assetRoutes(tabAssets));
  const port = tabData(async () => house.host.context, signIn);
  const { frames } = teamsClouds.public;
  app.route('/', tabRoutes(port, { path: tabPath, language: 'id', frames }));
  const serving = await serveOn(app, 0);
  const token = await new SignJWT({
    iss: `https://login.microsoftonline.com/${teamsTenant}/v2.0`,
    aud: appId,
    tid: teamsTenant,
    oid: sari?.userId ?? '',
    scp: 'access_as_user',
    exp: house.host.clock.now().getTime() / 1000 + 3_600,
  })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid })
    .sign(key.privateKey);
  return { house, serving, token };
};

/** Microsoft's library as it answers inside Teams. */
const insideTeams = (page: Page, token: string, theme = 'default') =>
  page.route(teamsLibrary, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `window.microsoftTeams = { app: {
          initialize: async () => {},
          getContext: async () => ({ app: { theme: '${theme}' } }),
          registerOnThemeChangeHandler: (changed) => { window.changeTheme = changed; },
        },
        authentication: { getAuthToken: async () => ${JSON.stringify(token)} } };`,
    }),
  );

describe.skipIf(opened === null)('the personal tab in a real browser', () => {
  it('shows the Home, changes a setting by its form, and has no accessibility fault', async () => {
    if (opened === null) throw new Error('no browser');
    const { house, serving, token } = await serveTab();
    const page = await (await opened.browser.newContext()).newPage();
    await insideTeams(page, token);
    await page.goto(`http://localhost:${serving.port}${tabPath}`);
    const form = page.locator('form[data-press="settings.frequency"]');
    await form.waitFor();
    await form.locator('select').selectOption('id|1');
    await form.locator('button').click();
    await page.waitForFunction(() => document.body.textContent?.includes('Frekuensi diubah'));
    const row = await house.db
      .selectFrom('preferences')
      .select('per_week')
      .where('person_id', '=', await house.idOf(sampleKeys.teamsStaff))
      .executeTakeFirstOrThrow();
    expect(row.per_week).toBe(1);
    // Whoever uses a keyboard goes on at the setting they have changed.
    expect(
      await page.evaluate(() => document.activeElement?.closest('form')?.dataset['press']),
    ).toBe('settings.frequency');
    // On a narrow phone nothing sticks out, in either language.
    await page.setViewportSize({ width: 320, height: 640 });
    const sticksOut = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    expect(await sticksOut()).toBe(0);
    const language = page.locator('form[data-press="settings.language"]');
    await language.locator('select').selectOption('id|en');
    await language.locator('button').click();
    await page.locator('div[lang="en"]').waitFor();
    expect(await sticksOut()).toBe(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await serving.stop();
  });

  it('says so where the host does not answer, and keeps what was chosen until it does', async () => {
    if (opened === null) throw new Error('no browser');
    const { serving, token } = await serveTab();
    const page = await (await opened.browser.newContext()).newPage();
    await insideTeams(page, token);
    await page.goto(`http://localhost:${serving.port}${tabPath}?bahasa=en-us`);
    const form = page.locator('form[data-press="settings.frequency"]');
    await form.waitFor();
    await page.route('**/home', (route) => route.fulfill({ status: 503, body: '' }));
    await form.locator('select').selectOption('id|1');
    await form.locator('button').click();
    const note = page.getByRole('alert');
    await note.waitFor();
    expect(await note.textContent()).toContain('has not answered');
    expect(await form.locator('select').inputValue()).toBe('id|1');
    await page.unroute('**/home');
    await form.locator('button').click();
    await page.waitForFunction(() => document.body.textContent?.includes('Frekuensi diubah'));
    expect(await note.count()).toBe(0);
    await serving.stop();
  });

  it('is dark where Teams is, and light again with it', async () => {
    if (opened === null) throw new Error('no browser');
    const { serving, token } = await serveTab();
    const page = await (await opened.browser.newContext({ colorScheme: 'light' })).newPage();
    await insideTeams(page, token, 'contrast');
    await page.goto(`http://localhost:${serving.port}${tabPath}`);
    await page.locator('form[data-press="settings.frequency"]').waitFor();
    const ground = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await ground()).toBe('rgb(20, 24, 29)');
    await page.evaluate(() => Reflect.get(window, 'changeTheme')('default'));
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await serving.stop();
  });

  it('says in the chat’s own words what to do where Teams is not around it', async () => {
    if (opened === null) throw new Error('no browser');
    const { serving } = await serveTab();
    const page = await (await opened.browser.newContext()).newPage();
    await page.route(teamsLibrary, (route) => route.abort());
    await page.goto(`http://localhost:${serving.port}${tabPath}`);
    await page.locator('#gagal').waitFor();
    const notes = ['#menunggu', '#tertunda'].map((one) => page.locator(one).isVisible());
    expect(await Promise.all(notes)).toEqual([false, false]);
    await serving.stop();
  });
});
