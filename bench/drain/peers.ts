/** The peers' workers with a handler that does nothing, until every job is done; seconds. */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ChatMessage } from '../../core/conversation/message.ts';
import type { Address } from '../../core/ports.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { secondsSince } from '../outcome.ts';
import { graphileWorker, inCalls, type JobHelpers, openBoss } from '../peers.ts';
import { nullChat } from '../sender.ts';
import { settleDown } from '../server.ts';

/** What its manual advises for throughput (worker.graphile.org/docs/performance), and the rest as it comes. */
const presets = {
  tuned: {
    concurrentJobs: 24,
    maxPoolSize: 26,
    localQueue: { size: 500 },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
  },
  default: { concurrentJobs: 10 },
} as const;

const someWords: ChatMessage = { kind: 'lesson', language: 'id', title: '', text: '', parts: [] };

/** What a handler does for a person's job. */
type Handler = (person: number, query: JobHelpers['query']) => Promise<unknown>;

const nothing: Handler = async () => undefined;

/**
 * What a sender owes each message: reads where the person is and whether they are to be left alone, hands the message to a
 * chat that takes everything, and keeps what a later correction needs. Without an intent before it, without a pace.
 */
export const handToChat: Handler = async (person, query) => {
  const { rows } = await query<Address & { readonly left: boolean }>(
    `SELECT i.platform, i.workspace_id AS "workspaceId", i.user_id AS "userId", i.conversation,
      i.service_url AS "serviceUrl", p.status = 'left' OR f.stopped_at IS NOT NULL
        OR coalesce(p.leave_from <= current_date AND current_date <= p.leave_to, false)
        OR coalesce(current_date <= f.paused_until, false) AS left
    FROM people p JOIN identities i ON i.person_id = p.id AND i.preferred
      LEFT JOIN preferences f ON f.person_id = p.id WHERE p.id = $1`,
    [person],
  );
  const [found] = rows;
  if (found === undefined || found.left) throw new Error('nobody to send to');
  const sent = await nullChat.deliver(found, someWords, { key: randomUUID() });
  if (sent.state !== 'sent') throw new Error('not taken');
  await query('INSERT INTO delivered (person_id, conversation, ref) VALUES ($1, $2, $3)', [
    person,
    sent.conversation,
    sent.ref,
  ]);
};

/** A table in which `handToChat` keeps what it sent. */
export const openDelivered = (db: Database): Promise<unknown> =>
  sql`CREATE TABLE delivered (person_id integer PRIMARY KEY, conversation text, ref text)`.execute(
    db,
  );

export const graphileDrain = async (
  url: string,
  rows: number,
  {
    preset,
    handler = nothing,
  }: { readonly preset: keyof typeof presets; readonly handler?: Handler },
): Promise<number> => {
  const { run, Logger } = graphileWorker();
  await addGraphileJobs(url, rows);
  await tidy(url);
  let done = 0;
  const began = performance.now();
  const runner = await run({
    connectionString: url,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    taskList: {
      nudge: async (payload, helpers) => {
        await handler(payload.person, helpers.query);
        done += 1;
      },
    },
    preset: { worker: presets[preset] },
  });
  while (done < rows) await wait(5);
  // Handled is not yet done: stopping writes down what is left.
  await runner.stop();
  const seconds = secondsSince(began);
  await expectNone(url, 'graphile_worker._private_jobs');
  return seconds;
};

const addGraphileJobs = async (url: string, rows: number): Promise<void> => {
  const utils = await graphileWorker().makeWorkerUtils({ connectionString: url });
  await utils.migrate();
  const runAt = new Date(0);
  await inCalls(rows, (people) =>
    utils.addJobs(
      people.map((person) => ({
        identifier: 'nudge',
        payload: { person },
        jobKey: `${person}`,
        runAt,
      })),
    ),
  );
  await utils.release();
};

/** As large and as eager as its workers get; by hand the same batches without the pause between two looks. */
const boss = { batch: 1_000, workers: 4, pollingSeconds: 0.5 } as const;

export const pgBossDrain = async (
  url: string,
  rows: number,
  how: 'workers' | 'by-hand',
): Promise<number> => {
  const queue = await openBoss(url);
  await queue.createQueue('nudge', { name: 'nudge', policy: 'standard' });
  const startAfter = new Date(0);
  await inCalls(rows, (people) =>
    queue.insert(
      people.map((person) => ({
        name: 'nudge',
        data: { person },
        singletonKey: `${person}`,
        startAfter,
      })),
    ),
  );
  await tidy(url);
  const began = performance.now();
  if (how === 'workers') await byWorkers(queue, rows);
  else await byHand(queue, rows);
  const seconds = secondsSince(began);
  await queue.stop({ graceful: false });
  return seconds;
};

type Queue = Awaited<ReturnType<typeof openBoss>>;

const byWorkers = async (queue: Queue, rows: number): Promise<void> => {
  let done = 0;
  const options = { batchSize: boss.batch, pollingIntervalSeconds: boss.pollingSeconds };
  for (let worker = 1; worker <= boss.workers; worker += 1)
    await queue.work('nudge', options, async (jobs) => {
      done += jobs.length;
    });
  while (done < rows) await wait(5);
};

const byHand = async (queue: Queue, rows: number): Promise<void> => {
  let done = 0;
  const loop = async (): Promise<void> => {
    for (;;) {
      const jobs = await queue.fetch('nudge', { batchSize: boss.batch });
      if (jobs.length === 0) return;
      const ids = jobs.map(({ id }) => id);
      await queue.complete('nudge', ids);
      done += jobs.length;
    }
  };
  await Promise.all(Array.from({ length: boss.workers }, loop));
  if (done !== rows) throw new Error(`pg-boss did ${done} of ${rows}`);
};

const tidy = async (url: string): Promise<void> => {
  const db = openDatabase(url, { max: 1 });
  await settleDown(db).finally(() => db.destroy());
};

const expectNone = async (url: string, table: string): Promise<void> => {
  const db = openDatabase(url, { max: 1 });
  const left = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`
    .execute(db)
    .finally(() => db.destroy());
  if (left.rows[0]?.count !== 0) throw new Error(`${left.rows[0]?.count} jobs left`);
};
