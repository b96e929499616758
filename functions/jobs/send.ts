/** The sender: lease a lane, commit intents, one POST each at the allowed pace, settle every outcome with a reason. */
import { loadRecalls } from '../../core/store/amendments.ts';
import { loadCalendar } from '../../core/store/calendars.ts';
import { lanesWithWork, leaseLane, releaseLane } from '../../core/store/lanes.ts';
import { followChat } from '../../core/store/outbox.ts';
import { claimBatch } from './claim.ts';
import type { Context, Job } from './context.ts';
import { openFlights } from './post.ts';
import { settleBatch } from './settle.ts';

/** Milliseconds of one run; a host's functions are given 60 s. */
const runMilliseconds = 45_000;

export const sendJob: Job = {
  next: async (_context, { outlook }) => outlook.due,
  run: async (context, now) => {
    await followChat(context.db, now);
    // Side by side: a lane that is told to wait keeps no other waiting.
    const lanes = await lanesWithWork(context.db, now);
    const runs = await Promise.allSettled(lanes.map((lane) => sendLane(context, lane)));
    const failures = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    if (failures.length > 0) throw new AggregateError(failures, 'lanes failed');
  },
};

/** One run over one lane; somebody else's lease or a paused lane is left alone. */
export const sendLane = async (context: Context, lane: number): Promise<void> => {
  const { db, clock, holder } = context;
  const started = clock.now();
  let lease = await leaseLane(db, lane, { holder, now: started });
  if (lease === null) return;
  const until = new Date(started.getTime() + runMilliseconds);
  const flights = openFlights(context);
  try {
    const run = { calendar: await loadCalendar(db), recalled: await loadRecalls(db), until };
    for (let more = true; more && clock.now() < until; ) {
      const batch = await claimBatch(context, lease, run);
      if (batch === null) break;
      lease = await flights.post(batch, run.calendar);
      if (!batch.more) break;
      more = await settleBatch(context, lease, flights.landed());
    }
    await flights.land();
    await settleBatch(context, lease, flights.landed());
  } finally {
    await releaseLane(db, lease);
  }
};
