/** `npm run bench -- <name>`: prints its figures; exit code 1 when one misses its limit. */
import { firstRun } from './first-run.ts';
import { fourWeeks } from './four-weeks.ts';
import { ingest } from './ingest.ts';
import { type Outcome, report } from './outcome.ts';

const benches: Readonly<Record<string, () => Promise<Outcome>>> = {
  'first-run': firstRun,
  'four-weeks': fourWeeks,
  ingest,
};

const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench === undefined) {
  console.error(`bench: found "${name}", allowed ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
process.exitCode = report(await bench()) ? 0 : 1;
