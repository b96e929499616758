/** Starting the local edition: store, host, pages, and the sample's history behind a progress bar. */
import { join, resolve } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import { storeVersion } from '../../core/store/migrate.ts';
import { readSetting, wipe } from '../../core/store/settings.ts';
import { createApp } from '../app/app.ts';
import { readCatalogue, root } from '../app/files.ts';
import { clockSetting } from './clock.ts';
import { openHost } from './host.ts';
import { openStore, reach } from './open/store.ts';
import type { Options } from './options.ts';
import { localPages, previewPages, siteOf } from './pages.ts';
import { followContent } from './preview/live-catalogue.ts';
import { openQueue } from './queue.ts';
import { fileSecrets } from './secrets.ts';
import { forThisMachine, serveOn } from './serve.ts';
import { forgetHost, noteHost, refuseSecond } from './server/lock.ts';
import { historyEnds } from './story/agency.ts';
import { studioBallots } from './story/ballot-page.ts';
import { localMigrations, prepareStore } from './story/begin.ts';
import { openStory } from './story/story.ts';
import { type Journey, openJourney } from './studio/journey.ts';
import { playedUsers } from './studio/personas.ts';
import { openStudio } from './studio/studio.ts';

export type Surroundings = {
  readonly home: string;
  /** A Postgres of the operator's own instead of the embedded one. */
  readonly databaseUrl: string | null;
  readonly log: Log;
  readonly wallClock: () => number;
};

export type Started = {
  readonly url: string;
  readonly port: number;
  /** True when the sample's history is being replayed. */
  readonly replaying: boolean;
  readonly journey: Journey;
  readonly stop: () => Promise<void>;
};

/** The sample would play in an agency's own store, and mark what its people should get as sent. */
const refuseAgency = async (db: Database): Promise<void> => {
  const { kind } = await storeVersion(db, await localMigrations());
  if (kind === 'none' || (await readSetting(db, clockSetting)) !== null) return;
  const person = await db.selectFrom('people').select('id').limit(1).executeTakeFirst();
  if (person !== undefined)
    throw new ConfigError(
      'DATABASE_URL: found the store of an agency, allowed an empty one or one of the sample, which plays in it; for real chats: npm start -- --connect',
    );
};

/** Starts everything and returns once the first page can be opened. */
export const start = async (options: Options, around: Surroundings): Promise<Started> => {
  const home = resolve(around.home);
  await refuseSecond(home);
  // Content faults stop the start before anything else is touched.
  const catalogue = await readCatalogue();
  const { databaseUrl } = around;
  const { reset } = options;
  const { server, db } = await openStore(home, { reset, databaseUrl, relaxed: true });
  // The preview follows the files; what is sent keeps the catalogue of this start.
  const live = await followContent(join(root, 'content'), { start: catalogue, log: around.log });
  try {
    await reach(db, server.url);
    if (databaseUrl !== null) await refuseAgency(db);
    if (options.reset) await wipe(db, await localMigrations());
    const secrets = fileSecrets(join(home, 'secrets'));
    await prepareStore(db, secrets);
    const queue = await openQueue(join(home, 'queue.jsonl'), around.log);
    const { ballot } = options;
    const host = await openHost({ db, catalogue, secrets, queue, log: around.log, ballot });
    await host.drain();
    const story = await openStory(host, playedUsers);
    const journey = openJourney(story, around.wallClock);
    const pages = localPages(host.context, openStudio(story, journey), options.language);
    const site = siteOf(host.context, options.language);
    pages.route('/', previewPages(host.context, live, site));
    const ballots = studioBallots(host.ballots, journey.meanwhile);
    const app = createApp({ ...host.doors, ballots, pages, log: around.log });
    const serving = await serveOn(forThisMachine(app), options.port);
    const url = `http://localhost:${serving.port}`;
    await noteHost(home, { pid: process.pid, databaseUrl: server.url, url });
    const replaying = host.clock.now() < historyEnds;
    if (replaying) journey.start(historyEnds, 'history');
    return {
      url,
      port: serving.port,
      replaying,
      journey,
      stop: async () => {
        journey.cancel();
        await journey.rest();
        await serving.stop();
        await live.close();
        await queue.close();
        await db.destroy();
        await server.stop();
        await forgetHost(home);
      },
    };
  } catch (error) {
    await live.close();
    await db.destroy();
    await server.stop();
    throw error;
  }
};
