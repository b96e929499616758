/** Lambda that the schedule calls every minute. */
import { systemClock } from '../../app/clock.ts';
import { tickAloud } from '../../jobs/tick.ts';
import { handleJobs } from '../jobs.ts';

/** Runs every job that is due. */
export const handler = await handleJobs<void, void>(
  process.env,
  systemClock(() => new Date()),
  // A statement of the close is the longest; a server that is gone costs no more than this.
  { patience: 180_000, migrates: true, handlerOf: (context) => () => tickAloud(context) },
);
