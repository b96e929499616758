import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { tabPath, tabResource } from '../../bot/teams/manifest.ts';
import { teamsClouds } from '../../bot/teams/microsoft/cloud.ts';
import { teamsSignIn } from '../../bot/teams/microsoft/sign-in.ts';
import { actionIds } from '../../core/conversation/message.ts';
import { actionValue } from '../../core/conversation/values.ts';
import { tabData } from '../../functions/app/teams/tab-data.ts';
import { sampleKeys, samplePeople } from '../../functions/local/sample/agency.ts';
import { teamsTenant } from '../../functions/local/story/agency.ts';
import { tabRoutes } from '../../web/tab/routes.tsx';
import { type House, openHouse } from '../support/house.ts';
import { appId, type Key, keySet, newKey } from '../support/teams/tokens.ts';

const host = 'langkah.kementerian.example';
const leave = { from: '2026-01-01', to: '2026-01-01' };
const userId = samplePeople({ leave })
  .find(({ employeeKey }) => employeeKey === sampleKeys.teamsStaff)
  ?.identities.find(({ platform }) => platform === 'teams')?.userId;

let house: House;
let key: Key;
let app: ReturnType<typeof tabRoutes>;
beforeAll(async () => {
  house = await openHouse({ now: '2026-10-26T02:00:00Z', welcomed: true });
  key = await newKey('entra');
  const { clock } = house.host.context;
  const signIn = teamsSignIn({
    registrations: [{ tenantId: teamsTenant, appId }],
    cloud: teamsClouds.public,
    host,
    keysOf: () => keySet([key]),
    now: clock.now,
  });
  const port = tabData(async () => house.host.context, signIn);
  const { frames } = teamsClouds.public;
  app = tabRoutes(port, { path: tabPath, language: 'id', frames });
});

const honest = () => ({
  iss: `https://login.microsoftonline.com/${teamsTenant}/v2.0`,
  aud: appId,
  tid: teamsTenant,
  oid: userId,
  scp: 'access_as_user',
  exp: house.host.clock.now().getTime() / 1000 + 3_600,
});
const sign = (claims: Record<string, unknown>, by: Key = key) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: by.kid }).sign(by.privateKey);

const ask = async (token: string | null, press: Record<string, string> = {}) =>
  app.request(`${tabPath}/home`, {
    method: 'POST',
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body: new URLSearchParams(press),
  });

describe('the personal tab of Teams', () => {
  it('has a shell that says nothing of anybody and may stand in Teams alone', async () => {
    const answer = await app.request(tabPath);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^frame-ancestors https:\/\/teams\.microsoft\.com /,
    );
    const text = await answer.text();
    expect(text).toContain('Sebentar');
    expect(text).not.toContain('Contoh');
    // As Teams writes its languages.
    const shells = ['en-us', 'en', 'id-id', 'fr-fr', ''].map(async (locale) =>
      /lang="(\w+)"/.exec(await (await app.request(`${tabPath}?bahasa=${locale}`)).text()),
    );
    const languages = (await Promise.all(shells)).map((found) => found?.[1]);
    expect(languages).toEqual(['en', 'en', 'id', 'id', 'id']);
  });

  it('shows progress and settings to whoever Teams vouches for, by both kinds of tokens', async () => {
    const second = await ask(await sign(honest()));
    expect([second.status, second.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const text = await second.text();
    expect(text).toContain('data-press="settings.frequency"');
    expect(text).toContain('<dl class="counts">');
    expect(text).not.toMatch(/slack/i);
    const first = {
      ...honest(),
      iss: `https://sts.windows.net/${teamsTenant}/`,
      aud: tabResource(host, appId),
    };
    expect((await ask(await sign(first))).status).toBe(200);
  });

  it('changes a setting and shows the page as it stands then', async () => {
    const press = { action: actionIds.frequency, value: actionValue('id', '3') };
    const text = await (await ask(await sign(honest()), press)).text();
    expect(text).toMatch(
      new RegExp(`<option value="${actionValue('id', '3').replace('|', '\\|')}" selected`),
    );
    const row = await house.db
      .selectFrom('preferences')
      .select('per_week')
      .where('person_id', '=', await house.idOf(sampleKeys.teamsStaff))
      .executeTakeFirstOrThrow();
    expect(row.per_week).toBe(3);
    expect(house.messagesOf('teams', sampleKeys.teamsStaff)).toEqual([]);
  });

  it('tells a person who is not on the roster whom to ask, and keeps nothing', async () => {
    const answer = await ask(await sign({ ...honest(), oid: 'oid-lain' }));
    expect(await answer.text()).toContain('belum ada dalam daftar pegawai');
  });

  it.each<[string, (claims: ReturnType<typeof honest>) => Record<string, unknown>]>([
    ['another audience', (claims) => ({ ...claims, aud: 'api://lain/botid' })],
    ['another issuer', (claims) => ({ ...claims, iss: 'https://login.contoh.example/' })],
    ['another tenant', (claims) => ({ ...claims, tid: 'lain' })],
    ['no tenant', ({ tid: _, ...claims }) => claims],
    ['no person', ({ oid: _, ...claims }) => claims],
    ['another scope', (claims) => ({ ...claims, scp: 'User.Read' })],
    ['no scope, as an app’s own token has none', ({ scp: _, ...claims }) => claims],
    ['an end six minutes ago', (claims) => ({ ...claims, exp: claims.exp - 3_600 - 360 })],
    ['no end', ({ exp: _, ...claims }) => claims],
  ])('answers 401 without a word to a token with %s', async (_, forge) => {
    const answer = await ask(await sign(forge(honest())));
    expect([answer.status, await answer.text()]).toEqual([401, '']);
  });

  it('answers 401 to no token, to none at all, and to a signature of another key', async () => {
    const stranger = { ...(await newKey('entra')), kid: 'entra' };
    for (const token of [null, 'abc', await sign(honest(), stranger)])
      expect((await ask(token)).status).toBe(401);
  });

  it('does nothing for an action that is none of ours', async () => {
    const answer = await ask(await sign(honest()), { action: 'drop', value: 'id' });
    expect(answer.status).toBe(401);
  });
});
