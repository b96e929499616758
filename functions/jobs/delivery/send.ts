/** The sender: lease a lane, commit intents, one POST each at the allowed pace, settle every outcome with a reason. */

import { loadCalendar } from '../../../core/store/calendars.ts';
import { loadRecalls } from '../../../core/store/outbox/amendments.ts';
import {
  type Lease,
  lanesWithWork,
  leaseLane,
  releaseLane,
} from '../../../core/store/outbox/lanes.ts';
import { endOverdue, followChat } from '../../../core/store/outbox/outbox.ts';
import type { Context, Job } from '../context.ts';
import { type Batch, claimBatch, type Run } from './claim.ts';
import { type Flights, openFlights } from './post.ts';
import { settleBatch } from './settle.ts';

/** Milliseconds of one run; a host's function for it is given 90 s (infra/wake-ups.ts). */
const runMilliseconds = 45_000;

export const sendJob: Job = {
  next: async (_context, { outlook }) => outlook.due,
  run: async (context, now) => {
    await tendWaiting(context, now);
    // Side by side: a lane that is told to wait keeps no other waiting.
    const lanes = await lanesWithWork(context.db, now);
    const runs = await Promise.allSettled(lanes.map((lane) => sendLane(context, lane)));
    const failures = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    if (failures.length > 0) throw new AggregateError(failures, 'lanes failed');
  },
};

/** Looks after what is due and waits, also where its lane stands still. */
export const tendWaiting = async ({ db }: Context, now: Date): Promise<void> => {
  await followChat(db, now);
  await endOverdue(db, now);
};

/** One run over one lane; somebody else's lease or a paused lane is left alone. */
export const sendLane = async (context: Context, lane: number): Promise<void> => {
  const { db, clock, holder } = context;
  const started = clock.now();
  const lease = await leaseLane(db, lane, { holder, now: started });
  if (lease === null) return;
  const until = new Date(started.getTime() + runMilliseconds);
  const flights = openFlights(context);
  try {
    const run = { calendar: await loadCalendar(db), recalled: await loadRecalls(db), until };
    try {
      await sendBatches(context, flights, { lease, run });
    } finally {
      // However it ended: what is on its way is waited for and written down.
      await flights.land();
      await settleBatch(context, lease, flights.landed(false));
    }
  } finally {
    await releaseLane(db, lease);
  }
};

/**
 * Batch after batch until nothing is due, the lane stops or the run is over. On a fast lane the next batch is claimed
 * while one is posted, and the one before is settled beside both; on any other each step waits for the one before.
 */
const sendBatches = async (
  context: Context,
  flights: Flights,
  { lease: taken, run }: { readonly lease: Lease; readonly run: Run },
): Promise<void> => {
  const claim = (lease: Lease): Promise<Batch | null> =>
    context.clock.now() < run.until
      ? claimBatch(context, lease, { ...run, late: flights.late() })
      : nothing;
  let next = claim(taken);
  let settling = Promise.resolve(true);
  try {
    for (let batch = await next; batch !== null; batch = await next) {
      const ahead = batch.more && batch.overlaps && flights.going();
      next = ahead ? besides(claim(batch.lease)) : nothing;
      const lease = await post(flights, batch, run.calendar);
      if (!batch.more || !(await settling)) break;
      settling = besides(settleBatch(context, lease, flights.landed(ahead)));
      if (!ahead && (await settling)) next = claim(lease);
    }
  } finally {
    // After a failure a batch may be claimed that nobody will post.
    flights.turnBack((await next)?.intents ?? []);
    await settling;
  }
};

/**
 * Posts a batch; one with reminders is over once all is answered. Those that need no sending are known first, and settled
 * before the others they would be told apart from them.
 */
const post = async (flights: Flights, batch: Batch, calendar: Run['calendar']): Promise<Lease> => {
  const lease = await flights.post(batch, calendar);
  if (batch.intents.some(({ stream }) => stream === 'pulse-reminder')) await flights.land();
  return lease;
};

/** No batch. */
const nothing: Promise<Batch | null> = Promise.resolve(null);

/** Work that is waited for later: its failure is heard then. */
const besides = <T>(work: Promise<T>): Promise<T> => {
  work.catch(() => undefined);
  return work;
};
