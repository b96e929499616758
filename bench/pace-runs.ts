/** One run at a limit: senders against a chat that counts, and how near they came to what it allows. */
import { type ChatServer, type Limit, startChat } from './chat-server.ts';
import { type Child, startChild } from './child.ts';
import { seedCrowd } from './crowd.ts';
import { planLesson } from './lesson-day.ts';
import { rounded } from './outcome.ts';
import { states } from './sender.ts';
import type { Server, Store } from './server.ts';

/** The chat's limit, and how long it takes to answer. */
export const limit: Limit = { rate: 10, burst: 20 };
const answerMs = 60;

export type PaceRun = {
  /** The least seconds that the limit allows, over the seconds taken from the first request to the last message. */
  readonly fraction: number;
  readonly refusedPer1000: number;
  readonly taken: number;
  /** Rows whose message is neither sent nor waiting at the end: a killed sender's. */
  readonly inDoubt: number;
};

/** `moving` halves the limit at 40 % and restores it at 70 %; `contended` is four senders, the holder killed at half. */
export type Variant = 'steady' | 'moving' | 'contended';

/** Runs the product's sender over `sends` messages. */
export const productRun = async (
  server: Server,
  variant: Variant,
  { sends, round }: { readonly sends: number; readonly round: number },
): Promise<PaceRun> => {
  const store = await server.store(`${variant}-${sends}-${round}`);
  const lane = await seedCrowd(store.db, sends, { platform: 'slack', ...limit });
  await planLesson(store.db);
  const senders = new Map<string, Child<object>>();
  const chat = await openChat(variant, sends, () => void killHolder(store, lane, senders));
  const began = Date.now();
  for (let index = 1; index <= (variant === 'contended' ? 4 : 1); index += 1) {
    const name = `sender-${index}`;
    const words = [store.url, `${lane}`, chat.url, `${began}`, name];
    senders.set(name, await startChild<object>('pace-sender', words));
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
    taken: counts.taken,
    inDoubt,
  };
};

/**
 * Seconds until the last of `taken` messages for a sender that knows the limit at every instant. Under the moving one it
 * does best to enter the slow stretch with all its burst unspent.
 */
const leastSeconds = (variant: Variant, sends: number, taken: number): number => {
  if (variant !== 'moving') return (taken - limit.burst) / limit.rate;
  const slow = Math.round(sends * 0.7) - Math.round(sends * 0.4);
  return (taken + Math.max(0, slow - limit.burst)) / limit.rate;
};
