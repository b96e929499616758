import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cloneDatabase } from '../../support/run/database.ts';
import { beforeFirstLesson, doorSettings, jobSettings, seedOnePerson } from '../one-person.ts';
import { onTeams, openReader, seldom, tabHost } from '../tab-reader.ts';
import { startAmazon } from './amazon.ts';
import { gatewayEvent } from './event.ts';

const amazon = await startAmazon();
const { db, url } = await cloneDatabase();
const reader = await openReader(() => new Date());
const { username, password, hostname: host, port, pathname } = new URL(url);
const login = { username, password, host, port: Number(port), dbname: pathname.slice(1) };
let handler: typeof import('../../../functions/aws/tab/main.ts').handler;

beforeAll(async () => {
  vi.useFakeTimers({ now: beforeFirstLesson, toFake: ['Date'] });
  await seedOnePerson(db, beforeFirstLesson, onTeams);
  for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
  vi.stubEnv('SETTINGS_SECRETS', 'langkah/doors,langkah/jobs');
  vi.stubEnv('DATABASE_SECRET', 'langkah/database');
  // The store is away at first.
  amazon.secrets.set('langkah/database', JSON.stringify({ ...login, port: 1 }));
  const doors = { ...doorSettings, TEAMS_TAB_HOST: tabHost };
  amazon.secrets.set('langkah/doors', JSON.stringify(doors));
  amazon.secrets.set('langkah/jobs', JSON.stringify(jobSettings));
  vi.stubGlobal('fetch', reader.fetch);
  ({ handler } = await import('../../../functions/aws/tab/main.ts'));
});
afterAll(async () => {
  await amazon.stop();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const answerTo = async (request: Request, base64 = true) => {
  const { statusCode, body, headers } = await handler(await gatewayEvent(request, { base64 }));
  return { statusCode, headers, text: Buffer.from(body ?? '', 'base64').toString('utf8') };
};
const get = (path: string) => answerTo(new Request(`https://${tabHost}${path}`));
const perWeek = async () =>
  (await db.selectFrom('preferences').select('per_week').executeTakeFirst())?.per_week;

describe('the personal tab on AWS', () => {
  it('shows the shell and its files to everybody, and no other page, with the store away', async () => {
    const shell = await get('/teams/tab');
    expect(shell.statusCode).toBe(200);
    expect(shell.text).toContain('/aset/teams-tab.js');
    expect(shell.headers).toMatchObject({
      'content-security-policy': expect.stringContaining('https://teams.microsoft.com'),
    });
    const files = await Promise.all(
      ['teams-tab.js', 'langkah.css'].map((one) => get(`/aset/${one}`)),
    );
    expect(files.map(({ statusCode, headers }) => [statusCode, headers?.['content-type']])).toEqual(
      [
        [200, 'text/javascript; charset=utf-8'],
        [200, 'text/css; charset=utf-8'],
      ],
    );
    for (const path of ['/aset/studio.js', '/hr', '/slack/events'])
      expect((await get(path)).statusCode).toBe(404);
  });

  it.each([
    ['of another tenant', { tid: 'lain' }],
    ['for another host', { aud: `api://lain.example/botid-${doorSettings.TEAMS_APP_ID}` }],
    ['that has ended', { exp: 1 }],
    ['without the scope', { scp: 'User.Read' }],
  ])('answers 401 to a token %s, and opens no store for it', async (_, changes) => {
    const { statusCode, text } = await answerTo(await reader.ask(seldom, changes));
    expect([statusCode, text]).toEqual([401, '']);
  });

  it('answers 500 without a word while the store is away, and is well when it is back', async () => {
    expect(await answerTo(await reader.ask())).toMatchObject({ statusCode: 500, text: '' });
    amazon.secrets.set('langkah/database', JSON.stringify(login));
    const opened = await answerTo(await reader.ask());
    expect(opened.statusCode).toBe(200);
    expect(opened.text).toContain('data-press="settings.frequency"');
  });

  it('changes a setting of whoever Teams vouches for, whatever way the body came', async () => {
    const before = await perWeek();
    const { statusCode, text } = await answerTo(await reader.ask(seldom), false);
    expect([statusCode, text.includes('Frekuensi diubah')]).toEqual([200, true]);
    expect([before === 1, await perWeek()]).toEqual([false, 1]);
  });

  it('has asked Entra ID for its keys once, and nobody for anything else', () => {
    expect(reader.asked.map((one) => new URL(one).host)).toEqual(
      Array(2).fill('login.microsoftonline.com'),
    );
  });

  it('is not there where the agency names no host for it', async () => {
    vi.resetModules();
    amazon.secrets.set('langkah/doors', JSON.stringify(doorSettings));
    ({ handler } = await import('../../../functions/aws/tab/main.ts'));
    expect((await get('/teams/tab')).statusCode).toBe(404);
    expect((await answerTo(await reader.ask())).statusCode).toBe(404);
  });
});
