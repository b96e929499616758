/**
 * Signed submissions of the pulse, one in twenty of them twice, through the product's door, queue and jobs; and the same
 * requests through Bolt's HTTP receiver with the same sealing and one insert an answer. Both have an answer on the disk
 * before they thank for it, and both are measured until the last one is in the database.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JWK } from 'jose';
import { sql } from 'kysely';
import type { Catalogue } from '../../core/content/schema.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { readBallots } from '../../core/store/pulse/ballots.ts';
import { launchWave } from '../../core/store/pulse/waves.ts';
import { ballotKey, newWaveKeys, openBallot } from '../../core/survey/ballot/ballot.ts';
import { signTicket } from '../../core/survey/ballot/ticket.ts';
import { formItems } from '../../core/survey/form.ts';
import { readCatalogue } from '../../functions/app/files.ts';
import { freePort } from '../../functions/local/server/postgres.ts';
import { runChild, startChild } from '../child.ts';
import { seedCrowd } from '../crowd.ts';
import { median, type Outcome, rounded } from '../outcome.ts';
import { type Server, settleDown, withServer } from '../server.ts';
import type { Wishes } from '../wishes.ts';
import { answerOfPerson, ballotTemplate } from './form.ts';
import type { Setup } from './host.ts';
import type { Sent } from './sender.ts';

const opening = new Date('2026-10-12T03:00:00Z');
const closesAt = new Date('2026-10-23T10:00:00Z');
const wave = 'w1';

/** Submissions under way at the same time. */
const connections = 24;

/** The product runs one process a core, for its doors share nothing; Bolt's receiver one, as its pages have it. */
const processes = { product: 2, peer: 1 } as const;

/** `--size` people (20,000), the product and the peer by turns `--repeats` times (3); middle figures, the worst p99. */
export const ballots = async (wishes: Wishes): Promise<Outcome> => {
  const people = wishes.size ?? 20_000;
  const catalogue = await readCatalogue();
  const runs: Pair[] = [];
  const others: Pair[] = [];
  await withServer(async (server) => {
    for (let nth = 1; nth <= (wishes.repeats ?? 3); nth += 1) {
      const task = { people, nth, catalogue };
      const product = await productRun(server, task, processes.product);
      const peer = await peerRun(server, task, processes.peer);
      console.log(JSON.stringify({ run: nth, product, peer }));
      runs.push({ product, peer });
    }
    // Told beside them, for whoever asks: the other way round.
    const task = { people, nth: 0, catalogue };
    const product = await productRun(server, task, processes.peer);
    others.push({ product, peer: await peerRun(server, task, processes.product) });
  });
  return outcome(people, runs, others);
};

type Pair = { readonly product: Run; readonly peer: Run };

const outcome = (people: number, runs: readonly Pair[], others: readonly Pair[]): Outcome => {
  const middle = (figure: (run: Pair) => number, digits = 2): number =>
    median(runs.map(figure), digits);
  const worst = (figure: (run: Run) => number): number =>
    Math.max(...[...runs, ...others].map(({ product }) => figure(product)));
  const [swapped] = others;
  return {
    bench: 'ballots',
    got: {
      people,
      perMinute: middle(({ product }) => product.perMinute, 0),
      p99ms: Math.max(...runs.map(({ product }) => product.p99ms)),
      peerPerMinute: middle(({ peer }) => peer.perMinute, 0),
      peerP99ms: middle(({ peer }) => peer.p99ms),
      timesPeer: middle(({ product, peer }) => product.perMinute / peer.perMinute),
      perMinuteOfOneProcess: swapped?.product.perMinute ?? 0,
      peerPerMinuteOfTwoProcesses: swapped?.peer.perMinute ?? 0,
      lost: worst(({ lost }) => lost),
      doubled: worst(({ doubled }) => doubled),
      changed: worst(({ changed }) => changed),
    },
    atMost: { p99ms: 50, lost: 0, doubled: 0, changed: 0 },
    atLeast: { timesPeer: 1.5 },
  };
};

type Task = { readonly people: number; readonly nth: number; readonly catalogue: Catalogue };

type Run = {
  /** Submissions from the first request until the last one is in the database. */
  readonly perMinute: number;
  readonly p50ms: number;
  readonly p99ms: number;
  /** People whose ballot is missing, of the peer without a look at their names. */
  readonly lost: number;
  /** Rows beyond one a person. */
  readonly doubled: number;
  /** Of every forty boxes one is opened: those that say something else than was sent. */
  readonly changed: number;
};

