import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cloneDatabase } from '../../support/run/database.ts';
import { beforeFirstLesson, doorSettings, jobSettings, seedOnePerson } from '../one-person.ts';
import { onTeams, openReader, seldom, tabHost } from '../tab-reader.ts';
import { openAzure } from './cloud.ts';
import { callIn, hostRequest, loadApp, type Registered } from './functions-host.ts';

const { db, url } = await cloneDatabase();
const reader = await openReader(() => new Date());
const azure = openAzure(reader.fetch, () => new Date());
let app: ReadonlyMap<string, Registered>;

beforeAll(async () => {
  vi.useFakeTimers({ now: beforeFirstLesson, toFake: ['Date'] });
  await seedOnePerson(db, beforeFirstLesson, onTeams);
  const settings = { ...azure.environment, ...doorSettings, ...jobSettings };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.stubEnv('TEAMS_TAB_HOST', tabHost);
  // The store is away at first.
  vi.stubEnv('DATABASE_URL', 'postgres://langkah@127.0.0.1:1/langkah');
  vi.stubGlobal('fetch', azure.fetch);
  app = await loadApp(() => import('../../../functions/azure/main.ts'));
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const answerTo = async (name: string, request: Request) => {
  const { status, body } = await callIn(app, name, await hostRequest(request));
  return [status, Buffer.from(body as Uint8Array).toString('utf8')] as const;
};
const page = (path: string) => new Request(`https://${tabHost}${path}`);

describe('the personal tab on Azure', () => {
  it('has routes of its own beside the door, open to any browser', () => {
    const routes = ['tab', 'assets'].map((name) =>
      Object.values(app.get(name)?.bindings ?? {}).find(({ direction }) => direction === 'in'),
    );
    expect(routes).toMatchObject([
      { type: 'httpTrigger', route: 'teams/tab/{*path}', authLevel: 'anonymous' },
      { type: 'httpTrigger', route: 'aset/{name}', authLevel: 'anonymous' },
    ]);
  });

  it('shows the shell and its files to everybody, with the store away', async () => {
    const [status, shell] = await answerTo('tab', page('/teams/tab'));
    expect([status, shell.includes('Sebentar')]).toEqual([200, true]);
    const [found, script] = await answerTo('assets', page('/aset/teams-tab.js'));
    expect([found, script.includes('getAuthToken')]).toEqual([200, true]);
    expect((await answerTo('assets', page('/aset/studio.js')))[0]).toBe(404);
  });

  it('answers 401 to a token of another tenant, and opens no store for it', async () => {
    const forged = await reader.ask(seldom, { tid: 'lain' });
    expect(await answerTo('tab', forged)).toEqual([401, '']);
  });

  it('is well when the store is back, and changes a setting of whoever Teams vouches for', async () => {
    expect(await answerTo('tab', await reader.ask())).toEqual([500, '']);
    vi.stubEnv('DATABASE_URL', url);
    const [status, text] = await answerTo('tab', await reader.ask(seldom));
    expect([status, text.includes('Frekuensi diubah')]).toEqual([200, true]);
    const row = await db.selectFrom('preferences').select('per_week').executeTakeFirstOrThrow();
    expect(row.per_week).toBe(1);
  });
});
