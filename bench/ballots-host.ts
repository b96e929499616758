/**
 * A server of the bench in a process of its own: the product's way in (door, queue synced to the disk, jobs behind the
 * queue) or what people build from Bolt. Words: which, port, database, a folder with `setup.json`. It runs until killed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { slackDoor } from '../bot/slack/door.ts';
import { openDatabase } from '../core/store/database.ts';
import type { SignedTicket } from '../core/survey/pulse-message.ts';
import { createApp } from '../functions/app/app.ts';
import { type Inbox, openInbox } from '../functions/app/inbox.ts';
import type { Context } from '../functions/jobs/context.ts';
import { waveSecretName } from '../functions/jobs/wave-secrets.ts';
import { openQueue } from '../functions/local/queue.ts';
import { serveOn } from '../functions/local/serve.ts';
import { boltPeer } from './ballots-peer.ts';
import { clockFrom, nullChat, openSender } from './sender.ts';

/** What a server must know of the wave. */
export type Setup = {
  readonly signingSecret: string;
  readonly ticketKey: string;
  readonly pulse: SignedTicket;
  readonly waveSecret: string;
  /** ISO instant of the bench's clock, and the reading of Date.now() at which it stood there. */
  readonly opening: string;
  readonly began: number;
};

type Task = {
  readonly which: string;
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  readonly setup: Setup;
};

/** Milliseconds between two looks into the queue, so that ballots are taken many at a time. */
const pause = 10;

const door = async (task: Task): Promise<void> => {
  const { port, folder, setup } = task;
  const context = await contextOf(task);
  const { catalogue, clock, log, ticketKey } = context;
  const queue = await openQueue(join(folder, 'queue.jsonl'), log, { synced: true });
  const slack = slackDoor({
    signingSecrets: [setup.signingSecret],
    ticketKey,
    botToken: async () => null,
    fetch,
    catalogue,
    queue,
    clock,
    log,
  });
  const inbox = inThread(openInbox(context), task);
  await serveOn(createApp({ slack, teams: null, ballots: null, pages: null, log }), port);
  for (;;) {
    await queue.drain(inbox);
    await wait(pause);
  }
};

const contextOf = async ({ url, setup }: Task): Promise<Context> => {
  const clock = clockFrom(new Date(setup.opening), setup.began);
  const db = openDatabase(url);
  const context = await openSender({ db, chat: nullChat, clock, holder: 'bench' });
  const { wave } = setup.pulse.ticket;
  await context.secrets.put(waveSecretName(wave, 'secret'), setup.waveSecret);
  return { ...context, ticketKey: setup.ticketKey };
};

/** The jobs behind the queue, as in production, are not in the door's way: there a function, here a thread of their own. */
const inThread = ({ isBallot }: Inbox, task: Task): Inbox => {
  const thread = new Worker(fileURLToPath(import.meta.url), { workerData: task });
  const takeBallots = (entries: readonly unknown[]): Promise<void> =>
    new Promise((done, fail) => {
      thread.once('message', (error: string | null) =>
        error === null ? done() : fail(new Error(error)),
      );
      thread.postMessage(entries);
    });
  return { isBallot, takeBallots, handle: (entry) => takeBallots([entry]) };
};

const jobs = async (task: Task): Promise<void> => {
  const { takeBallots } = openInbox(await contextOf(task));
  parentPort?.on('message', (entries: readonly unknown[]) => {
    takeBallots(entries).then(
      () => parentPort?.postMessage(null),
      (error: unknown) => parentPort?.postMessage(String(error)),
    );
  });
};

const main = async (): Promise<void> => {
  if (!isMainThread) return jobs(workerData as Task);
  const [which = '', port = '', url = '', folder = ''] = process.argv.slice(2);
  const setup: Setup = JSON.parse(await readFile(join(folder, 'setup.json'), 'utf8'));
  const task: Task = { which, port: Number(port), url, folder, setup };
  return which === 'product' ? door(task) : boltPeer(task, setup);
};

await main();
