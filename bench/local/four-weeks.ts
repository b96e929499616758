/**
 * Four weeks of the sample's 240 people through the studio's clock, twice: those from the programme's first lesson, with
 * a lesson every working day and a whole wave of the survey, and those that a newcomer asks for after the history.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Started, start } from '../../functions/local/start.ts';
import { historyEnds } from '../../functions/local/story/agency.ts';
import { median, type Outcome, secondsSince } from '../outcome.ts';
import { newFolder } from '../server.ts';

const rounds = 3;
const quiet = { info: () => undefined, warn: () => undefined };

/** The eve of the first lesson (content/programmes), 26 October 2026 in Jakarta. */
const lessonsBegin = new Date('2026-10-25T17:00:00Z');

type Round = { readonly lessonWeeks: number; readonly afterHistory: number };

/** Each round on a database of its own; medians of three. */
export const fourWeeks = async (): Promise<Outcome> => {
  const taken: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const figures = await oneRound();
    console.log(`round ${round}: ${JSON.stringify(figures)}`);
    taken.push(figures);
  }
  return {
    bench: 'four-weeks',
    got: {
      lessonWeeksSeconds: median(taken.map(({ lessonWeeks }) => lessonWeeks)),
      afterHistorySeconds: median(taken.map(({ afterHistory }) => afterHistory)),
    },
    atMost: { lessonWeeksSeconds: 10, afterHistorySeconds: 10 },
  };
};

const oneRound = async (): Promise<Round> => {
  const folder = await newFolder();
  const failures: string[] = [];
  const started = await start(
    { port: 0, language: 'en', ballot: 'chat', connect: false, reset: false, help: false },
    {
      home: join(folder, 'home'),
      databaseUrl: null,
      log: { ...quiet, error: (event) => void failures.push(event) },
      wallClock: () => performance.now(),
    },
  );
  try {
    started.journey.cancel();
    await started.journey.rest();
    await travel(started, lessonsBegin);
    const lessonWeeks = await timed(started);
    await travel(started, historyEnds);
    const afterHistory = await timed(started);
    if (failures.length > 0) throw new Error(`went wrong on the way: ${failures.join(', ')}`);
    return { lessonWeeks, afterHistory };
  } finally {
    await started.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const travel = async ({ journey, url }: Started, until: Date): Promise<void> => {
  journey.start(until);
  await journey.rest();
  const shown = await shownTime(url);
  if (shown !== until.toISOString()) throw new Error(`the clock stands at ${shown}`);
};

/** Seconds that the studio's button takes for four weeks. */
const timed = async ({ journey, url }: Started): Promise<number> => {
  const from = Date.parse(await shownTime(url));
  const began = performance.now();
  const answer = await fetch(`${url}/studio/maju`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ step: 'four-weeks' }),
  });
  if (!answer.ok) throw new Error(`the clock did not start: HTTP ${answer.status}`);
  await journey.rest();
  const seconds = secondsSince(began);
  const days = (Date.parse(await shownTime(url)) - from) / 86_400_000;
  if (days !== 28) throw new Error(`the clock moved ${days} days`);
  return seconds;
};

const shownTime = async (url: string): Promise<string> =>
  (await (await fetch(url)).text()).match(/id="jam" datetime="([^"]+)"/)?.[1] ?? '';
