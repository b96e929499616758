/**
 * Wake-ups: a queue tells that a lane has work, and whoever takes one runs the lane. Who may do so is the lease's alone,
 * so one too many changes nothing; for one too few the next tick puts another.
 */
import * as z from 'zod';
import { lanesWithWork } from '../../core/store/outbox/lanes.ts';
import { entryOf } from '../app/queue/entry.ts';
import type { Context, Job } from './context.ts';
import { sendJob, sendLane, tendWaiting } from './delivery/send.ts';

const wakeUpSchema = z.strictObject({ lane: z.int().positive() });

const wakeUp = (lane: number): string => JSON.stringify({ lane } satisfies WakeUp);

type WakeUp = z.infer<typeof wakeUpSchema>;

/** One wake-up for each lane with due work; without a queue for them the lanes run within the tick. */
export const wakeJob: Job = {
  next: sendJob.next,
  run: async (context, now) => {
    const { db, wakeUps } = context;
    if (wakeUps === undefined) return sendJob.run(context, now);
    await tendWaiting(context, now);
    const lanes = await lanesWithWork(db, now);
    await Promise.all(lanes.map((lane) => wakeUps.put(wakeUp(lane))));
  },
};

/** Milliseconds; a run that was over sooner, though work was left, found nothing that it may do at present. */
const longRun = 20_000;

/**
 * Takes one wake-up, as text or already read as JSON: a run over its lane, and another wake-up where its time was up
 * before the work was. What fails is told and not tried again: the next tick looks at every lane.
 */
export const onWakeUp = async (context: Context, entry: unknown): Promise<void> => {
  const { db, clock, log, wakeUps } = context;
  try {
    const { lane } = wakeUpSchema.parse(entryOf(entry));
    const started = clock.now();
    await sendLane(context, lane);
    const now = clock.now();
    if (now.getTime() - started.getTime() < longRun) return;
    if ((await lanesWithWork(db, now)).includes(lane)) await wakeUps?.put(wakeUp(lane));
  } catch (error) {
    log.error('job.failed', { job: 'send', kind: error instanceof Error ? error.name : '' });
  }
};
