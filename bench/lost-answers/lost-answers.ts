/**
 * Two thousand messages to a chat that takes 3 % of them and then resets the connection or answers 503: the product's
 * outbox over its Slack client against WebClient and the Bot Framework's connector with the retries they come with.
 */
import { sql } from 'kysely';
import { minute } from '../../core/clock.ts';
import type { Database } from '../../core/store/database.ts';
import type { Context } from '../../functions/jobs/context.ts';
import { tick } from '../../functions/jobs/tick.ts';
import { type ChatServer, startChat } from '../chat-server.ts';
import { seedCrowd } from '../crowd.ts';
import { planLesson, sendingTime } from '../lesson-day.ts';
import { type Outcome, rounded, secondsSince } from '../outcome.ts';
import { openSender, slackAt, states } from '../sender.ts';
import { type Server, withServer } from '../server.ts';
import type { Wishes } from '../wishes.ts';
import { connectorPeer, webClientPeer } from './peers.ts';

/** Of every hundred messages taken these lose their answer: 1.5 % each way on the whole. */
const fate = (nth: number): 'answered' | 'reset' | 'unavailable' => {
  const at = nth % 200;
  if (at === 33 || at === 99 || at === 166) return 'reset';
  return at === 10 || at === 70 || at === 130 ? 'unavailable' : 'answered';
};

/** `--size` messages (2,000). */
export const lostAnswers = async (wishes: Wishes): Promise<Outcome> => {
  const sends = wishes.size ?? 2_000;
  const product = await withServer((server) => withChat((chat) => ownRun(server, chat, sends)));
  console.log(`product: ${JSON.stringify(product)}`);
  const webClient = await withChat((chat) => webClientPeer(chat, sends));
  console.log(`WebClient: ${JSON.stringify(webClient)}`);
  const connector = await withChat((chat) => connectorPeer(chat, sends));
  console.log(`botframework-connector: ${JSON.stringify(connector)}`);
  return {
    bench: 'lost-answers',
    got: {
      sends,
      ...product,
      webClientDuplicates: webClient.duplicates,
      webClientLostAnswers: webClient.lostAnswers,
      webClientSeconds: webClient.seconds,
      connectorDuplicates: connector.duplicates,
      connectorLostAnswers: connector.lostAnswers,
      connectorSeconds: connector.seconds,
    },
    atMost: { duplicates: 0, lost: 0, reportedWrongly: 0, open: 0, lookUpsPerUnknown: 1 },
  };
};

const withChat = async <T>(work: (chat: ChatServer) => Promise<T>): Promise<T> => {
  const chat = await startChat({ answerMs: 0, limit: null, fate });
  return work(chat).finally(() => chat.stop());
};

const ownRun = async (server: Server, chat: ChatServer, sends: number) => {
  const { db } = await server.store('lost-answers');
  await seedCrowd(db, sends, { platform: 'slack', rate: 1e9, burst: 1 });
  await planLesson(db);
  await ranAlready(db);
  let now = sendingTime;
  const clock = { now: () => now, sleep: async () => undefined };
  const context = await openSender({ db, chat: slackAt(chat.url), clock, holder: 'bench' });
  const began = performance.now();
  // The timer of production, a minute at a time, until no doubt is left or two hours are over.
  for (let passed = 0; passed < 120 && (await openRows(context)) > 0; passed += 1) {
    now = new Date(sendingTime.getTime() + passed * minute);
    await tick(context);
  }
  return { ...(await verdict(db, chat, sends)), seconds: rounded(secondsSince(began), 1) };
};

/** The rest of the day's jobs are not what is measured. */
const ranAlready = async (db: Database): Promise<void> => {
  const names = ['plan', 'participation', 'learning'];
  await sql`INSERT INTO job_runs (name, ran_at) SELECT name, ${sendingTime}
    FROM unnest(${names}::text[]) AS n (name)`.execute(db);
};

const openRows = async ({ db }: Context): Promise<number> => {
  const found = await states(db);
  return ['planned', 'retry', 'sending', 'unknown'].reduce(
    (sum, state) => sum + (found[state] ?? 0),
    0,
  );
};

/** The outbox held against what the chat really took. */
const verdict = async (db: Database, chat: ChatServer, sends: number) => {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('identities', 'identities.person_id', 'outbox.person_id')
    .select(['outbox.state', 'identities.conversation as channel'])
    .where('stream', '=', 'lesson')
    .execute();
  if (rows.length !== sends) throw new Error(`${rows.length} rows of ${sends}`);
  const copies = (channel: string | null): number => chat.taken.get(channel ?? '') ?? 0;
  const count = (test: (row: (typeof rows)[number]) => boolean): number => rows.filter(test).length;
  const open = ['planned', 'retry', 'sending', 'unknown'];
  const unsure = [...open, 'unconfirmed'];
  const { lost: lostAnswers, lookUps } = chat.counts;
  return {
    lostAnswers,
    duplicates: [...chat.taken.values()].reduce((sum, copy) => sum + copy - 1, 0),
    /** Never taken by the chat, and nobody says so. */
    lost: count(({ state, channel }) => copies(channel) === 0 && !open.includes(state)),
    /** Said to be sent and not there, or said to have failed and there. */
    reportedWrongly: count(({ state, channel }) =>
      state === 'sent' ? copies(channel) === 0 : copies(channel) > 0 && !unsure.includes(state),
    ),
    unconfirmed: count(({ state }) => state === 'unconfirmed'),
    open: count(({ state }) => open.includes(state)),
    lookUpsPerUnknown: lostAnswers === 0 ? 0 : rounded(lookUps / lostAnswers, 2),
  };
};
