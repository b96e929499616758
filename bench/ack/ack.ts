/**
 * The doors while the database is stopped: how long an answer takes, whether forms open and say that an answer has been
 * received, and whether every event is processed once when the database is back, though each was delivered twice.
 */
import { sql } from 'kysely';
import type { Inbound } from '../../core/conversation/event.ts';
import { actionIds } from '../../core/conversation/message.ts';
import type { Platform } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import type { LocalMessage } from '../../core/store/local-messages.ts';
import type { Actor } from '../../functions/local/chat/actor.ts';
import { type Outcome, rounded } from '../outcome.ts';
import type { Wishes } from '../wishes.ts';
import { type AckHost, withAckHost } from './host.ts';

type Timings = Record<string, number[]>;
type Shown = { formsOpened: number; forms: number; received: number; receipts: number };

/** `--size` people (100), half of them in each chat. */
export const ack = (wishes: Wishes): Promise<Outcome> =>
  withAckHost(async (opened) => {
    const { db, store, host } = opened;
    const invitations = host.messages().filter((message) => pulseOf(opened, message) !== undefined);
    const half = (wishes.size ?? 100) / 2;
    const asked = (['slack', 'teams'] as const).flatMap((platform) =>
      invitations.filter((message) => message.platform === platform).slice(0, half),
    );
    await store.stop();
    await mustBeAway(db);
    const timings: Timings = {};
    const shown = { formsOpened: 0, forms: 0, received: 0, receipts: 0 };
    for (const message of asked) await actAll(opened, message, { timings, shown });
    await store.start();
    const after = await processTwice(opened);
    return outcome(asked.length, { timings, shown, after });
  });

const outcome = (
  people: number,
  seen: {
    readonly timings: Timings;
    readonly shown: Shown;
    readonly after: Awaited<ReturnType<typeof processTwice>>;
  },
): Outcome => {
  const { timings, shown, after } = seen;
  const slowest = Object.entries(timings).map(([name, times]) => [`${name}P99Ms`, p99(times)]);
  return {
    bench: 'ack',
    got: {
      people,
      ...Object.fromEntries(slowest),
      p99Ms: p99(Object.values(timings).flat()),
      formsNotOpened: shown.forms - shown.formsOpened,
      receiptsMissing: shown.receipts - shown.received,
      ...after,
    },
    atMost: { p99Ms: 300, formsNotOpened: 0, receiptsMissing: 0, lost: 0, twice: 0, dead: 0 },
    atLeast: { people: 2 },
  };
};

const p99 = (times: readonly number[]): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return rounded(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN, 1);
};

const actorOf = ({ host }: AckHost, platform: Platform): Actor => {
  const actor = host.actors.get(platform);
  if (actor === undefined) throw new Error(`no chat ${platform}`);
  return actor;
};

/** The button that opens or sends the form. */
const pulseOf = (opened: AckHost, { platform, payload }: LocalMessage) =>
  actorOf(opened, platform)
    .buttons(payload)
    .find(({ action }) => action === actionIds.openPulse || action === actionIds.submitPulse);

/** The bench would measure nothing with a database that answers. */
const mustBeAway = async (db: Database): Promise<void> => {
  const answered = await sql`SELECT 1`.execute(db).then(
    () => true,
    () => false,
  );
  if (answered) throw new Error('the database answers though it was stopped');
};

type Into = { readonly timings: Timings; readonly shown: Shown };

/** Everything one person does: types, presses, answers. */
const actAll = async (opened: AckHost, message: LocalMessage, into: Into): Promise<void> => {
  const actor = actorOf(opened, message.platform);
  const { userId } = message;
  if (received.test(JSON.stringify(message.payload)))
    throw new Error('an invitation says already that an answer was received');
  const typed = await timed(into, `${message.platform}Event`, () =>
    actor.type({ userId, text: 'bantuan' }),
  );
  mustHaveGone(typed);
  await (message.platform === 'slack' ? onSlack : onTeams)(opened, message, into);
};

