/**
 * Planning one lesson for a million people in three zones, and planning it again: the product's statement against
 * graphile-worker and pg-boss in one run on one server, beside the bare table of the same rows.
 */
import { sql } from 'kysely';
import { nextWorkday } from '../../core/calendar/work-calendar.ts';
import { loadCalendar } from '../../core/store/calendars.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { runChild } from '../child.ts';
import { seedCrowd } from '../crowd.ts';
import { planLesson } from '../lesson-day.ts';
import { median, type Outcome, rounded, secondsSince } from '../outcome.ts';
import { outboxBytes, type Server, type Store, settleDown, withServer } from '../server.ts';
import type { Wishes } from '../wishes.ts';
import type { PeerRun } from './peer.ts';
import type { PlanRun } from './process.ts';
import { settleAll } from './settled.ts';

type Peer = 'graphile-worker' | 'pg-boss';

/** A lane on which nothing waits for the pace. */
const unlimited = { platform: 'slack', rate: 1e9, burst: 1e9 } as const;

/** `--size` people (a million), `--repeats` (5); the peers plan as many once, with `--full` as often. */
export const plan = async (wishes: Wishes): Promise<Outcome> => {
  const people = wishes.size ?? 1_000_000;
  const repeats = wishes.repeats ?? 5;
  const peerRepeats = wishes.full ? repeats : 1;
  const peerWish = { rows: people, repeats: peerRepeats };
  return withServer(async (server) => {
    const own = await ownRuns(server, people, repeats);
    const graphile = await peerRuns(server, 'graphile-worker', peerWish);
    const boss = await peerRuns(server, 'pg-boss', peerWish);
    return {
      bench: 'plan',
      got: {
        people,
        repeats,
        peerRows: people,
        peerRepeats,
        ...own,
        graphileSeconds: graphile.seconds,
        bossSeconds: boss.seconds,
        graphileBytes: graphile.bytes,
        bossBytes: boss.bytes,
        graphilePeakMb: graphile.peakMb,
        bossPeakMb: boss.peakMb,
        ratioToGraphile: rounded(graphile.seconds / own.seconds, 1),
        ratioToBoss: rounded(boss.seconds / own.seconds, 1),
      },
      atMost: {
        againAdded: 0,
        bytesPlanned: 130,
        bytesPlannedInMonth: 130,
        bytesSettled: 200,
        peakMb: 100,
      },
      atLeast: { ratioToGraphile: 10 },
    };
  });
};

const ownRuns = async (server: Server, people: number, repeats: number) => {
  const store = await server.store('product');
  await seedCrowd(store.db, people, unlimited);
  const runs: PlanRun[] = [];
  const floors: number[] = [];
  for (let round = 1; round <= repeats; round += 1) {
    await sql`TRUNCATE outbox, attention`.execute(store.db);
    await settleDown(store.db);
    const run = await runChild<PlanRun>('plan/process', [store.url]);
    runs.push(run);
    await expectPlanned(store, people);
    floors.push(await bareTable(store));
    console.log(`round ${round}: ${JSON.stringify({ ...run, floorSeconds: floors.at(-1) })}`);
  }
  const of = (name: keyof PlanRun): number => median(runs.map((run) => run[name]));
  const [seconds, floorSeconds] = [of('seconds'), median(floors)];
  return {
    seconds,
    againSeconds: of('againSeconds'),
    againAdded: Math.max(...runs.map(({ againAdded }) => againAdded)),
    idleMb: of('idleMb'),
    peakMb: of('peakMb'),
    floorSeconds,
    timesFloor: rounded(seconds / floorSeconds, 1),
    ...(await plannedSizes(store, people)),
    bytesPlannedInMonth: await monthBytes(server, Math.min(people, smallCrowd)),
    bytesSettled: await settledBytes(server, Math.min(people, smallCrowd)),
  };
};

