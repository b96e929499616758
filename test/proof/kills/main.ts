/** A sender as a process of its own: the real jobs in a loop over the real store and real HTTP, until it is killed. */
import * as z from 'zod';
import { slackChat } from '../../../bot/slack/chat.ts';
import { slackClient } from '../../../bot/slack/client.ts';
import { openDatabase } from '../../../core/store/database.ts';
import { readOutlook } from '../../../core/store/outlook.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import type { Context, Job } from '../../../functions/jobs/context.ts';
import { reconcileJob } from '../../../functions/jobs/delivery/reconcile.ts';
import { sendJob } from '../../../functions/jobs/delivery/send.ts';
import { sampleAgency } from '../../../functions/local/story/agency.ts';
import { quickClock } from './clock.ts';

const wish = z
  .strictObject({
    databaseUrl: z.string(),
    apiUrl: z.string(),
    holder: z.string(),
    began: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const silent = (): void => undefined;

const context: Context = {
  db: openDatabase(wish.databaseUrl),
  catalogue: await readCatalogue(),
  chats: new Map([
    [
      'slack',
      // On this clock well below the 60 s after which an intent counts as interrupted, as the 15 s of a deployed host are.
      slackChat({
        client: slackClient({
          token: async () => 'xoxb-kills',
          fetch,
          apiUrl: wish.apiUrl,
          timeout: 700,
        }),
      }),
    ],
  ]),
  secrets: { get: async () => null, put: async () => undefined, remove: async () => undefined },
  clock: quickClock(wish.began),
  log: { info: silent, warn: silent, error: (event) => say(`error ${event}`) },
  agency: sampleAgency,
  ticketKey: 'kunci-tiket-untuk-uji-matinya-proses',
  holder: wish.holder,
};

/** Runs a job when it is due, as the tick does; a store that is away is asked again. */
const turn = async (job: Job): Promise<void> => {
  const now = context.clock.now();
  const next = await job.next(context, { now, outlook: await readOutlook(context.db) });
  if (next !== null && next <= now) await job.run(context, now);
};

say('ready');
for (;;) {
  for (const job of [reconcileJob, sendJob])
    await turn(job).catch((error: unknown) => {
      say(`failed ${error instanceof Error ? error.message.slice(0, 80) : ''}`);
    });
  await context.clock.sleep(3_000);
}
