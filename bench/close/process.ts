/** The product's close in a process of its own, `close-process URL SECRETS`: counted, published, erased. */
import { openDatabase } from '../../core/store/database.ts';
import { findWave } from '../../core/store/pulse/waves.ts';
import { countsAt } from '../../core/survey/schedule/wave.ts';
import { readCatalogue } from '../../functions/app/files.ts';
import { stepWave } from '../../functions/jobs/pulse/closing.ts';
import { fileSecrets } from '../../functions/local/secrets.ts';
import { sampleAgency } from '../../functions/local/story/agency.ts';
import { secondsSince } from '../outcome.ts';
import { clockFrom } from '../sender.ts';
import { closesAt, wave } from './crowd.ts';

export type CloseRun = {
  readonly seconds: number;
  /** Memory of the process before it began, and at its peak. */
  readonly idleMb: number;
  readonly peakMb: number;
};

const [url = '', secrets = ''] = process.argv.slice(2);
const db = openDatabase(url, { max: 2 });
const now = countsAt(closesAt);
const silent = (): void => undefined;
const context = {
  db,
  catalogue: await readCatalogue(),
  chats: new Map(),
  secrets: fileSecrets(secrets),
  clock: clockFrom(now),
  log: { info: silent, warn: silent, error: silent },
  agency: sampleAgency,
  ticketKey: '',
  holder: 'bench',
};
const open = await findWave(db, wave);
if (open === null) throw new Error('no wave to close');
const idleMb = process.memoryUsage().rss / 2 ** 20;
const began = performance.now();
await stepWave(context, open, now);
const seconds = secondsSince(began);
// The kernel's own high-water mark, in KiB.
const peakMb = process.resourceUsage().maxRSS / 1024;
await db.destroy();
const run: CloseRun = { seconds, idleMb, peakMb };
console.log(JSON.stringify(run));
