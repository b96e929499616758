/** Lambda behind the queue. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { systemClock } from '../../app/clock.ts';
import { openInbox } from '../../app/queue/inbox.ts';
import { openJobs } from '../jobs.ts';
import { handleBatch } from './batch.ts';

const context = await openJobs(
  process.env,
  systemClock(() => new Date()),
);
const inbox = openInbox(context);

/** Handles what the door has queued. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  handleBatch(event, inbox, context.log);
