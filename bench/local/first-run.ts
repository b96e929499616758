/** How long a newcomer waits: to the first page, to the end of the history, and at a second start. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, type Outcome, secondsSince } from '../outcome.ts';
import { newFolder } from '../server.ts';
import { startHost } from './host-process.ts';

const rounds = 3;

type Round = { readonly firstPage: number; readonly replay: number; readonly secondStart: number };

/** Three fresh data folders, each started twice; medians. */
export const firstRun = async (): Promise<Outcome> => {
  const taken: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const figures = await oneRound();
    console.log(`round ${round}: ${JSON.stringify(figures)}`);
    taken.push(figures);
  }
  return {
    bench: 'first-run',
    got: {
      firstPageSeconds: median(taken.map(({ firstPage }) => firstPage)),
      replaySeconds: median(taken.map(({ replay }) => replay)),
      secondStartSeconds: median(taken.map(({ secondStart }) => secondStart)),
    },
    atMost: { firstPageSeconds: 10, replaySeconds: 60, secondStartSeconds: 5 },
  };
};

const oneRound = async (): Promise<Round> => {
  const folder = await newFolder();
  const home = join(folder, 'home');
  try {
    const first = await timed(home, async (url) => {
      await page(url, '/', /id="keadaan"/);
    });
    const replayBegan = performance.now();
    await first.host.said(/history has been replayed/);
    const replay = secondsSince(replayBegan);
    await first.host.stop();
    const second = await timed(home, async (url) => {
      await page(url, '/', /id="keadaan"/);
      await page(url, '/hr?tab=peta-panas', /<td class="heat-cell /);
    });
    await second.host.stop();
    return { firstPage: first.seconds, replay, secondStart: second.seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const timed = async (home: string, look: (url: string) => Promise<void>) => {
  const began = performance.now();
  const host = startHost(home);
  const [, port = ''] = await host.said(/Studio +http:\/\/localhost:(\d+)\//);
  await look(`http://127.0.0.1:${port}`);
  return { host, seconds: secondsSince(began) };
};

/** A page counts once it holds what it is for. */
const page = async (url: string, path: string, holds: RegExp): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await fetch(url + path).catch(() => null);
    if (answer?.ok && holds.test(await answer.text())) return;
    await sleep(25);
  }
  throw new Error(`${path} never held ${holds}`);
};
