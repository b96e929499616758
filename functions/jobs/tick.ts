/** One tick: every scheduled job that has work at this minute, in the order of the schedule. */
import { ceilMinute } from '../../core/clock.ts';
import { type JobName, jobs } from '../../core/schedule.ts';
import { lastRuns } from '../../core/store/jobs.ts';
import type { Context, Job } from './context.ts';
import { planJob } from './plan.ts';
import { reconcileJob } from './reconcile.ts';
import { learningJob, participationJob } from './reports.ts';
import { sendJob } from './send.ts';
import { wavesJob } from './waves.ts';

const work: Readonly<Record<JobName, Job>> = {
  waves: wavesJob,
  plan: planJob,
  participation: participationJob,
  learning: learningJob,
  reconcile: reconcileJob,
  send: sendJob,
};

/** Runs what is due; a job that fails is reported at the end and keeps no other from running. */
export const tick = async (context: Context): Promise<void> => {
  const now = context.clock.now();
  const failures: unknown[] = [];
  const ran = await lastRuns(context.db);
  const ask = (name: JobName) => work[name].next(context, { now, ran });
  // Asked side by side; whoever comes after a job that ran is asked again, for it may have made work.
  const early = new Map(jobs.map(({ name }) => [name, ask(name)]));
  await Promise.allSettled(early.values());
  let fresh = true;
  for (const { name } of jobs) {
    try {
      const next = await (fresh ? early.get(name) : ask(name));
      if (!next || next > now) continue;
      fresh = false;
      await work[name].run(context, now);
    } catch (error) {
      context.log.error('job.failed', {
        job: name,
        kind: error instanceof Error ? error.name : '',
      });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'jobs failed in this tick');
};

/** The minute mark at which a job next has work, after `now`; null when none is in sight. */
export const nextTick = async (context: Context): Promise<Date | null> => {
  const now = context.clock.now();
  const following = new Date(now.getTime() + 1);
  const ran = await lastRuns(context.db);
  const nexts = await Promise.all(jobs.map(({ name }) => work[name].next(context, { now, ran })));
  const instants = nexts.flatMap((next) =>
    next === null ? [] : [ceilMinute(next < following ? following : next).getTime()],
  );
  return instants.length === 0 ? null : new Date(Math.min(...instants));
};
