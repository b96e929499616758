/** The durable queue on AWS: SQS has stored a body on several machines before `put` returns. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../core/ports.ts';

/** A sent again body is harmless: behind the queue every key is handled once. */
export const sqsQueue = (client: SQSClient, url: string): Queue => ({
  put: async (body) => {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  },
});
