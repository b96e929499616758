/**
 * A hundred thousand due rows through a transport that takes everything at once: the product's sender against
 * graphile-worker (as it comes and tuned) and pg-boss, whose handlers do nothing. Beside them, without a must: graphile-worker
 * whose handler does for a message what a sender has to, and, without a handler, the rows of pg-boss fetched and completed
 * by hand.
 */
import { sendLane } from '../../functions/jobs/delivery/send.ts';
import { seedCrowd } from '../crowd.ts';
import { planLesson, sendingTime } from '../lesson-day.ts';
import { median, type Outcome, rounded, secondsSince } from '../outcome.ts';
import { clockFrom, nullChat, openSender, states } from '../sender.ts';
import { type Server, settleDown, withServer } from '../server.ts';
import type { Wishes } from '../wishes.ts';
import { graphileDrain, handToChat, openDelivered, pgBossDrain } from './peers.ts';

/** `--size` rows (100,000), each measured `--repeats` times (1). */
export const drain = async (wishes: Wishes): Promise<Outcome> => {
  const rows = wishes.size ?? 100_000;
  const repeats = wishes.repeats ?? 1;
  return withServer(async (server) => {
    const runs = {
      product: await repeat(repeats, 'product', (name) => productDrain(server, name, rows)),
      graphileTuned: await repeat(repeats, 'graphile-tuned', async (name) =>
        graphileDrain(await server.empty(name), rows, { preset: 'tuned' }),
      ),
      sameDuty: await repeat(repeats, 'graphile-same-duty', (name) =>
        sameDutyDrain(server, name, rows),
      ),
      graphileDefault: await repeat(repeats, 'graphile-default', async (name) =>
        graphileDrain(await server.empty(name), rows, { preset: 'default' }),
      ),
      boss: await repeat(repeats, 'pg-boss', async (name) =>
        pgBossDrain(await server.empty(name), rows, 'workers'),
      ),
      bossByHand: await repeat(repeats, 'pg-boss-by-hand', async (name) =>
        pgBossDrain(await server.empty(name), rows, 'by-hand'),
      ),
    };
    const fastest = Math.min(runs.graphileTuned, runs.graphileDefault, runs.boss);
    return {
      bench: 'drain',
      got: {
        rows,
        repeats,
        seconds: runs.product,
        graphileTunedSeconds: runs.graphileTuned,
        graphileDefaultSeconds: runs.graphileDefault,
        bossSeconds: runs.boss,
        bossByHandSeconds: runs.bossByHand,
        sameDutySeconds: runs.sameDuty,
        ratioToPeer: rounded(fastest / runs.product, 2),
        ratioToSameDuty: rounded(runs.sameDuty / runs.product, 2),
        ratioToByHand: rounded(runs.bossByHand / runs.product, 2),
      },
      atMost: {},
      atLeast: { ratioToPeer: 2 },
    };
  });
};

const repeat = async (
  repeats: number,
  name: string,
  once: (database: string) => Promise<number>,
): Promise<number> => {
  const taken: number[] = [];
  for (let round = 1; round <= repeats; round += 1) taken.push(await once(`${name}-${round}`));
  console.log(`${name}: ${taken.map((seconds) => rounded(seconds, 2)).join(', ')} s`);
  return median(taken);
};

/** graphile-worker as tuned, with what the product's sender does for each message and a queue leaves to its handler. */
const sameDutyDrain = async (server: Server, name: string, rows: number): Promise<number> => {
  const { db, url } = await server.store(name);
  await seedCrowd(db, rows, { platform: 'slack', rate: 1e9, burst: 1 });
  await openDelivered(db);
  return graphileDrain(url, rows, { preset: 'tuned', handler: handToChat });
};

/** Runs follow one another, as wake-ups do, until nothing waits. */
const productDrain = async (server: Server, name: string, rows: number): Promise<number> => {
  const { db } = await server.store(name);
  const lane = await seedCrowd(db, rows, { platform: 'slack', rate: 1e9, burst: 1 });
  await planLesson(db);
  await settleDown(db);
  const clock = clockFrom(sendingTime);
  const context = await openSender({ db, chat: nullChat, clock, holder: 'bench' });
  const began = performance.now();
  let seconds = 0;
  for (let run = 1; run <= 40; run += 1) {
    await sendLane(context, lane);
    seconds = secondsSince(began);
    const found = await states(db);
    if (found['sent'] === rows) return seconds;
    console.log(`${name}, run ${run}: ${JSON.stringify(found)}`);
  }
  throw new Error(`not drained after ${seconds} s`);
};
