/**
 * Fresh processes load the bundled door and answer one signed request, against bundled Bolt and bundled botbuilder. Own
 * time runs from the start of the process to its answer, less the start of a bare Node in the same round.
 */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { teamsClouds } from '../../bot/teams/microsoft/cloud.ts';
import { slackPath, teamsPath } from '../../functions/app/paths.ts';
import type { Handler } from '../../functions/aws/http/open.ts';
import { median, type Outcome, rounded } from '../outcome.ts';
import type { Wishes } from '../wishes.ts';
import { bundleAll } from './bundles.ts';
import { type Cloud, localMetadata, startCloud } from './cloud.ts';

const secret = 'rahasia-uji';
const appId = '00000000-0000-4000-8000-00000000b07a';
const tenantId = '00000000-0000-4000-8000-000000c0de00';
const serviceUrl = 'https://smba.trafficmanager.net/apac/';

type Start = { readonly ms: number; readonly cpuMs: number; readonly rssMb: number };
type Runs = Readonly<Record<string, { readonly file: string; readonly given: object }>>;

/** `--repeats` starts of each (30), one after the other and in turn. */
export const coldStart = async (wishes: Wishes): Promise<Outcome> => {
  const repeats = wishes.repeats ?? 30;
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-'));
  const cloud = await startCloud({
    TICKET_KEY: 'kunci-tiket-untuk-uji-coba-yang-cukup-panjang',
    SLACK_SIGNING_SECRET: secret,
    TEAMS_APP_ID: appId,
    TEAMS_TENANTS: tenantId,
  });
  try {
    await bundleAll(folder);
    const runs = await runsAt(cloud);
    const starts = new Map(Object.keys(runs).map((name) => [name, [] as Start[]]));
    // The first round warms the disk's cache and is not counted.
    for (let round = 0; round <= repeats; round += 1)
      for (const [name, run] of Object.entries(runs)) {
        const start = await startOnce(join(folder, run.file), run.given, cloud);
        if (round > 0) starts.get(name)?.push(start);
      }
    const expected = 2 * (repeats + 1);
    if (cloud.queued.length !== expected)
      throw new Error(`${cloud.queued.length} of ${expected} requests reached the queue`);
    return outcome(repeats, starts);
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const outcome = (repeats: number, starts: ReadonlyMap<string, readonly Start[]>): Outcome => {
  const of = (name: string, figure: keyof Start): number =>
    median(
      (starts.get(name) ?? []).map((start) => start[figure]),
      1,
    );
  const own = (name: string, figure: 'ms' | 'cpuMs' = 'ms'): number =>
    rounded(of(name, figure) - of('bare', figure), 1);
  return {
    bench: 'cold-start',
    got: {
      starts: repeats,
      bareMs: of('bare', 'ms'),
      slackDoorMs: own('slackDoor'),
      slackDoorCpuMs: own('slackDoor', 'cpuMs'),
      slackDoorRssMb: of('slackDoor', 'rssMb'),
      boltMs: own('bolt'),
      boltCpuMs: own('bolt', 'cpuMs'),
      boltRssMb: of('bolt', 'rssMb'),
      timesFasterThanBolt: rounded(own('bolt') / own('slackDoor'), 1),
      teamsDoorMs: own('teamsDoor'),
      teamsDoorRssMb: of('teamsDoor', 'rssMb'),
      botbuilderMs: own('botbuilder'),
      botbuilderRssMb: of('botbuilder', 'rssMb'),
      timesFasterThanBotbuilder: rounded(own('botbuilder') / own('teamsDoor'), 1),
    },
    atMost: { slackDoorMs: 40, slackDoorRssMb: 70 },
    atLeast: { timesFasterThanBolt: 7 },
  };
};

const runsAt = async (cloud: Cloud): Promise<Runs> => {
  const slack = slackRequest();
  const teams = await teamsRequest(cloud);
  const { origin: from } = new URL(teamsClouds.public.metadataUrl);
  const metadataUrl = `${cloud.url}${localMetadata}`;
  return {
    bare: { file: 'bare.mjs', given: {} },
    slackDoor: { file: 'lambda.mjs', given: { event: gatewayEvent(slackPath, slack) } },
    bolt: { file: 'bolt.mjs', given: { secret, ...slack } },
    teamsDoor: {
      file: 'lambda.mjs',
      given: { event: gatewayEvent(teamsPath, teams), leads: { from, to: cloud.url } },
    },
    botbuilder: { file: 'botbuilder.mjs', given: { appId, tenantId, metadataUrl, ...teams } },
  };
};

type Signed = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

const slackRequest = (): Signed => {
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: 'T0CONTOH',
    event_id: 'Ev1',
    event: { type: 'app_home_opened', tab: 'home', user: 'U0CONTOH0001', channel: 'D0CONTOH' },
  });
  const time = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': time,
    'x-slack-signature': `v0=${signature}`,
  };
  return { headers, body };
};

const teamsRequest = async (cloud: Cloud): Promise<Signed> => {
  const token = await cloud.token({ aud: appId, serviceurl: serviceUrl });
  const body = JSON.stringify({
    type: 'message',
    id: '1700000000001',
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:contoh', aadObjectId: 'c0a70c0a-0000-4000-9000-000000000001' },
    recipient: { id: `28:${appId}` },
    conversation: { id: 'a:contoh', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    text: 'bantuan',
  });
  return {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  };
};

const gatewayEvent = (rawPath: string, { headers, body }: Signed): Parameters<Handler>[0] => ({
  version: '2.0',
  routeKey: `POST ${rawPath}`,
  rawPath,
  rawQueryString: '',
  headers: { ...headers },
  requestContext: {
    accountId: '000000000000',
    apiId: 'api',
    domainName: 'api.contoh.example',
    domainPrefix: 'api',
    http: {
      method: 'POST',
      path: rawPath,
      protocol: 'HTTP/1.1',
      sourceIp: '192.0.2.1',
      userAgent: 'contoh',
    },
    requestId: 'satu',
    routeKey: `POST ${rawPath}`,
    stage: '$default',
    time: '19/Oct/2026:01:30:00 +0000',
    timeEpoch: 0,
  },
  body,
  isBase64Encoded: false,
});

/** One process from its start to its line; rejects when it answers anything but 200. */
const startOnce = (file: string, given: object, { url }: Cloud): Promise<Start> =>
  new Promise((done, fail) => {
    const env = {
      GIVEN: JSON.stringify(given),
      AWS_REGION: 'ap-southeast-3',
      AWS_ACCESS_KEY_ID: 'uji',
      AWS_SECRET_ACCESS_KEY: 'uji',
      AWS_ENDPOINT_URL_SQS: url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      QUEUE_URL: `${url}/000000000000/inbox`,
      RUN_SECRETS_PREFIX: 'langkah/run/',
      SETTINGS_SECRETS: 'doors',
    };
    const began = performance.now();
    const child = spawn(process.execPath, [file], { env, cwd: tmpdir() });
    let said = '';
    // Newer Nodes warn there of what a peer's packages use.
    let warned = '';
    let ms = Number.NaN;
    child.stdout.on('data', (bytes: Buffer) => {
      if (said === '') ms = performance.now() - began;
      said += bytes.toString();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      warned += bytes.toString();
    });
    child.once('close', () => {
      if (!said.startsWith('{"status":200')) return fail(new Error(`${file}: ${said}${warned}`));
      const { rss, cpu } = JSON.parse(said.split('\n')[0] ?? '');
      done({ ms, cpuMs: cpu / 1_000, rssMb: rss / 1e6 });
    });
  });
