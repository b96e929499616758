/**
 * Direct messages at a chat's limit of 10 a second and 20 at once: the product's sender alone, under a limit that moves
 * unannounced, and as four senders of which the holder is killed; against calls at once, one after the other, and BullMQ.
 */
import { median, type Outcome, rounded } from '../outcome.ts';
import { type Server, withServer } from '../server.ts';
import type { Wishes } from '../wishes.ts';
import { limitedQueue, naive, serial } from './peers.ts';
import { type PaceRun, productRound, type Variant, variants } from './runs.ts';

/** What share of the least time a variant may take at worst. */
const atLeast = { steady: 0.98, moving: 0.95, contended: 0.98 } as const;

/** `--size` messages (600) and `--repeats` (2) of each variant; `--full` takes five, and one of ten times as many. */
export const pace = async (wishes: Wishes): Promise<Outcome> => {
  const sends = wishes.size ?? 600;
  const repeats = wishes.repeats ?? (wishes.full ? 5 : 2);
  return withServer(async (server) => {
    const peers = await peerRuns(sends);
    const short = await rounds(server, sends, repeats);
    const long = wishes.full ? await rounds(server, sends * 10, 1) : null;
    return {
      bench: 'pace',
      got: {
        sends,
        repeats,
        ...fractions(short, ''),
        ...(long === null ? {} : fractions(long, 'Long')),
        ...refusals([...short, ...(long ?? [])]),
        contendedInDoubt: median(
          short.map(({ contended }) => contended.inDoubt),
          1,
        ),
        ...peerFigures(peers),
      },
      atMost: {
        steadyRefused: 1,
        contendedRefused: 1,
        // A limit lowered unannounced shows itself only by refusing, and one that was restored only by not refusing: each
        // halving costs one refusal and another for every try that finds it still low. So `moving` alone cannot keep
        // within 1 in 1,000, whoever paces, and 600 messages cannot either; over all that the long form sends it holds.
        ...(long === null ? {} : { refusedPer1000: 1 }),
      },
      atLeast: {
        ...atLeast,
        ...(long === null
          ? {}
          : Object.fromEntries(variants.map((name) => [`${name}Long`, atLeast[name]]))),
      },
      skipped: peers.bullMq === null ? ['bullmq'] : [],
    };
  });
};

type Round = Readonly<Record<Variant, PaceRun>>;

/** One round after the other; the variants of one run side by side. */
const rounds = async (server: Server, sends: number, repeats: number): Promise<Round[]> => {
  const done: Round[] = [];
  for (let round = 1; round <= repeats; round += 1) {
    const runs = await productRound(server, { sends, round });
    done.push(runs);
    for (const variant of variants)
      console.log(
        `${sends} messages, round ${round}, ${variant}: ${JSON.stringify(runs[variant])}`,
      );
  }
  return done;
};

/** Each variant's median share of the least time that its limit allows. */
const fractions = (done: readonly Round[], suffix: string) =>
  Object.fromEntries(
    variants.map((name) => [
      `${name}${suffix}`,
      median(
        done.map((round) => round[name].fraction),
        3,
      ),
    ]),
  );

/** Refusals per 1,000 messages taken, over all and by variant, and what one halving of the limit cost. */
const refusals = (done: readonly Round[]) => {
  const per1000 = (runs: readonly PaceRun[]): number =>
    rounded((1000 * total(runs, 'refused')) / total(runs, 'taken'), 2);
  const of = (name: Variant): readonly PaceRun[] => done.map((round) => round[name]);
  return {
    refusedPer1000: per1000(variants.flatMap(of)),
    ...Object.fromEntries(variants.map((name) => [`${name}Refused`, per1000(of(name))])),
    movingPerHalving: rounded(total(of('moving'), 'refused') / done.length, 2),
  };
};

const total = (runs: readonly PaceRun[], name: 'refused' | 'taken'): number =>
  runs.reduce((sum, run) => sum + run[name], 0);

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

const peerFigures = ({ naive: atOnce, serial: oneByOne, bullMq }: Peers) => ({
  naive: atOnce.fraction,
  naiveRefused: atOnce.refusedPer1000,
  serial: oneByOne.fraction,
  serialRefused: oneByOne.refusedPer1000,
  ...(bullMq === null ? {} : { bullmq: bullMq.fraction, bullmqRefused: bullMq.refusedPer1000 }),
});

type Peers = Awaited<ReturnType<typeof peerRuns>>;
