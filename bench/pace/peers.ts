/** What people do without a pacer of their own: everything at once, one after the other, and a limited queue. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { freePort } from '../../functions/local/server/postgres.ts';
import { quietLogger } from '../lost-answers/peers.ts';
import { bullMq } from '../peers.ts';
import { figures, limit, openChat, type PaceRun } from './runs.ts';

const channels = (sends: number): readonly string[] =>
  Array.from({ length: sends }, (_, at) => `D${String(at + 1).padStart(9, '0')}`);

const run = async (
  sends: number,
  work: (post: (channel: string) => Promise<unknown>) => Promise<unknown>,
): Promise<PaceRun> => {
  const chat = await openChat('steady', sends, () => undefined);
  const web = new WebClient('xoxb-bench', { slackApiUrl: chat.url, logger: quietLogger });
  try {
    await work((channel) => web.chat.postMessage({ channel, text: 'Langkah hari ini' }));
    if (chat.counts.taken !== sends) throw new Error(`${chat.counts.taken} of ${sends} arrived`);
    return figures(chat, { variant: 'steady', sends }, 0);
  } finally {
    await chat.stop();
  }
};

/** Every call at once; the client waits when told to. */
export const naive = (sends: number): Promise<PaceRun> =>
  run(sends, (post) => Promise.all(channels(sends).map(post)));

/** One call after the other. */
export const serial = (sends: number): Promise<PaceRun> =>
  run(sends, async (post) => {
    for (const channel of channels(sends)) await post(channel);
  });

/** BullMQ's worker with its limiter at the chat's rate; null where no redis-server is installed. */
export const limitedQueue = async (sends: number): Promise<PaceRun | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-'));
  const port = await freePort();
  const redis = await startRedis(folder, port);
  try {
    return redis === null ? null : await throughQueue(sends, port);
  } finally {
    if (redis !== null) await stopped(redis);
    await rm(folder, { recursive: true, force: true });
  }
};

const throughQueue = (sends: number, port: number): Promise<PaceRun> => {
  const { Queue, Worker } = bullMq();
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  return run(sends, async (post) => {
    const queue = new Queue('nudge', { connection });
    await queue.addBulk(
      channels(sends).map((channel) => ({
        name: 'nudge',
        data: { channel },
        opts: { removeOnComplete: true },
      })),
    );
    let done = 0;
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const work = async ({ data }: { readonly data: { readonly channel: string } }) => {
      await post(data.channel);
      done += 1;
      if (done === sends) finish();
    };
    const limiter = { max: limit.rate, duration: 1_000 };
    const worker = new Worker('nudge', work, { connection, concurrency: 50, limiter });
    await finished;
    await worker.close();
    await queue.close();
  });
};

/** Resolves once it listens; null when the program is not there. */
const startRedis = (folder: string, port: number): Promise<ChildProcess | null> =>
  new Promise((done) => {
    const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const redis = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'ignore'] });
    redis.once('error', () => done(null));
    redis.stdout.on('data', (bytes: Buffer) => {
      if (bytes.toString().includes('Ready to accept connections')) done(redis);
    });
  });

const stopped = (redis: ChildProcess): Promise<void> =>
  new Promise((done) => {
    redis.once('close', () => done());
    redis.kill('SIGTERM');
  });
