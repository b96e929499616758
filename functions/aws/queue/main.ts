/** Lambda behind the queue. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { systemClock } from '../../app/clock.ts';
import { handleQueued, openDispatchers } from '../../app/dispatchers.ts';
import { openJobs } from '../jobs.ts';
import { handleBatch } from './batch.ts';

const context = await openJobs(
  process.env,
  systemClock(() => new Date()),
);
const dispatchers = openDispatchers(context);

/** Handles what the door has queued. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  handleBatch(event, (body) => handleQueued(dispatchers, body), context.log);
