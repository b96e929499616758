/** A batch of SQS records: each is handled on its own, and only the failed ones come again. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../../../core/ports.ts';

/** Handles all records at once and names those that failed. */
export const handleBatch = async (
  { Records: records }: SQSEvent,
  handle: (body: string) => Promise<void>,
  log: Log,
): Promise<SQSBatchResponse> => {
  const ends = await Promise.allSettled(records.map(async ({ body }) => handle(body)));
  const failures = ends.flatMap((end, index) => {
    const record = records[index];
    return end.status === 'rejected' && record !== undefined
      ? [{ record, reason: end.reason }]
      : [];
  });
  for (const { record, reason } of failures)
    log.error('queue.failed', {
      record: record.messageId,
      attempt: Number(record.attributes.ApproximateReceiveCount),
      kind: reason instanceof Error ? reason.name : 'unknown',
    });
  return {
    batchItemFailures: failures.map(({ record }) => ({ itemIdentifier: record.messageId })),
  };
};
