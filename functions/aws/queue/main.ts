/** Lambda behind the queue. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { systemClock } from '../../app/clock.ts';
import { openInbox } from '../../app/queue/inbox.ts';
import { handleJobs } from '../jobs.ts';
import { handleBatch } from './batch.ts';

/** Handles what the door has queued. */
export const handler = await handleJobs(
  process.env,
  systemClock(() => new Date()),
  {
    patience: 30_000,
    migrates: false,
    handlerOf: (context) => {
      const inbox = openInbox(context);
      return (event: SQSEvent): Promise<SQSBatchResponse> => handleBatch(event, inbox, context.log);
    },
  },
);
