/**
 * Four weeks of the sample's 240 people through the studio's clock, after its history: a wave of the survey, the last
 * lessons of the programme and the holidays of December. A month with a lesson every working day is heavier.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyEnds } from '../functions/local/agency.ts';
import { start } from '../functions/local/start.ts';
import { median, type Outcome, secondsSince } from './outcome.ts';

const rounds = 3;
const quiet = { info: () => undefined, warn: () => undefined };

/** Each round begins at the history's end on a database of its own; the median of three. */
export const fourWeeks = async (): Promise<Outcome> => {
  const taken: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    taken.push(await oneRound());
    console.log(`round ${round}: ${taken.at(-1)?.toFixed(2)} s`);
  }
  return { bench: 'four-weeks', got: { seconds: median(taken) }, atMost: { seconds: 10 } };
};

const oneRound = async (): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-'));
  // Closed to the user whom root's server runs as, the data would come to lie elsewhere.
  await chmod(folder, 0o755);
  const failures: string[] = [];
  const started = await start(
    { port: 0, language: 'en', reset: false, help: false },
    {
      home: join(folder, 'home'),
      databaseUrl: null,
      log: { ...quiet, error: (event) => void failures.push(event) },
      wallClock: () => performance.now(),
    },
  );
  try {
    await started.journey.rest();
    const before = await shownTime(started.url);
    if (before !== historyEnds.toISOString()) throw new Error(`the history ended at ${before}`);
    const began = performance.now();
    const answer = await fetch(`${started.url}/studio/maju`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: started.url },
      body: JSON.stringify({ step: 'four-weeks' }),
    });
    if (!answer.ok) throw new Error(`the clock did not start: HTTP ${answer.status}`);
    await started.journey.rest();
    const seconds = secondsSince(began);
    const days = (Date.parse(await shownTime(started.url)) - historyEnds.getTime()) / 86_400_000;
    if (days !== 28) throw new Error(`the clock moved ${days} days`);
    if (failures.length > 0) throw new Error(`went wrong on the way: ${failures.join(', ')}`);
    return seconds;
  } finally {
    await started.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const shownTime = async (url: string): Promise<string> =>
  (await (await fetch(url)).text()).match(/id="jam" datetime="([^"]+)"/)?.[1] ?? '';
