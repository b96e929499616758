import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Asked, startAmazon } from '../functions/aws/amazon.ts';
import { gatewayEvent, sqsEvent } from '../functions/aws/event.ts';
import { pageSettings } from '../functions/ballot-page.ts';
import {
  doorSettings,
  jobSettings,
  openWorkspace,
  seedOnePerson,
  workspaceId,
} from '../functions/one-person.ts';
import { onTeams, openReader, tabHost } from '../functions/tab-reader.ts';
import { cloneDatabase } from '../support/run/database.ts';
import { found, statementsOf } from './template.ts';

/** What the template's own words for a resource stand for here. */
const named: Readonly<Record<string, string>> = {
  SettingsDoors: 'langkah/doors-??????',
  SettingsJobs: 'langkah/jobs-??????',
  DatabasePostgresSecret: 'langkah/database-??????',
  InboxQueue: 'inbox',
  InboxDeadLetters: 'dead',
  JobsWakeUpsQueue: 'wake',
};

/** The pattern of a policy's resource: of a secret's address its name, of anything of the stack its name here. */
const patternOf = (resource: unknown): string => {
  const text = JSON.stringify(resource);
  const [, secret] = /:secret:([^"]+)"/.exec(text) ?? [];
  const [, id = ''] = /"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/.exec(text) ?? [];
  const name = Object.keys(named).find((start) => id.startsWith(start)) ?? '';
  return secret ?? named[name] ?? text;
};

const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name);

const denied: Asked[] = [];
/** Whether the template allows it to the role of a function, which is called as its logical id begins. */
const may = (asked: Asked): boolean => {
  const allowed = statementsOf(asked.role).some(
    ({ actions, resources }) =>
      actions.includes(asked.action) &&
      resources.some((resource) => matches(patternOf(resource), asked.resource)),
  );
  if (!allowed) denied.push(asked);
  return allowed;
};

const amazon = await startAmazon(may);
const { db, url } = await cloneDatabase();
const { workspace, said } = openWorkspace();
const reader = await openReader(() => new Date());

/** The first wave of the programme: its first morning, a reminder's, and when it is counted. */
const opening = ['T00:00', 'T01:00', 'T02:00', 'T03:00', 'T04:00'].map((at) => `2026-10-12${at}`);
const reminding = ['T00:00', 'T01:00', 'T02:00', 'T03:00', 'T04:00'].map((at) => `2026-10-14${at}`);
const counting = '2026-10-23T10:15';

beforeAll(async () => {
  // Other files have these functions with settings of their own.
  vi.resetModules();
  const now = new Date('2026-10-11T17:00Z');
  vi.useFakeTimers({ now, toFake: ['Date'] });
  await seedOnePerson(db, now);
  const onSlack = await db.selectFrom('identities').selectAll().executeTakeFirstOrThrow();
  const { platform, workspaceId: workspace_id, userId: user_id } = onTeams;
  const alsoOnTeams = { ...onSlack, platform, workspace_id, user_id, preferred: false };
  await db.insertInto('identities').values(alsoOnTeams).execute();
  for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
  const { username, password, hostname: host, port, pathname } = new URL(url);
  const login = { username, password, host, port: Number(port), dbname: pathname.slice(1) };
  const slack = { SLACK_SIGNING_SECRET: workspace.signingSecret };
  const stored = {
    database: login,
    doors: { ...doorSettings, ...pageSettings, ...slack, TEAMS_TAB_HOST: tabHost },
    jobs: jobSettings,
  };
  for (const [name, value] of Object.entries(stored))
    amazon.secrets.set(`langkah/${name}`, JSON.stringify(value));
  const token = await workspace.botToken(workspaceId);
  amazon.secrets.set(`langkah/run/slack-token-${workspaceId}`, token ?? '');
  vi.stubGlobal('fetch', (input: Parameters<typeof fetch>[0], init?: RequestInit) =>
    new URL(input instanceof Request ? input.url : input).host === 'slack.com'
      ? workspace.fetch(input, init)
      : reader.fetch(input, init),
  );
});
afterAll(async () => {
  await amazon.stop();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Does it with the rights and the settings of this function, and no others. */
const as = async <T>(role: string, act: () => Promise<T>): Promise<T> => {
  const { Variables } = Object(found('AWS::Lambda::Function', role).properties['Environment']);
  const settings = JSON.stringify(Variables.SETTINGS_SECRETS).match(/Settings(Doors|Jobs)/g) ?? [];
  const names = settings.map((id) => `langkah/${id.replace('Settings', '').toLowerCase()}`);
  vi.stubEnv('SETTINGS_SECRETS', names.join(','));
  vi.stubEnv('DATABASE_SECRET', 'DATABASE_SECRET' in Variables ? 'langkah/database' : undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', role);
  return act();
};

/** A tick at this time (UTC), and the lanes that it wakes. */
const tickAt = async (at: string): Promise<void> => {
  vi.setSystemTime(new Date(`${at}Z`));
  await as('JobsTick', async () => (await import('../../functions/aws/tick/main.ts')).handler());
  for (const body of await amazon.take('wake'))
    await as('JobsWake', async () =>
      (await import('../../functions/aws/wake/main.ts')).handler(sqsEvent(body)),
    );
};

const ask = async (role: 'DoorHttp' | 'TabPages', request: Request) => {
  const event = await gatewayEvent(request, { base64: true });
  const { statusCode, body = '' } = await as(role, async () =>
    role === 'DoorHttp'
      ? (await import('../../functions/aws/http/main.ts')).handler(event)
      : (await import('../../functions/aws/tab/main.ts')).handler(event),
  );
  return { statusCode, text: Buffer.from(body, 'base64').toString() };
};

const handle = (...bodies: readonly string[]) =>
  as('JobsConverse', async () =>
    (await import('../../functions/aws/queue/main.ts')).handler(sqsEvent(...bodies)),
  );

/** The newest personal link that a message carries. */
const linkOf = (): string => {
  const links = JSON.stringify(said.map(({ payload }) => payload)).match(
    /https:\/\/survei\.[^"|>\\]+\/suara\/[^"|>\\]+/g,
  );
  return links?.at(-1) ?? '';
};

const myData = () => reader.ask({ action: 'settings.my-data', value: '{"v":1,"language":"id"}' });

describe('with the rights of the template', () => {
  let box = '';

  it('a wave opens, and its invitation and a reminder go', async () => {
    for (const at of opening) await tickAt(at);
    const invitation = linkOf();
    expect(invitation).not.toBe('');
    for (const at of reminding) await tickAt(at);
    expect(linkOf()).not.toBe(invitation);
    expect(denied).toEqual([]);
  });

  it('a ballot is taken, by the door and behind the queue', async () => {
    const sent = await ask(
      'DoorHttp',
      new Request(linkOf(), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'comment=burung+kenari',
      }),
    );
    expect(sent.statusCode).toBe(303);
    [box = ''] = await amazon.take('inbox');
    expect(await handle(box)).toEqual({ batchItemFailures: [] });
    expect(await db.selectFrom('ballots').select('ballot_key').execute()).toHaveLength(1);
    expect(denied).toEqual([]);
  });

  it('typed words are answered, and the tab shows "data saya" while the wave is open', async () => {
    const typed = workspace.type({ userId: said[0]?.userId ?? '', text: 'data saya' });
    expect((await ask('DoorHttp', typed)).statusCode).toBe(200);
    expect(await handle(...(await amazon.take('inbox')))).toEqual({ batchItemFailures: [] });
    expect(JSON.stringify(said.at(-1)?.payload)).toContain('jawaban Anda tersimpan tersegel');
    expect((await ask('TabPages', await reader.ask())).statusCode).toBe(200);
    const shown = await ask('TabPages', await myData());
    expect(shown.text).toContain('jawaban Anda tersimpan tersegel');
    expect(denied).toEqual([]);
  });

  it('the wave is counted and erased, and a box that comes late is refused kindly, not kept for dead', async () => {
    await tickAt(counting);
    expect(await db.selectFrom('waves').select('status').execute()).toEqual([{ status: 'erased' }]);
    expect([...amazon.secrets.keys()].filter((name) => name.includes('/wave-w1-'))).toEqual([]);
    expect(await handle(box)).toEqual({ batchItemFailures: [] });
    expect(denied).toEqual([]);
  });

  it('nobody but the tick reads a private key, and the door reads nothing of a wave', () => {
    const reads = (role: string, resource: string) =>
      may({ role, action: 'secretsmanager:GetSecretValue', resource });
    const roles = ['DoorHttp', 'JobsTick', 'JobsWake', 'JobsConverse', 'TabPages'];
    const readersOf = (resource: string) => roles.filter((role) => reads(role, resource));
    const key = 'langkah/run/wave-w1-private-key';
    expect([key, `${key}-AbCd12`].map(readersOf)).toEqual([['JobsTick'], ['JobsTick']]);
    expect(readersOf('langkah/run/wave-w1-secret-AbCd12')).toEqual(roles.slice(1));
    expect(readersOf('langkah/jobs-AbCd12')).toEqual(roles.slice(1));
  });
});
