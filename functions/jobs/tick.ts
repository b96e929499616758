/** One tick: every scheduled job that has work at this minute, in the order of the schedule. */
import { ceilMinute } from '../../core/clock.ts';
import { type JobName, jobs } from '../../core/schedule.ts';
import { readOutlook } from '../../core/store/outlook.ts';
import { once } from '../app/once.ts';
import type { Context, Job } from './context.ts';
import { planJob } from './delivery/plan.ts';
import { reconcileJob } from './delivery/reconcile.ts';
import { directoryJob } from './directory.ts';
import { tokensJob } from './installations.ts';
import { wavesJob } from './pulse/waves.ts';
import { learningJob, participationJob } from './reports.ts';
import { wakeJob } from './wake.ts';

const work: Readonly<Record<JobName, Job>> = {
  waves: wavesJob,
  plan: planJob,
  participation: participationJob,
  learning: learningJob,
  reconcile: reconcileJob,
  send: wakeJob,
  tokens: tokensJob,
  directory: directoryJob,
};

/** When each job next has work, as somebody saw it; a job that could not tell says why. */
export type Look = ReadonlyMap<JobName, PromiseSettledResult<Date | null>>;

/** Asks every job when it next has work. */
export const look = async (context: Context): Promise<Look> => {
  const now = context.clock.now();
  const outlook = await readOutlook(context.db);
  const asked = jobs.map(({ name }) => work[name].next(context, { now, outlook }));
  const nexts = await Promise.allSettled(asked);
  return new Map(
    jobs.flatMap(({ name }, index) => {
      const next = nexts[index];
      return next === undefined ? [] : [[name, next] as const];
    }),
  );
};

/**
 * Runs what is due; a job that fails is reported at the end and keeps no other from running. `seen` is a look after which
 * nothing has happened.
 */
export const tick = async (context: Context, seen: Look | null = null): Promise<void> => {
  const now = context.clock.now();
  const failures: unknown[] = [];
  const asked = seen ?? (await lookAloud(context));
  let next = async (name: JobName) => told(asked.get(name));
  for (const { name } of jobs) {
    try {
      const at = await next(name);
      if (at === null || at > now) continue;
      // A job that ran may have made work for those that follow.
      next = askAfresh(context);
      await work[name].run(context, now);
    } catch (error) {
      report(context, name, error);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'jobs failed in this tick');
};

/** The tick of a deployed host, which nobody watches: one that came to its end says so, whatever it met. */
export const tickAloud = async (context: Context): Promise<void> => {
  try {
    await tick(context);
  } finally {
    context.log.info('tick.ended');
  }
};

/** Without a look no job can tell that it failed: the store itself is away. */
const lookAloud = async (context: Context): Promise<Look> => {
  try {
    return await look(context);
  } catch (error) {
    report(context, 'look', error);
    throw error;
  }
};

const report = ({ log }: Context, job: JobName | 'look', error: unknown): void =>
  log.error('job.failed', { job, kind: error instanceof Error ? error.name : '' });

/** Asks jobs one by one; they share one outlook, read with the first question. */
const askAfresh = (context: Context) => {
  const outlook = once(() => readOutlook(context.db));
  return async (name: JobName): Promise<Date | null> =>
    work[name].next(context, { now: context.clock.now(), outlook: await outlook() });
};

const told = (next: PromiseSettledResult<Date | null> | undefined): Date | null => {
  if (next?.status === 'rejected') throw next.reason;
  return next?.value ?? null;
};

/** The minute mark at which a job next has work, after `now`; null when none is in sight. */
export const nextTick = (seen: Look, now: Date): Date | null => {
  const following = new Date(now.getTime() + 1);
  const instants = [...seen.values()].flatMap((one) => {
    const next = told(one);
    return next === null ? [] : [ceilMinute(next < following ? following : next).getTime()];
  });
  return instants.length === 0 ? null : new Date(Math.min(...instants));
};