/** A command, the Home, the form behind its button, and the form sent. */
const onSlack = async (opened: AckHost, message: LocalMessage, into: Into): Promise<void> => {
  const actor = actorOf(opened, 'slack');
  const { userId, ref } = message;
  const { timings, shown } = into;
  mustHaveGone(
    await timed(into, 'slackCommand', () => actor.type({ userId, text: '/langkah data-saya' })),
  );
  mustHaveGone(await timed(into, 'slackEvent', async () => actor.home?.open(userId)));
  mustHaveGone(await timed(into, 'slackAction', () => pressSkip(actor, message)));
  const element = pulseOf(opened, message)?.element;
  const form = await timed(into, 'slackAction', () =>
    actor.press({ userId, ref, element, inputs: {} }),
  );
  shown.forms += 1;
  if (form.viewId !== undefined && JSON.stringify(form.view).includes('"input"'))
    shown.formsOpened += 1;
  // Opening it once more is part of answering, and not counted again.
  const sent = await timed({ timings }, 'slackForm', () =>
    actor.answerPulse({ userId, message, answers: answersOf(opened), comment: null }),
  );
  noteReceipt(shown, sent.view);
};

/** A button, and the form inside the card. */
const onTeams = async (opened: AckHost, message: LocalMessage, into: Into): Promise<void> => {
  const actor = actorOf(opened, 'teams');
  const { userId, ref } = message;
  mustHaveGone(await timed(into, 'teamsInvoke', () => pressSkip(actor, message)));
  await timed(into, 'teamsInvoke', () =>
    actor.answerPulse({ userId, message, answers: answersOf(opened), comment: null }),
  );
  noteReceipt(into.shown, actor.message(ref)?.payload);
};

/** "Lewati periode ini": a press that the database has to hear of. */
const pressSkip = async (actor: Actor, { userId, ref, payload }: LocalMessage) => {
  const skip = actor.buttons(payload).find(({ action }) => action === actionIds.skipPulse);
  if (skip === undefined) throw new Error('the invitation cannot be skipped');
  return actor.press({ userId, ref, element: skip.element, inputs: {} });
};

const mustHaveGone = (result: { readonly error?: string } | undefined): void => {
  if (result?.error !== undefined) throw new Error(`a door answered ${result.error}`);
};

/** The middle of the scale for every item of the survey; those of other waves are not in the form. */
const answersOf = ({ host }: AckHost): Readonly<Record<string, string>> =>
  Object.fromEntries(host.context.catalogue.survey.items.map(({ id }) => [id, '3']));

/** Said in the person's language. */
const received = /\bditerima\b|\breceived\b/i;

/** Whether what the person is shown says so. */
const noteReceipt = (shown: Shown, seen: unknown): void => {
  shown.receipts += 1;
  if (received.test(JSON.stringify(seen) ?? '')) shown.received += 1;
};

const timed = async <T>(
  { timings }: Pick<Into, 'timings'>,
  name: string,
  act: () => Promise<T>,
): Promise<T> => {
  const began = performance.now();
  const done = await act();
  timings[name] ??= [];
  timings[name].push(performance.now() - began);
  return done;
};

/** Handles what waits, then all of it once more: the second time nothing may change. */
const processTwice = async (opened: AckHost) => {
  const { host, put, again, dead } = opened;
  const began = performance.now();
  await host.drain();
  const seconds = rounded((performance.now() - began) / 1_000, 1);
  const once = await counted(opened);
  for (const entry of [...put]) await again(entry);
  await host.drain();
  const twice = await counted(opened);
  const entries = put.map((entry): Inbound => JSON.parse(entry));
  const ballots = new Set(entries.filter(({ ballot }) => ballot !== null).map(({ key }) => key));
  const others = new Set(entries.filter(({ ballot }) => ballot === null).map(({ key }) => key));
  return {
    events: entries.length,
    lost: ballots.size - once.ballots + others.size - once.seen,
    twice: twice.ballots - once.ballots + twice.seen - once.seen + twice.messages - once.messages,
    dead: await dead(),
    drainSeconds: seconds,
  };
};

const counted = async ({ db, host }: AckHost) => {
  const { rows } = await sql<{ ballots: number; seen: number }>`
    SELECT (SELECT count(*) FROM ballots)::int AS ballots,
      (SELECT count(*) FROM seen_events)::int AS seen`.execute(db);
  const [row = { ballots: Number.NaN, seen: Number.NaN }] = rows;
  return { ...row, messages: host.messages().length };
};
