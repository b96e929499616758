/** `npm start -- --connect`: the local host with real chats instead of the sample. */
import { join, resolve } from 'node:path';
import { Hono } from 'hono';
import { type Clock, minute } from '../../../core/clock.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Log, Platform } from '../../../core/ports.ts';
import type { Database } from '../../../core/store/database.ts';
import { readSetting } from '../../../core/store/settings.ts';
import { createApp } from '../../app/app.ts';
import { readCatalogue, root } from '../../app/files.ts';
import { prepareStore } from '../../app/host.ts';
import { clockSetting } from '../clock.ts';
import { openStore, reach } from '../open/store.ts';
import type { Options } from '../options.ts';
import { connectedPages, connectedSite, previewPages } from '../pages.ts';
import { followContent } from '../preview/live-catalogue.ts';
import { openQueue } from '../queue.ts';
import { fileSecrets } from '../secrets.ts';
import { forThisMachine, serveOn } from '../serve.ts';
import { forgetHost, noteHost, refuseSecond } from '../server/lock.ts';
import { type ConnectedHost, openConnected } from './host.ts';
import { chosenPlatforms, withSlackCli } from './settings.ts';

export type Around = {
  readonly home: string;
  readonly databaseUrl: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
};

export type StartedConnected = {
  /** Where the pages are. */
  readonly url: string;
  /** The wished port or the next free one: of the doors where a chat posts to us, else of the pages. */
  readonly port: number;
  readonly host: ConnectedHost;
  readonly stop: () => Promise<void>;
};

/** Starts everything and returns once the chats are connected; what is missing in the environment is told before. */
export const startConnected = async (
  options: Options,
  around: Around,
): Promise<StartedConnected> => {
  const { clock, log, databaseUrl } = around;
  const env = withSlackCli(around.env);
  const platforms = chosenPlatforms(env);
  const home = resolve(around.home);
  await refuseSecond(home);
  const catalogue = await readCatalogue();
  const { server, db } = await openStore(home, { reset: false, databaseUrl, relaxed: false });
  const closings: (() => Promise<void>)[] = [() => server.stop(), () => db.destroy()];
  const stop = async (): Promise<void> => {
    for (const close of closings.splice(0).reverse()) await close();
  };
  try {
    await reach(db, server.url);
    await refuseSample(db, home);
    await prepareStore(db, clock.now());
    const queue = await openQueue(join(home, 'queue.jsonl'), log, {
      synced: true,
      wait: clock.sleep,
    });
    closings.push(() => queue.close());
    const secrets = fileSecrets(join(home, 'secrets'));
    const parts = { ...{ env, platforms, db, catalogue }, ...{ secrets, queue, clock, log } };
    const host = await openConnected(parts);
    closings.push(host.stop);
    await host.drain();
    const live = await followContent(join(root, 'content'), { start: catalogue, log });
    closings.push(() => live.close());
    const pages = connectedPages(host.context, options.language);
    const site = connectedSite(host.context, options.language);
    pages.route('/', previewPages(host.context, live, site));
    const inside = createApp({ slack: null, teams: null, ballots: null, pages, log });
    const serving = await serveApart(outsideApp(host, log), inside, options.port);
    closings.push(serving.stop);
    for (const chat of host.chats) {
      await chat.start();
      closings.push(chat.stop);
    }
    const { url, port } = serving;
    await noteHost(home, { pid: process.pid, databaseUrl: server.url, url });
    closings.push(() => forgetHost(home), everyMinute(clock, host.tick));
    return { url, port, host, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The pages have no sign-in: where a tunnel leads to the wished port, they are on the next free one, for this machine alone. */
const serveApart = async (outside: Hono | null, inside: Hono, port: number) => {
  const doors = outside === null ? null : await serveOn(outside, port);
  // Port 0 is any free one, for both.
  const wished = doors === null || port === 0 ? port : doors.port + 1;
  const pages = await serveOn(forThisMachine(inside), wished).catch(async (error: unknown) => {
    await doors?.stop();
    throw error;
  });
  return {
    url: `http://localhost:${pages.port}`,
    port: (doors ?? pages).port,
    stop: async (): Promise<void> => {
      await pages.stop();
      await doors?.stop();
    },
  };
};

/** What a tunnel leads to: doors, the pages of a chat's own, `/sehat`, and nothing of HR's; null where no chat posts to us. */
const outsideApp = ({ chats, context }: ConnectedHost, log: Log): Hono | null => {
  if (chats.every(({ door }) => door === null)) return null;
  const doorOf = (platform: Platform) =>
    chats.find(({ chat }) => chat.platform === platform)?.door ?? null;
  const own = new Hono();
  for (const chat of chats) {
    const pages = chat.pages?.(context) ?? null;
    if (pages !== null) own.route('/', pages);
  }
  const doors = { slack: doorOf('slack'), teams: doorOf('teams') };
  return createApp({ ...doors, ballots: null, pages: own, log });
};

/** The sample's simulated clock beside real chats would send at the wrong time to the wrong people. */
const refuseSample = async (db: Database, home: string): Promise<void> => {
  const stored = await readSetting(db, clockSetting).catch(() => null);
  if (stored !== null)
    throw new ConfigError(
      `--connect: ${home} holds the sample; name another folder with LANGKAH_HOME, or another DATABASE_URL`,
    );
};

/** Runs `work` on every minute mark, never twice at once; returns how to end it. */
const everyMinute = (clock: Clock, work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const wait = (): void => {
    const left = minute - (clock.now().getTime() % minute);
    timer = setTimeout(() => {
      running = work().finally(wait);
    }, left);
  };
  wait();
  return async () => {
    if (timer !== null) clearTimeout(timer);
    await running;
    if (timer !== null) clearTimeout(timer);
  };
};
