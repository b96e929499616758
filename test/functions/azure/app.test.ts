import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cloneDatabase } from '../../support/run/database.ts';
import { newLink, pageSettings } from '../ballot-page.ts';
import {
  afterFirstLesson,
  beforeFirstLesson,
  doorSettings,
  jobSettings,
  openWorkspace,
  seedOnePerson,
  userId,
  workspaceId,
} from '../one-person.ts';
import { openAzure } from './cloud.ts';
import { callIn, hostRequest, loadApp, type Registered } from './functions-host.ts';

const { db, url } = await cloneDatabase();
const { workspace, said } = openWorkspace();
const azure = openAzure(workspace.fetch, () => new Date());
let app: ReadonlyMap<string, Registered>;

beforeAll(async () => {
  vi.useFakeTimers({ now: beforeFirstLesson, toFake: ['Date'] });
  await seedOnePerson(db, beforeFirstLesson);
  const given = { ...azure.environment, ...doorSettings, ...pageSettings, ...jobSettings };
  const settings = { ...given, DATABASE_URL: url };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.stubEnv('SLACK_SIGNING_SECRET', workspace.signingSecret);
  azure.vault.secrets.set(
    `slack-token-${workspaceId}`,
    (await workspace.botToken(workspaceId)) ?? '',
  );
  vi.stubGlobal('fetch', azure.fetch);
  app = await loadApp(() => import('../../../functions/azure/main.ts'));
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const call = (name: string, input: unknown) => callIn(app, name, input);
const ask = async (request: Request) => call('http', await hostRequest(request));

describe('the function app on Azure', () => {
  it('registers a catch-all door without keys of its own, a timer every minute and both queues', () => {
    const triggers = [...app].map(([name, { bindings }]) => [
      name,
      Object.values(bindings).find(({ direction }) => direction === 'in'),
    ]);
    expect(Object.fromEntries(triggers)).toMatchObject({
      http: { type: 'httpTrigger', route: '{*path}', authLevel: 'anonymous' },
      tick: { type: 'timerTrigger', schedule: '0 */1 * * * *' },
      queue: { type: 'serviceBusTrigger', queueName: '%QUEUE_NAME%', connection: 'SERVICE_BUS' },
      wake: { type: 'serviceBusTrigger', queueName: '%WAKE_UPS_NAME%', connection: 'SERVICE_BUS' },
    });
  });

  it('keeps typed words beyond ASCII, and answers them behind the queue', async () => {
    const answer = await ask(workspace.type({ userId, text: 'jeda 3 é 😀' }));
    expect(answer.status).toBe(200);
    expect(azure.entries).toHaveLength(1);
    const entry = JSON.parse(azure.entries[0] ?? '');
    expect(entry).toMatchObject({ platform: 'slack', body: { event: { text: 'jeda 3 é 😀' } } });
    // The host hands JSON over already read, or as text.
    await call('queue', entry);
    expect(said).toHaveLength(1);
    await call('queue', azure.entries[0]);
    expect(said).toHaveLength(1);
  });

  it('shows the form of a link, and queues its answers sealed', async () => {
    const link = await newLink();
    const form = await ask(link.look());
    expect(form.status).toBe(200);
    expect(Buffer.from(form.body as Uint8Array).toString()).toContain('Kementerian Contoh');
    const before = azure.entries.length;
    expect((await ask(link.send())).status).toBe(303);
    const entry = azure.entries[before] ?? '';
    expect(entry).not.toContain('kenari');
    expect(await link.open(JSON.parse(entry).ballot.sealed)).toMatchObject({
      answers: { 'reg-a': 4 },
    });
    // The wave is one of which this house knows nothing: the box is let go, and nobody is written to.
    const messages = said.length;
    await call('queue', entry);
    expect(said).toHaveLength(messages);
    azure.entries.splice(before);
  });

  it('refuses what is not signed, and says 500 when the queue does not take it', async () => {
    const address = 'https://langkah.azurewebsites.net/slack/events';
    const forged = await ask(new Request(address, { method: 'POST', body: '{}' }));
    expect(forged.status).toBe(401);
    azure.state.busStatus = 503;
    expect((await ask(workspace.type({ userId, text: 'halo' }))).status).toBe(500);
    azure.state.busStatus = 201;
    expect(azure.entries).toHaveLength(1);
    const well = await ask(new Request('https://langkah.azurewebsites.net/sehat'));
    expect([well.status, Buffer.from(well.body as Uint8Array).toString()]).toEqual([200, 'ok']);
  });

  it('gives an entry that nobody can read back to the queue', async () => {
    await expect(call('queue', { platform: 'slack', rahasia: 'x' })).rejects.toThrow(
      'an entry of the queue has another shape than a door writes',
    );
  });

  it('plans in the morning, and at the time of the first message wakes the lane, which sends it', async () => {
    const before = said.length;
    await db.updateTable('preferences').set({ paused_until: null }).execute();
    await call('tick', {});
    expect(said).toHaveLength(before);
    vi.setSystemTime(afterFirstLesson);
    await call('tick', {});
    expect(said).toHaveLength(before);
    for (const body of azure.wakeUps.splice(0)) await call('wake', JSON.parse(body));
    expect(said.slice(before).map((message) => message.userId)).toEqual([userId]);
  });
});
