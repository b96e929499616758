/** `npm run bench -- NAME [--repeats N] [--size N] [--full]`: prints figures; exit code 1 when one misses its limit. */
import { ack } from './ack/ack.ts';
import { ballots } from './ballots/ballots.ts';
import { close } from './close/close.ts';
import { coldStart } from './cold-start/cold-start.ts';
import { drain } from './drain/drain.ts';
import { ingest } from './ingest/ingest.ts';
import { firstRun } from './local/first-run.ts';
import { fourWeeks } from './local/four-weeks.ts';
import { lostAnswers } from './lost-answers/lost-answers.ts';
import { type Outcome, report } from './outcome.ts';
import { pace } from './pace/pace.ts';
import { plan } from './plan/plan.ts';
import { audit } from './results/audit.ts';
import { heatmap } from './results/heatmap.ts';
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
