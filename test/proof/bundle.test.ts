import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LangkahStack } from '../../infra/langkah-stack.ts';
import { writeQuickBundle } from '../../infra/quick/bundle.ts';
import { startAmazon } from '../functions/aws/amazon.ts';
import { gatewayEvent, sqsEvent } from '../functions/aws/event.ts';
import { newLink, pageSettings } from '../functions/ballot-page.ts';
import { doorSettings, jobSettings } from '../functions/one-person.ts';
import { tabHost } from '../functions/tab-reader.ts';
import { cloneDatabase } from '../support/run/database.ts';

const amazon = await startAmazon();
const { db, url } = await cloneDatabase();
const out = await mkdtemp(join(tmpdir(), 'langkah-synth-'));
let assets: ReadonlyMap<string, string>;

/** The folder of each bundle, by a word that only its handler's file brings into it. */
const findAssets = async (): Promise<ReadonlyMap<string, string>> => {
  const entries = ['http', 'tab', 'tick', 'wake', 'queue'];
  const found = new Map<string, string>();
  for (const folder of (await readdir(out)).filter((name) => name.startsWith('asset.'))) {
    const map = await readFile(join(out, folder, 'index.mjs.map'), 'utf8');
    const entry = entries.find((name) => map.includes(`functions/aws/${name}/main.ts`));
    if (entry !== undefined) found.set(entry, join(out, folder));
  }
  return found;
};

/** What is in each file of the door's bundle. */
const doorSources = () => writeQuickBundle('functions/aws/http/main.ts', join(out, 'door-sources'));

beforeAll(async () => {
  const app = new App({ outdir: out });
  new LangkahStack(app, 'contoh', { region: 'ap-southeast-3' });
  app.synth();
  assets = await findAssets();
  const { username, password, hostname: host, port, pathname } = new URL(url);
  const login = { username, password, host, port: Number(port), dbname: pathname.slice(1) };
  amazon.secrets.set('database', JSON.stringify(login));
  const slack = { SLACK_SIGNING_SECRET: 'rahasia-uji' };
  const doors = { ...doorSettings, ...pageSettings, ...slack, TEAMS_TAB_HOST: tabHost };
  amazon.secrets.set('doors', JSON.stringify(doors));
  amazon.secrets.set('jobs', JSON.stringify(jobSettings));
}, 120_000);
afterAll(async () => {
  await amazon.stop();
  await rm(out, { recursive: true, force: true });
});

const folderOf = (name: string): string => {
  const folder = assets.get(name);
  if (folder === undefined) throw new Error(`no bundle of ${name}`);
  return folder;
};

/** Loads the bundle given first and prints what its handler answers to each further event. */
const lambda = `
  const [folder, ...events] = process.argv.slice(1);
  const { handler } = await import(folder + '/index.mjs');
  const answers = [];
  for (const event of events) answers.push((await handler(JSON.parse(event))) ?? null);
  process.stdout.write('\\n' + JSON.stringify(answers), () => process.exit(0));
`;

