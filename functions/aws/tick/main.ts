/** Lambda that the schedule calls every minute. */
import { systemClock } from '../../app/clock.ts';
import { tick } from '../../jobs/tick.ts';
import { handleJobs } from '../jobs.ts';

/** Runs every job that is due. */
export const handler = await handleJobs<void, void>(
  process.env,
  systemClock(() => new Date()),
  (context) => () => tick(context),
);
