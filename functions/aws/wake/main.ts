/** Lambda behind the queue of wake-ups: each is a run over one lane. */
import type { SQSEvent } from 'aws-lambda';
import { systemClock } from '../../app/clock.ts';
import { onWakeUp } from '../../jobs/wake.ts';
import { handleJobs } from '../jobs.ts';

/** Runs the lanes that the records name. */
export const handler = await handleJobs(
  process.env,
  systemClock(() => new Date()),
  {
    patience: 30_000,
    migrates: false,
    handlerOf:
      (context) =>
      async ({ Records: records }: SQSEvent): Promise<void> => {
        await Promise.all(records.map(({ body }) => onWakeUp(context, body)));
      },
  },
);