const productRun = async (server: Server, task: Task, count: number): Promise<Run> => {
  const { db, url } = await server.store(`ballots_${task.nth}`);
  await seedCrowd(db, task.people, { platform: 'slack', rate: 1e9, burst: 1 });
  const { setup, privateKey } = await newSetup(task.catalogue);
  const { items, publicKey } = setup.pulse.ticket;
  const { id: survey } = task.catalogue.survey;
  const row = { id: wave, survey, items, opensAt: opening, closesAt, publicKey } as const;
  await db
    .transaction()
    .execute((trx) => launchWave(trx, { ...row, depth: 'units' }, '2026-10-12'));
  await settleDown(db);
  const store = { db, url, table: 'ballots' };
  const sent = await through(['product', String(count)], store, { ...task, setup });
  const boxes = await readBallots(db, wave);
  const keyed = new Map(boxes.map((box) => [box.ballotKey, box.sealed]));
  const wanted = Array.from({ length: task.people }, (_, at) =>
    keyed.get(ballotKey(setup.waveSecret, at + 1)),
  );
  return {
    ...sent,
    lost: sent.lost + wanted.filter((sealed) => sealed === undefined).length,
    doubled: boxes.length - task.people,
    changed: await countChanged(wanted, items, privateKey),
  };
};

const peerRun = async (server: Server, task: Task, count: number): Promise<Run> => {
  const url = await server.empty(`peer_${task.nth}`);
  const db = openDatabase(url, { max: 1 });
  await sql`CREATE TABLE answers
    (person text PRIMARY KEY, at timestamptz NOT NULL, sealed text STORAGE EXTERNAL NOT NULL)`.execute(
    db,
  );
  const { setup } = await newSetup(task.catalogue);
  // Bolt goes by the wall clock.
  const now = { ...setup, opening: new Date(setup.began).toISOString() };
  const store = { db, url, table: 'answers' };
  const sent = await through(['peer', String(count)], store, { ...task, setup: now });
  const rows = await rowsOf(db, 'answers');
  await db.destroy();
  return { ...sent, doubled: Math.max(0, rows - task.people), changed: 0 };
};

type Store = { readonly db: Database; readonly url: string; readonly table: string };

/** Starts a server, sends everything, waits until everybody is in the table, and kills it. */
const through = async (
  which: readonly [name: 'product' | 'peer', processes: string],
  { db, url, table }: Store,
  { people, catalogue, setup }: Task & { readonly setup: Setup },
): Promise<Omit<Run, 'doubled' | 'changed'>> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-'));
  const port = await freePort();
  await writeFile(join(folder, 'setup.json'), JSON.stringify(setup));
  const file = join(folder, 'template.json');
  await writeFile(file, JSON.stringify(ballotTemplate(catalogue, setup.pulse)));
  const server = await startChild('ballots/host', [...which, String(port), url, folder]);
  try {
    await listening(port);
    const lead = new Date(setup.opening).getTime() - setup.began;
    const words = [port, people, connections, file, setup.signingSecret, lead].map(String);
    const { answered, failed, began, p50ms, p99ms } = await runChild<Sent>('ballots/sender', words);
    const until = Date.now() + 60_000;
    while ((await rowsOf(db, table)) < people && Date.now() < until) await wait(5);
    const perMinute = Math.round((answered / (Date.now() - began)) * 60_000);
    return { perMinute, p50ms: rounded(p50ms, 1), p99ms: rounded(p99ms, 1), lost: failed };
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
};

const listening = async (port: number): Promise<void> => {
  const reached = (): Promise<boolean> =>
    new Promise((done) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => done(true)).once('error', () => done(false));
      socket.once('connect', () => socket.destroy());
    });
  while (!(await reached())) await wait(50);
};

const rowsOf = async (db: Database, table: string): Promise<number> => {
  const found = await sql<{
    n: number;
  }>`SELECT count(*)::int AS n FROM ${sql.table(table)}`.execute(db);
  return found.rows[0]?.n ?? 0;
};

const newSetup = async (
  catalogue: Catalogue,
): Promise<{ readonly setup: Setup; readonly privateKey: JWK }> => {
  const { survey, programme } = catalogue;
  const { publicKey, privateKey, secret } = await newWaveKeys();
  const items = formItems(survey.items, programme.waves[0]?.rotating ?? []);
  const ticketKey = 'kunci-tiket-untuk-uji-kinerja-saja';
  const ticket = {
    wave,
    items,
    publicKey,
    closesAt: closesAt.toISOString(),
    language: 'id' as const,
  };
  const setup = {
    signingSecret: 'rahasia-tanda-tangan-untuk-uji-kinerja',
    ticketKey,
    pulse: { ticket, signed: signTicket(ticket, ticketKey) },
    waveSecret: secret,
    opening: opening.toISOString(),
    began: Date.now(),
  };
  return { setup, privateKey };
};

const countChanged = async (
  boxes: readonly (string | undefined)[],
  items: readonly string[],
  privateKey: JWK,
): Promise<number> => {
  let changed = 0;
  for (let at = 0; at < boxes.length; at += 40) {
    const sealed = boxes[at];
    if (sealed === undefined) continue;
    const { answers } = await openBallot(privateKey, sealed, { wave, items });
    const same = items.every((item, nth) => answers[item] === answerOfPerson(at + 1, nth));
    if (!same) changed += 1;
  }
  return changed;
};
