/** The sender's POSTs: a batch at its pace, each message exactly once. */
import { setImmediate } from 'node:timers/promises';
import { nextWindow, type WorkCalendar } from '../../../core/calendar/work-time.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { isRecall } from '../../../core/delivery/amendment.ts';
import type { Outcome } from '../../../core/ports.ts';
import { type Lease, renewLease } from '../../../core/store/outbox/lanes.ts';
import type { Context } from '../context.ts';
import { type Compose, composer } from '../words/compose.ts';
import { type Air, openAir } from './air.ts';
import type { Batch } from './claim.ts';
import { type Replace, recaller } from './recall.ts';
import {
  type Intent,
  type Landed,
  laneWaits,
  leaseOver,
  type Result,
  runFailed,
} from './settle.ts';

/** POSTs of one lane that are under way at once. */
const inFlight = 16;

/** After so many POSTs whatever else waits has its turn: a chat that answers at once would keep the store's answers waiting. */
const breath = 100;

/** With less than so many milliseconds left a lease is renewed in the middle of a batch. */
const leaseLeft = 1_000;

/** The POSTs of one run: a slow answer keeps no later message from going. */
export type Flights = {
  /** Posts a batch at its pace without waiting for the answers; gives the lease, which it may have renewed. */
  readonly post: (batch: Batch, calendar: WorkCalendar) => Promise<Lease>;
  /** The results since the last question; `ahead` = a batch that was claimed before them is still to be posted. */
  readonly landed: (ahead: boolean) => readonly Landed[];
  /** Waits for every answer that is still to come. */
  readonly land: () => Promise<void>;
  /** Whether messages go, or an answer keeps back what has been claimed. */
  readonly going: () => boolean;
  /** Milliseconds by which the last batch went later than its pace allowed. */
  readonly late: () => number;
  /** Gives intents back to waiting: none of them has gone. */
  readonly turnBack: (intents: readonly Intent[]) => void;
};

/**
 * Opens a run's POSTs. Once the platform asks for silence or refuses the whole lane, what has been claimed and has not
 * gone goes back to waiting.
 */
export const openFlights = (context: Context): Flights => {
  const air = openAir<Result>(inFlight);
  const heard: Heard = { results: [], stop: null };
  let late = 0;
  const turnBack = (intents: readonly Intent[]): void => {
    for (const intent of intents) note(heard, intent, heard.stop ?? back(runFailed));
  };
  const launch = (intent: Intent, under: Under): void => {
    const result = postOne(context, intent, under);
    if (result instanceof Promise) air.launch(result, (answer) => note(heard, intent, answer));
    else note(heard, intent, result);
  };
  const post = async (batch: Batch, calendar: WorkCalendar): Promise<Lease> => {
    const { intents } = batch;
    let gone = 0;
    try {
      const under = await openBatch(context, batch, calendar);
      late = under.late;
      for (const intent of intents) {
        const turn = turnOf(context, air, { intent, under });
        if (turn !== null) await turn;
        if (heard.stop !== null) break;
        launch(intent, under);
        gone += 1;
        if (gone % breath === 0) await setImmediate();
      }
      return under.lease;
    } finally {
      turnBack(intents.slice(gone));
    }
  };
  return {
    post,
    landed: (ahead) => {
      const { results } = heard;
      heard.results = [];
      if (!ahead) heard.stop = null;
      return results;
    },
    land: air.land,
    going: () => heard.stop === null,
    late: () => late,
    turnBack,
  };
};

/** The results of a run that are not settled yet, and the one that keeps back what has been claimed. */
type Heard = { results: Landed[]; stop: Result | null };

const note = (heard: Heard, intent: Intent, result: Result): void => {
  heard.stop ??= stopping(result);
  heard.results.push([intent, result]);
};

/** What a batch goes under: its lease, and what it is put into words and replaced with. */
type Under = {
  lease: Lease;
  readonly calendar: WorkCalendar;
  readonly compose: Compose;
  readonly replace: Replace;
  /** Milliseconds that the claim took, or the one before: the platform counts from the first request it sees. */
  readonly late: number;
};

