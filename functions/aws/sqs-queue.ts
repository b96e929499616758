/** The durable queue on AWS: SQS has stored a body on several machines before `put` returns. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../core/ports.ts';

/** Takes JSON texts. One that was sent twice is harmless: behind the queue every key is handled once. */
export const sqsQueue = (client: SQSClient, url: string): Queue => ({
  put: async (body) => {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: asciiJson(body) }));
  },
});

/**
 * The same JSON in ASCII: SQS refuses a body with some characters that a person may type, U+FFFE for one
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
 */
const asciiJson = (json: string): string =>
  json.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
