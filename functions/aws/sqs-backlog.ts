/** What still waits in SQS: asked before a wave is counted. */
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Backlog } from '../../core/ports.ts';

/** SQS counts approximately: figures settle within a minute of the last message, long before a wave is counted. */
const counts = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  ApproximateNumberOfMessagesDelayed: z.coerce.number(),
});

const names = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const satisfies readonly (keyof z.infer<typeof counts>)[];

/** Entries of any kind, for SQS cannot tell a ballot from a press. */
export const sqsBacklog =
  (
    client: SQSClient,
    { queueUrl, deadLettersUrl }: { readonly queueUrl: string; readonly deadLettersUrl: string },
  ): Backlog =>
  async () => {
    const count = async (url: string): Promise<number> => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }),
      );
      const found = counts.parse(Attributes);
      return names.reduce((sum, name) => sum + found[name], 0);
    };
    return { waiting: await count(queueUrl), dead: await count(deadLettersUrl) };
  };
