/** The sender's POSTs: a batch at its pace, each message exactly once. */
import { nextWindow, type WorkCalendar } from '../../core/calendar/work-time.ts';
import { isRecall } from '../../core/delivery/amendment.ts';
import { type Lease, renewLease } from '../../core/store/lanes.ts';
import type { Batch } from './claim.ts';
import { type Compose, composer } from './compose.ts';
import type { Context } from './context.ts';
import { type Replace, recaller } from './recall.ts';
import type { Intent, Result } from './settle.ts';

/** POSTs of one lane that are under way at once. */
const inFlight = 16;

/** With less than so many milliseconds left a lease is renewed in the middle of a batch. */
const leaseLeft = 1_500;

/** The POSTs of one run: a slow answer keeps no later message from going. */
export type Flights = {
  /** Posts a batch at its pace without waiting for the answers; gives the lease, which it may have renewed. */
  readonly post: (batch: Batch, calendar: WorkCalendar) => Promise<Lease>;
  /** The results that have come since the last question. */
  readonly landed: () => readonly (readonly [Intent, Result])[];
  /** Waits for every answer that is still to come. */
  readonly land: () => Promise<void>;
};

/**
 * Opens a run's POSTs. Once the platform asks for silence, or the lane is in other hands, what has not gone goes back to
 * waiting.
 */
export const openFlights = (context: Context): Flights => {
  const { clock, db } = context;
  const flying = new Set<Promise<unknown>>();
  let results: (readonly [Intent, Result])[] = [];
  let stop: Result | null = null;
  const launch = (intent: Intent, post: () => Promise<Result>): void => {
    const flight = (stop === null ? post() : Promise.resolve(stop)).then((result) => {
      flying.delete(flight);
      stop ??= silence(result);
      results.push([intent, result]);
    });
    flying.add(flight);
  };
  const post = async (batch: Batch, calendar: WorkCalendar): Promise<Lease> => {
    let { lease } = batch;
    const compose = await composer(context, batch.intents);
    const replace = await recaller(context, lease, batch.intents);
    // The platform counts from the first request it sees: what the claim took is not made up for.
    const late = clock.now().getTime() - batch.claimedAt.getTime();
    for (const intent of batch.intents) {
      await clock.sleep(intent.at.getTime() + late - clock.now().getTime());
      if (flying.size >= inFlight) await Promise.race(flying);
      if (lease.until.getTime() - clock.now().getTime() < leaseLeft)
        lease = (await renewLease(db, lease, clock.now())) ?? lease;
      const under = { compose, replace, lease, calendar };
      launch(intent, () => postOne(context, intent, under));
    }
    return lease;
  };
  return {
    post,
    landed: () => {
      const landed = results;
      results = [];
      stop = null;
      return landed;
    },
    land: async () => {
      await Promise.all(flying);
    },
  };
};

/** What becomes of the rest of a batch after this result: it waits as long as the platform asked, or nothing changes. */
const silence = (result: Result): Result | null =>
  result !== 'not-needed' && result.state === 'retry' && result.afterSeconds !== null
    ? { ...result, reason: 'lane-waits' }
    : null;

/** The deadline is looked at once more just before the write; then exactly one POST. */
const postOne = async (
  context: Context,
  intent: Intent,
  {
    compose,
    replace,
    lease,
    calendar,
  }: {
    readonly calendar: WorkCalendar;
    readonly compose: Compose;
    readonly replace: Replace;
    readonly lease: Lease;
  },
): Promise<Result> => {
  const chat = context.chats.get(intent.address.platform);
  if (chat === undefined) return { state: 'lane-paused', reason: 'platform-not-configured' };
  if (isRecall(intent.stream)) return replace(chat, intent);
  const message = await compose(intent).catch((error: unknown) => {
    const kind = error instanceof Error ? error.name : '';
    context.log.error('message.not-composed', { stream: intent.stream, item: intent.item, kind });
    return 'broken' as const;
  });
  if (message === null) return 'not-needed';
  // Nothing left: one message that cannot be put into words keeps no other from going.
  if (message === 'broken') return { state: 'retry', reason: 'not-composed', afterSeconds: null };
  if (context.clock.now() >= intent.expires)
    return { state: 'retry', reason: 'deadline', afterSeconds: null };
  // Its turn in the pace came after the window had closed: the next claim moves it.
  if (nextWindow(calendar, intent.person, context.clock.now()).moved !== null)
    return { state: 'retry', reason: 'window', afterSeconds: null };
  // A process that stood still wakes to find its lane in other hands.
  if (context.clock.now() >= lease.until)
    return { state: 'retry', reason: 'lease-over', afterSeconds: null };
  const key = lease.deduplicates ? { honoured: intent.key } : intent.key;
  return chat.deliver(intent.address, message, key);
};