const openBatch = async (
  context: Context,
  { intents, lease, claimedAt, late: before }: Batch,
  calendar: WorkCalendar,
): Promise<Under> => {
  const compose = await composer(context, intents);
  const replace = await recaller(context, lease, intents);
  const late = Math.max(before, context.clock.now().getTime() - claimedAt.getTime());
  return { lease, calendar, compose, replace, late };
};

type Turn = { readonly intent: Intent; readonly under: Under };

/** Waits for an intent's turn, for room in the air and for a lease that lasts; null where nothing is to be waited for. */
const turnOf = (context: Context, air: Air<Result>, turn: Turn): Promise<void> | null => {
  const now = context.clock.now().getTime();
  const ready = dueAt(turn) <= now && !air.full() && lasts(turn.under.lease, now);
  return ready ? null : waitForTurn(context, air, turn);
};

const waitForTurn = async ({ clock, db }: Context, air: Air<Result>, turn: Turn): Promise<void> => {
  const { under } = turn;
  const wait = dueAt(turn) - clock.now().getTime();
  if (wait > 0) await clock.sleep(wait);
  if (air.full()) await air.landing();
  const now = clock.now();
  if (!lasts(under.lease, now.getTime()))
    under.lease = (await renewLease(db, under.lease, now)) ?? under.lease;
};

const dueAt = ({ intent, under }: Turn): number => intent.at.getTime() + under.late;

const lasts = (lease: Lease, at: number): boolean => lease.until.getTime() - at >= leaseLeft;

/** What becomes of everything else that is claimed after this result, because its lane waits or stops; or null. */
const stopping = (result: Result): Result | null => {
  if (result === 'not-needed') return null;
  const waits = result.state === 'retry' && result.afterSeconds !== null;
  return waits || result.state === 'lane-paused' ? back(laneWaits) : null;
};

/** Exactly one POST; what may hinder it is looked at before anything is opened for it, and once more just before the write. */
const postOne = (context: Context, intent: Intent, under: Under): Result | Promise<Result> => {
  const chat = context.chats.get(intent.address.platform);
  if (chat === undefined) return { state: 'lane-paused', reason: 'platform-not-configured' };
  if (isRecall(intent.stream)) return under.replace(chat, intent);
  const message = inWords(context, intent, under.compose);
  if (message === null) return 'not-needed';
  // Nothing left: one message that cannot be put into words keeps no other from going.
  if (message === 'broken') return back('not-composed');
  return (
    whyNot(intent, under, context.clock.now()) ??
    chat.deliver(intent.address, message, {
      key: intent.key,
      honoured: under.lease.deduplicates,
      hindrance: () => hindranceTo(context, intent, under),
    })
  );
};

/** The last look, for which a lease that ran out while something was opened is renewed unless another has the lane. */
const hindranceTo = async (
  { db, clock }: Context,
  intent: Intent,
  under: Under,
): Promise<TurnedBack | null> => {
  const now = clock.now();
  // Who cannot ask whether the lane is still theirs does not write.
  if (now >= under.lease.until)
    under.lease = (await renewLease(db, under.lease, now).catch(() => null)) ?? under.lease;
  return whyNot(intent, under, clock.now());
};

/** Why a message may not leave at `now`, and what becomes of it; null where it may. */
const whyNot = (intent: Intent, { calendar, lease }: Under, now: Date): TurnedBack | null => {
  if (now >= intent.expires) return back('deadline');
  // Its turn in the pace came after the window had closed: the next claim moves it.
  if (nextWindow(calendar, intent.person, now).moved !== null) return back('window');
  // A process that stood still wakes to find its lane in other hands.
  return now >= lease.until ? back(leaseOver) : null;
};

type TurnedBack = Extract<Outcome, { state: 'retry' }>;

const back = (reason: string): TurnedBack => ({ state: 'retry', reason, afterSeconds: null });

const inWords = (
  context: Context,
  intent: Intent,
  compose: Compose,
): ChatMessage | 'broken' | null => {
  try {
    return compose(intent);
  } catch (error) {
    const kind = error instanceof Error ? error.name : '';
    context.log.error('message.not-composed', { stream: intent.stream, item: intent.item, kind });
    return 'broken';
  }
};