/** Runs a bundle in a Node of its own, in another folder and with no setting but its own, as Lambda does. */
const run = async (name: string, ...events: readonly unknown[]): Promise<readonly unknown[]> => {
  const env = {
    ...amazon.environment,
    SETTINGS_SECRETS: 'doors,jobs',
    DATABASE_SECRET: 'database',
    NODE_OPTIONS: '--enable-source-maps --no-warnings',
  };
  const code = ['--input-type=module', '--eval', lambda];
  const given = [pathToFileURL(folderOf(name)).href, ...events.map((one) => JSON.stringify(one))];
  const { stdout } = await promisify(execFile)(process.execPath, [...code, ...given], {
    env,
    cwd: tmpdir(),
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
};

describe('the bundle of the door', () => {
  it('carries neither SDK of a chat, nor SQL, nor a page but the ballot', async () => {
    const inputs = [...(await doorSources()).values()].flat();
    expect(inputs).toContain('bot/slack/door.ts');
    expect(inputs).toContain('bot/teams/door.ts');
    const heavy =
      /node_modules\/(@slack|botbuilder|botframework|pg|kysely|highs)\b|core\/store|web\/(?!ballot\/|texts|site\.ts)/;
    expect(inputs.filter((input) => heavy.test(input))).toEqual([]);
  });

  it('starts with one small file, the Slack door: no library is in it, and of Node only what it uses', async () => {
    const started = (await doorSources()).get('index.mjs') ?? [];
    expect(started).toContain('bot/slack/door.ts');
    const later = /^(web|bot\/teams)\/|node_modules\//;
    expect(started.filter((input) => later.test(input))).toEqual([]);
    const code = await readFile(join(folderOf('http'), 'index.mjs'), 'utf8');
    expect(code.length).toBeLessThan(25_000);
    expect(code).not.toMatch(/\bfrom\s*"node:|WebSocket/);
  });

  it('starts from its own folder, with the content beside it, and answers', async () => {
    const well = new Request('https://api.contoh.example/sehat');
    const requests = [well, (await newLink()).look()];
    const events = requests.map((request) => gatewayEvent(request, { base64: false }));
    const answers = await run('http', ...(await Promise.all(events)));
    expect(answers).toMatchObject([{ statusCode: 200 }, { statusCode: 200 }]);
    const form = Buffer.from(Object(answers[1]).body, 'base64').toString();
    expect(form).toContain('jawaban tidak melewati aplikasi obrolan');
    const beside = await readdir(folderOf('http'));
    expect(beside).toContain('catalogue.json');
    expect(beside).not.toContain('core');
  });
});

describe('the bundle of the personal tab', () => {
  it('starts from its own folder, shows its pages without a builder, and opens no store for a stranger', async () => {
    const asked = ['/teams/tab', '/aset/teams-tab.js', '/aset/langkah.css'].map(
      (path) => new Request(`https://${tabHost}${path}`),
    );
    const stranger = new Request(`https://${tabHost}/teams/tab/home`, { method: 'POST', body: '' });
    const events = [...asked, stranger].map((one) => gatewayEvent(one, { base64: false }));
    const answers = await run('tab', ...(await Promise.all(events)));
    expect(answers.map((one) => Object(one).statusCode)).toEqual([200, 200, 200, 401]);
    const [, script] = answers.map((one) => Buffer.from(Object(one).body, 'base64').toString());
    expect(script).toContain('getAuthToken');
    const map = await readFile(join(folderOf('tab'), 'index.mjs.map'), 'utf8');
    expect(map).not.toMatch(/@slack\/bolt|node_modules\/(botbuilder|esbuild)\//);
  });
});

/** Entries about strangers that need no answer, so that nothing is sent from here. */
const entry = (platform: 'slack' | 'teams', key: string, body: object): string =>
  JSON.stringify({ platform, key, receivedAt: '2026-10-26T01:30:00.000Z', body, ballot: null });

const slackEntry = entry('slack', 'slack/T0CONTOH/Ev1', {
  type: 'event_callback',
  team_id: 'T0CONTOH',
  event_id: 'Ev1',
  event: { type: 'app_home_opened', tab: 'home', user: 'U0CONTOH9999' },
});

const teamsEntry = entry('teams', 'teams/installed', {
  type: 'installationUpdate',
  action: 'add',
  id: 'installed',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  from: { id: '29:contoh', aadObjectId: 'c0a70c0a-0000-4000-9000-000000009999' },
  recipient: { id: '28:00000000-0000-4000-8000-00000000b07a' },
  conversation: {
    id: 'a:contoh',
    conversationType: 'personal',
    tenantId: doorSettings.TEAMS_TENANTS,
  },
  channelData: { tenant: { id: doorSettings.TEAMS_TENANTS } },
});

describe('the bundles of the jobs', () => {
  it('start from their own folder, bring an empty store up to date and do their work', async () => {
    await db.schema.dropSchema('public').cascade().execute();
    await db.schema.createSchema('public').execute();
    expect(await run('tick', {})).toEqual([null]);
    // A wake-up of a lane that is not there, and one that nobody can read.
    expect(await run('wake', sqsEvent('{"lane":1}', '{}'))).toEqual([null]);
    const years = await db.selectFrom('calendars').select('year').orderBy('year').execute();
    expect(years.map(({ year }) => year)).toEqual([2026, 2027]);
  });

  it('route entries of both chats through their SDKs, and give back what is none', async () => {
    const answers = await run('queue', sqsEvent(slackEntry, teamsEntry, '{}'));
    expect(answers).toEqual([{ batchItemFailures: [{ itemIdentifier: 'record-2' }] }]);
    const seen = await db.selectFrom('seen_events').select('key').orderBy('key').execute();
    expect(seen.map(({ key }) => key.split('/')[0])).toEqual(['slack', 'teams']);
  });

  it('carry the SDKs behind the queue only, and the solver for the tick', async () => {
    const [tick, queue] = await Promise.all(
      ['tick', 'queue'].map((name) => readFile(join(folderOf(name), 'index.mjs.map'), 'utf8')),
    );
    expect(queue).toMatch(/@slack\/bolt[\s\S]*botbuilder|botbuilder[\s\S]*@slack\/bolt/);
    expect(tick).not.toMatch(/@slack\/bolt|node_modules\/botbuilder\//);
    expect(await readdir(folderOf('tick'))).toContain('highs.wasm');
  });
});
