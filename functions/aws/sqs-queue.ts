/** An SQS queue that a job puts to. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../core/ports.ts';

/** Takes ASCII texts; SQS has stored a body on several machines before `put` returns, and may deliver it more than once. */
export const sqsQueue = (client: SQSClient, queueUrl: string): Queue => ({
  put: async (body) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  },
});
