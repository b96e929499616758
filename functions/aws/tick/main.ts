/** Lambda that the schedule calls every minute. */
import { systemClock } from '../../app/clock.ts';
import { tick } from '../../jobs/tick.ts';
import { openJobs } from '../jobs.ts';

const context = await openJobs(
  process.env,
  systemClock(() => new Date()),
);

/** Runs every job that is due. */
export const handler = (): Promise<void> => tick(context);