const expectPlanned = async ({ db }: Store, people: number): Promise<void> => {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM outbox WHERE state = 'planned'`.execute(db);
  if (rows[0]?.count !== people) throw new Error(`planned ${rows[0]?.count} of ${people}`);
};

/** The least that a server can do: the same rows written into a table with a key. */
const bareTable = async ({ db }: Store): Promise<number> => {
  await settleDown(db);
  const began = performance.now();
  await sql`CREATE TABLE floor AS SELECT * FROM outbox`.execute(db);
  await sql`ALTER TABLE floor ADD PRIMARY KEY (slot, stream, person_id)`.execute(db);
  const seconds = secondsSince(began);
  await sql`DROP TABLE floor`.execute(db);
  return seconds;
};

/** Bytes a person's planned row takes. */
const plannedSizes = async ({ db }: Store, people: number) => {
  const planned = await outboxBytes(db);
  const { rows } = await sql<{ bytes: number }>`
    SELECT pg_total_relation_size('attention') AS bytes`.execute(db);
  return {
    bytesPlanned: rounded(planned / people, 1),
    bytesAttention: rounded((rows[0]?.bytes ?? 0) / people, 1),
  };
};

/** A crowd planned day after day, and settled in batches as small as a chat platform's pace allows: a million would take an hour. */
const smallCrowd = 100_000;

/** Bytes a planned row takes when a day's rows come to those of the days before: twenty working days of one month. */
const monthBytes = async (server: Server, people: number): Promise<number> => {
  const { db } = await server.store('month');
  await seedCrowd(db, people, unlimited);
  const calendar = await loadCalendar(db);
  const days = 20;
  let rows = 0;
  let date = '2026-09-30';
  for (let day = 1; day <= days; day += 1) {
    date = nextWorkday(calendar, 'five-day', date);
    rows += await planLesson(db, date);
  }
  if (rows !== days * people) throw new Error(`planned ${rows} rows in ${days} days`);
  return rounded((await outboxBytes(db)) / rows, 1);
};

/** Bytes a person's row takes when its message has been delivered. */
const settledBytes = async (server: Server, people: number): Promise<number> => {
  const { db } = await server.store('settled');
  await seedCrowd(db, people, unlimited);
  await planLesson(db);
  await settleDown(db);
  const began = performance.now();
  await settleAll(db, people);
  console.log(`settled ${people} in ${rounded(secondsSince(began), 1)} s`);
  return rounded((await outboxBytes(db)) / people, 1);
};

/** A peer plans `rows` in a database of its own; fails when a second plan of the first ones added jobs. */
const peerRuns = async (
  server: Server,
  peer: Peer,
  { rows, repeats }: { readonly rows: number; readonly repeats: number },
) => {
  const runs: (PeerRun & { readonly bytes: number })[] = [];
  for (let round = 1; round <= repeats; round += 1) {
    const name = `${peer}-${round}`;
    const url = await server.empty(name);
    const run = await runChild<PeerRun>('plan/peer', [peer, url, `${rows}`]);
    const db = openDatabase(url, { max: 1 });
    const bytes = await peerBytes(db, peer, rows).finally(() => db.destroy());
    await server.drop(name);
    runs.push({ ...run, bytes });
    console.log(`round ${round}, ${peer}: ${JSON.stringify(runs.at(-1))}`);
  }
  const of = (name: keyof (typeof runs)[number]): number => median(runs.map((run) => run[name]));
  return { seconds: of('seconds'), peakMb: of('peakMb'), bytes: of('bytes') };
};

/** Bytes a job, indexes included. */
const peerBytes = async (db: Database, peer: Peer, rows: number): Promise<number> => {
  const [count, bytes] =
    peer === 'pg-boss'
      ? [
          sql`SELECT count(*) AS n FROM pgboss.job`,
          sql`SELECT sum(pg_total_relation_size(relid))::bigint AS n FROM pg_partition_tree('pgboss.job')`,
        ]
      : [
          sql`SELECT count(*) AS n FROM graphile_worker._private_jobs`,
          sql`SELECT pg_total_relation_size('graphile_worker._private_jobs') AS n`,
        ];
  const jobs = (await count.$castTo<{ n: number }>().execute(db)).rows[0]?.n ?? 0;
  if (jobs !== rows) throw new Error(`${peer} planned ${jobs} of ${rows}`);
  return rounded(((await bytes.$castTo<{ n: number }>().execute(db)).rows[0]?.n ?? 0) / rows, 1);
};
