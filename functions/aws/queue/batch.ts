/** A batch of SQS records: ballots are taken together, the rest each on its own, and only the failed ones come again. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../../../core/ports.ts';
import { entryOf } from '../../app/queue/entry.ts';
import type { Inbox } from '../../app/queue/inbox.ts';

/** Handles all records at once and names those that failed. */
export const handleBatch = async (
  { Records: records }: SQSEvent,
  inbox: Inbox,
  log: Log,
): Promise<SQSBatchResponse> => {
  const entries = records.map(({ body }) => entryOf(body));
  const ballots = entries.filter(inbox.isBallot);
  const together = handleBallots(inbox, ballots);
  const ends = await Promise.allSettled(
    entries.map(async (entry) => (ballots.includes(entry) ? together(entry) : inbox.handle(entry))),
  );
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

/** All in one go; where that fails, each by itself, so that one broken entry holds up no other. */
const handleBallots = (
  inbox: Inbox,
  ballots: readonly unknown[],
): ((entry: unknown) => Promise<void>) => {
  const taken = inbox.takeBallots(ballots).then(
    () => true,
    () => false,
  );
  return async (entry) => {
    if (!(await taken)) await inbox.handle(entry);
  };
};
