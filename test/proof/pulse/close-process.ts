/** The product closing a wave, as a process of its own. */
import * as z from 'zod';
import { openDatabase } from '../../../core/store/database.ts';
import { wavesJob } from '../../../functions/jobs/pulse/waves.ts';
import { fileSecrets } from '../../../functions/local/secrets.ts';
import { contextOver } from './context.ts';
import { log, say, stepwise } from './steps.ts';

const wish = z
  .strictObject({ databaseUrl: z.string(), secrets: z.string(), now: z.iso.datetime() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const db = openDatabase(wish.databaseUrl, { max: 2 });
const files = fileSecrets(wish.secrets);
const now = new Date(wish.now);
const context = await contextOver(db, now, {
  get: (name) => stepwise(() => files.get(name)),
  put: (name, value) => stepwise(() => files.put(name, value)),
  remove: (name) => stepwise(() => files.remove(name)),
});
say('ready');
await wavesJob.run({ ...context, log }, now);
await db.destroy();
process.stdin.destroy();
