/**
 * A server of the bench: the product's way in (door, queue synced to the disk, jobs behind the queue) or what people
 * build from Bolt. Words: which, how many processes on one port, port, database, a folder with `setup.json`. Processes
 * of the product share nothing but the database. It runs until killed.
 */
import cluster from 'node:cluster';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { slackDoor } from '../../bot/slack/door.ts';
import { openDatabase } from '../../core/store/database.ts';
import type { SignedTicket } from '../../core/survey/pulse-message.ts';
import { createApp } from '../../functions/app/app.ts';
import { openInbox } from '../../functions/app/queue/inbox.ts';
import { waveSecretName } from '../../functions/jobs/pulse/wave-secrets.ts';
import { openQueue } from '../../functions/local/queue.ts';
import { serveOn } from '../../functions/local/serve.ts';
import { clockFrom, nullChat, openSender } from '../sender.ts';
import { boltPeer } from './peer.ts';

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

type Task = { readonly port: number; readonly url: string; readonly folder: string };

/** Milliseconds between two looks into the queue, so that ballots are taken many at a time. */
const pause = 50;

const product = async ({ port, url, folder }: Task, setup: Setup): Promise<void> => {
  const { signingSecret, ticketKey, pulse } = setup;
  const clock = clockFrom(new Date(setup.opening), setup.began);
  const db = openDatabase(url);
  const sender = await openSender({ db, chat: nullChat, clock, holder: 'bench' });
  const context = { ...sender, ticketKey };
  await context.secrets.put(waveSecretName(pulse.ticket.wave, 'secret'), setup.waveSecret);
  const { catalogue, log } = context;
  const file = join(folder, `queue-${process.pid}.jsonl`);
  const queue = await openQueue(file, log, { synced: true });
  const slack = slackDoor({
    signingSecrets: [signingSecret],
    ticketKey,
    botToken: async () => null,
    fetch,
    catalogue,
    queue,
    clock,
    log,
  });
  await serveOn(createApp({ slack, teams: null, ballots: null, pages: null, log }), port);
  const inbox = openInbox(context);
  for (;;) {
    await queue.drain(inbox);
    await wait(pause);
  }
};

const main = async (): Promise<void> => {
  const [which = '', processes = '', port = '', url = '', folder = ''] = process.argv.slice(2);
  if (cluster.isPrimary && processes !== '1') {
    for (let nth = 0; nth < Number(processes); nth += 1) cluster.fork();
    return;
  }
  // Of a killed server no process stays behind.
  process.on('disconnect', () => process.exit());
  const setup: Setup = JSON.parse(await readFile(join(folder, 'setup.json'), 'utf8'));
  const task = { port: Number(port), url, folder };
  await (which === 'product' ? product(task, setup) : boltPeer(task, setup));
};

await main();
