/** The personal tab in a real browser; only Microsoft's library is ours here, for it works inside Teams alone. */
import { AxeBuilder } from '@axe-core/playwright';
import { Hono } from 'hono';
import { SignJWT } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { tabPath } from '../../bot/teams/manifest.ts';
import { teamsSignIn } from '../../bot/teams/sign-in.ts';
import { tabData } from '../../functions/app/tab-data.ts';
import { teamsTenant } from '../../functions/local/agency.ts';
import { assetRoutes } from '../../functions/local/assets.ts';
import { sampleKeys, samplePeople } from '../../functions/local/sample/agency.ts';
import { serveOn } from '../../functions/local/serve.ts';
import { teamsLibrary } from '../../web/tab/page.tsx';
import { tabRoutes } from '../../web/tab/routes.tsx';
import { openBrowser } from '../support/browser.ts';
import { openHouse } from '../support/house.ts';
import { appId, keySet, newKey } from '../support/teams/tokens.ts';

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
    host: 'langkah.example',
    keysOf: () => keySet([key]),
    now: house.host.clock.now,
  });
  const app = new Hono();
  app.route('/', assetRoutes());
  app.route('/', tabRoutes(tabData(house.host.context, signIn), { path: tabPath, language: 'id' }));
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

describe.skipIf(opened === null)('the personal tab in a real browser', () => {
  it('shows the Home, changes a setting by its form, and has no accessibility fault', async () => {
    if (opened === null) throw new Error('no browser');
    const { house, serving, token } = await serveTab();
    const page = await (await opened.browser.newContext()).newPage();
    await page.route(teamsLibrary, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `window.microsoftTeams = { app: { initialize: async () => {} },
          authentication: { getAuthToken: async () => ${JSON.stringify(token)} } };`,
      }),
    );
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
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await serving.stop();
  });

  it('says in the chat’s own words what to do where Teams is not around it', async () => {
    if (opened === null) throw new Error('no browser');
    const { serving } = await serveTab();
    const page = await (await opened.browser.newContext()).newPage();
    await page.route(teamsLibrary, (route) => route.abort());
    await page.goto(`http://localhost:${serving.port}${tabPath}`);
    await page.locator('#gagal').waitFor();
    expect(await page.locator('#menunggu').isVisible()).toBe(false);
    await serving.stop();
  });
});
