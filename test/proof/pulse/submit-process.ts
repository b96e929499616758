/** The product taking ballots in, as a process of its own: door, queue, and the job behind it. */
import * as z from 'zod';
import { openDatabase } from '../../../core/store/database.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import { openHost } from '../../../functions/local/host.ts';
import { openQueue } from '../../../functions/local/queue.ts';
import { fileSecrets } from '../../../functions/local/secrets.ts';
import { log, say, stepwise } from './steps.ts';
import { answerOne } from './wave.ts';

const wish = z
  .strictObject({
    databaseUrl: z.string(),
    queue: z.string(),
    secrets: z.string(),
    now: z.iso.datetime(),
    people: z.array(z.number()),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const db = openDatabase(wish.databaseUrl, { max: 4 });
const files = fileSecrets(wish.secrets);
const queue = await openQueue(wish.queue, log);
const state = { ready: false };
const host = await openHost({
  db,
  catalogue: await readCatalogue(),
  secrets: {
    ...files,
    get: (name) => (state.ready ? stepwise(() => files.get(name)) : files.get(name)),
  },
  queue: { ...queue, put: (body) => stepwise(() => queue.put(body)) },
  log,
});
// What a killed run left on the queue.
await host.drain();
host.clock.moveTo(new Date(wish.now));
state.ready = true;
say('ready');
for (const id of wish.people) {
  await answerOne(host, db, id);
  say(`taken ${id}`);
}
await host.drain();
await queue.close();
await db.destroy();
process.stdin.destroy();
