/**
 * Direct messages at a chat's limit of 10 a second and 20 at once: the product's sender alone, under a limit that moves
 * unannounced, and as four senders of which the holder is killed; against calls at once, one after the other, and BullMQ.
 */
import { median, type Outcome } from './outcome.ts';
import { limitedQueue, naive, serial } from './pace-peers.ts';
import { type PaceRun, productRun, type Variant } from './pace-runs.ts';
import { type Server, withServer } from './server.ts';
import type { Wishes } from './wishes.ts';

const variants = ['steady', 'moving', 'contended'] as const;

/** `--size` messages (600) and `--repeats` (2); `--full` takes five and adds one steady run of ten times as many. */
export const pace = async (wishes: Wishes): Promise<Outcome> => {
  const sends = wishes.size ?? 600;
  const repeats = wishes.repeats ?? (wishes.full ? 5 : 2);
  return withServer(async (server) => {
    const peers = await peerRuns(sends);
    const runs = await productRuns(server, sends, repeats);
    const longRun = wishes.full
      ? await productRun(server, 'steady', { sends: sends * 10, round: 1 })
      : null;
    const of = (variant: Variant, name: keyof PaceRun): number =>
      median(
        runs[variant].map((run) => run[name]),
        3,
      );
    const skipped = peers.bullMq === null ? ['bullmq'] : [];
    return {
      bench: 'pace',
      got: {
        sends,
        repeats,
        steady: of('steady', 'fraction'),
        moving: of('moving', 'fraction'),
        contended: of('contended', 'fraction'),
        steadyRefused: of('steady', 'refusedPer1000'),
        movingRefused: of('moving', 'refusedPer1000'),
        contendedRefused: of('contended', 'refusedPer1000'),
        contendedInDoubt: of('contended', 'inDoubt'),
        ...(longRun === null
          ? {}
          : { long: longRun.fraction, longRefused: longRun.refusedPer1000 }),
        naive: peers.naive.fraction,
        naiveRefused: peers.naive.refusedPer1000,
        serial: peers.serial.fraction,
        serialRefused: peers.serial.refusedPer1000,
        ...(peers.bullMq === null
          ? {}
          : { bullmq: peers.bullMq.fraction, bullmqRefused: peers.bullMq.refusedPer1000 }),
      },
      atMost: {
        steadyRefused: 1,
        // A limit lowered unannounced shows itself only by refusing.
        movingRefused: 1,
        contendedRefused: 1,
        ...(longRun === null ? {} : { longRefused: 1 }),
      },
      atLeast: {
        steady: 0.98,
        moving: 0.95,
        contended: 0.98,
        ...(longRun === null ? {} : { long: 0.98 }),
      },
      skipped,
    };
  });
};

/** Side by side: each has a chat of its own, and ten messages a second keep no core busy. */
const peerRuns = async (sends: number) => {
  const [atOnce, oneByOne, queue] = await Promise.all([
    naive(sends),
    serial(sends),
    limitedQueue(sends),
  ]);
  const found = { naive: atOnce, serial: oneByOne, bullMq: queue };
  for (const [name, run] of Object.entries(found)) console.log(`${name}: ${JSON.stringify(run)}`);
  return found;
};

const productRuns = async (server: Server, sends: number, repeats: number) => {
  const runs: Record<Variant, PaceRun[]> = { steady: [], moving: [], contended: [] };
  // One after the other: what is measured is tenths of a second.
  for (let round = 1; round <= repeats; round += 1)
    for (const variant of variants) {
      const run = await productRun(server, variant, { sends, round });
      runs[variant].push(run);
      console.log(`round ${round}, ${variant}: ${JSON.stringify(run)}`);
    }
  return runs;
};
