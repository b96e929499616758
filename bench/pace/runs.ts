/** One run at a limit: senders against a chat that counts, and how near they came to what it allows. */
import { type ChatServer, type Limit, startChat } from '../chat-server.ts';
import { type Child, startChild } from '../child.ts';
import { seedCrowd } from '../crowd.ts';
import { planLesson } from '../lesson-day.ts';
import { rounded } from '../outcome.ts';
import { states } from '../sender.ts';
import type { Server, Store } from '../server.ts';

/** The chat's limit, and how long it takes to answer. */
export const limit: Limit = { rate: 10, burst: 20 };
const answerMs = 60;

export type PaceRun = {
  /** The least seconds that the limit allows, over the seconds taken from the first request to the last message. */
  readonly fraction: number;
  readonly refusedPer1000: number;
  readonly refused: number;
  readonly taken: number;
  /** Rows whose message is neither sent nor waiting at the end: a killed sender's. */
  readonly inDoubt: number;
};

/** `moving` halves the limit at 40 % and restores it at 70 %; `contended` is four senders, the holder killed at half. */
export const variants = ['steady', 'moving', 'contended'] as const;
export type Variant = (typeof variants)[number];

type Size = { readonly sends: number; readonly round: number };

/**
 * Runs the product's sender over `sends` messages of each variant, the three side by side: each has a store, a chat and a
 * lane of its own, made before the first begins, and ten messages a second keep no core busy.
 */
export const productRound = async (
  server: Server,
  size: Size,
): Promise<Readonly<Record<Variant, PaceRun>>> => {
  const [one, two, three] = [
    await openCrowd(server, 'steady', size),
    await openCrowd(server, 'moving', size),
    await openCrowd(server, 'contended', size),
  ];
  const runs = [productRun(one), productRun(two), productRun(three)] as const;
  const [steady, moving, contended] = await Promise.all(runs);
  return { steady, moving, contended };
};

/** Messages that are due on a lane of its own. */
type Crowd = {
  readonly variant: Variant;
  readonly sends: number;
  readonly store: Store;
  readonly lane: number;
};

const openCrowd = async (
  server: Server,
  variant: Variant,
  { sends, round }: Size,
): Promise<Crowd> => {
  const store = await server.store(`${variant}-${sends}-${round}`);
  const lane = await seedCrowd(store.db, sends, { platform: 'slack', ...limit });
  await planLesson(store.db);
  return { variant, sends, store, lane };
};

const productRun = async ({ variant, sends, store, lane }: Crowd): Promise<PaceRun> => {
  const senders = new Map<string, Child<object>>();
  const chat = await openChat(variant, sends, () => void killHolder(store, lane, senders));
  const began = Date.now();
  for (let index = 1; index <= (variant === 'contended' ? 4 : 1); index += 1) {
    const name = `sender-${index}`;
    const words = [store.url, `${lane}`, chat.url, `${began}`, name];
    senders.set(name, await startChild<object>('pace/sender', words));
  }
  const ends = await Promise.allSettled([...senders.values()].map(({ answer }) => answer));
  const failed = ends.filter(({ status }) => status === 'rejected').length;
  await chat.stop();
  if (failed > (variant === 'contended' ? 1 : 0)) throw new Error(`${failed} senders failed`);
  const found = await states(store.db);
  return figures(chat, { variant, sends }, (found['sending'] ?? 0) + (found['unknown'] ?? 0));
};

const killHolder = async (
  { db }: Store,
  lane: number,
  senders: ReadonlyMap<string, Child<object>>,
): Promise<void> => {
  const { holder } = await db
    .selectFrom('lanes')
    .select('holder')
    .where('id', '=', lane)
    .executeTakeFirstOrThrow();
  senders.get(holder ?? '')?.kill();
};

/** A chat at the limit, which it moves where the variant says so; `half` is called at half. */
export const openChat = (
  variant: Variant,
  sends: number,
  half: () => void,
): Promise<ChatServer> => {
  const opened = startChat({
    answerMs,
    limit,
    onTaken: (taken) => {
      if (variant === 'contended' && taken === Math.round(sends / 2)) half();
      if (variant !== 'moving') return;
      if (taken === Math.round(sends * 0.4))
        void opened.then((chat) => chat.setRate(limit.rate / 2));
      if (taken === Math.round(sends * 0.7)) void opened.then((chat) => chat.setRate(limit.rate));
    },
  });
  return opened;
};

/** What a run came to. */
export const figures = (
  { counts }: ChatServer,
  { variant, sends }: { readonly variant: Variant; readonly sends: number },
  inDoubt: number,
): PaceRun => {
  const wall = (counts.lastAt - counts.firstAt) / 1000;
  return {
    fraction: rounded(leastSeconds(variant, sends, counts.taken) / wall, 4),
    refusedPer1000: rounded((counts.refused / counts.taken) * 1000, 2),
    refused: counts.refused,
    taken: counts.taken,
    inDoubt,
  };
};

/**
 * Least seconds from the first of `taken` messages to the last. Under the moving limit no sender can be faster than one
 * that knows beforehand when it moves: it sends its first part at the rate and comes to the slow stretch with all of the
 * burst but the message it is sending (b = burst - 1), spends that at once and goes on at half the rate. With n messages,
 * s of them in the slow stretch, at a rate of r: (n - s - 1) / r + (s - b) / (r / 2) = (n - 1 + s - 2 b) / r; 74.1 s of 600,
 * where one that spends its burst at the beginning, as everybody does who cannot know, needs 76 s at least.
 */
const leastSeconds = (variant: Variant, sends: number, taken: number): number => {
  if (variant !== 'moving') return (taken - limit.burst) / limit.rate;
  const slow = Math.round(sends * 0.7) - Math.round(sends * 0.4);
  const kept = Math.min(slow, limit.burst - 1);
  return (taken - 1 + slow - 2 * kept) / limit.rate;
};
