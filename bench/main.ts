/** `npm run bench -- NAME [--repeats N] [--size N] [--full]`: prints figures; exit code 1 when one misses its limit. */
import { ack } from './ack.ts';
import { audit } from './audit.ts';
import { ballots } from './ballots.ts';
import { close } from './close.ts';
import { coldStart } from './cold-start.ts';
import { drain } from './drain.ts';
import { firstRun } from './first-run.ts';
import { fourWeeks } from './four-weeks.ts';
import { heatmap } from './heatmap.ts';
import { ingest } from './ingest.ts';
import { lostAnswers } from './lost-answers.ts';
import { type Outcome, report } from './outcome.ts';
import { pace } from './pace.ts';
import { plan } from './plan.ts';
import { readWishes, type Wishes } from './wishes.ts';

const benches: Readonly<Record<string, (wishes: Wishes) => Promise<Outcome>>> = {
  'first-run': firstRun,
  'four-weeks': fourWeeks,
  ingest,
  plan,
  drain,
  pace,
  'lost-answers': lostAnswers,
  audit,
  heatmap,
  close,
  ballots,
  'cold-start': coldStart,
  ack,
};

try {
  const { name, wishes } = readWishes(process.argv.slice(2));
  const bench = benches[name];
  if (bench === undefined) {
    console.error(`bench: found "${name}", allowed ${Object.keys(benches).join(', ')}`);
    process.exitCode = 2;
  } else process.exitCode = report(await bench(wishes)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Error) || error.name !== 'ConfigError') throw error;
  console.error(error.message);
  process.exitCode = 2;
}
