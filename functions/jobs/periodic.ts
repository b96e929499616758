/** Jobs that run on a fixed grid of minutes, once a mark, however often the timer calls. */
import { type JobName, jobs, nextRun } from '../../core/schedule.ts';
import { beginRun, recordRun } from '../../core/store/jobs.ts';
import type { Context, Job } from './context.ts';

/** Wraps `work` so that it runs at the marks the schedule names for it. */
export const periodicJob = (
  name: JobName,
  work: (context: Context, now: Date) => Promise<void>,
): Job => ({
  next: async (_context, { now, outlook }) => {
    const when = jobs.find((job) => job.name === name)?.when;
    if (when === undefined || when === 'due') throw new Error(`job ${name} has no fixed grid`);
    return nextRun(when.everyMinutes, outlook.ran.get(name) ?? null, now);
  },
  run: async (context, now) => {
    await beginRun(context.db, name);
    await work(context, now);
    await recordRun(context.db, name, now);
  },
});
