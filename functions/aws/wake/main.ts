/** Lambda behind the queue of wake-ups: each is a run over one lane. */
import type { SQSEvent } from 'aws-lambda';
import { systemClock } from '../../app/clock.ts';
import { onWakeUp } from '../../jobs/wake.ts';
import { openJobs } from '../jobs.ts';

const context = await openJobs(
  process.env,
  systemClock(() => new Date()),
);

/** Runs the lanes that the records name. */
export const handler = async ({ Records: records }: SQSEvent): Promise<void> => {
  await Promise.all(records.map(({ body }) => onWakeUp(context, body)));
};
