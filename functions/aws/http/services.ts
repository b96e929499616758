/** What the door needs of AWS: to read a secret and to keep a request. */
import type { Queue, Secrets } from '../../../core/ports.ts';
import { maybe, shape, text } from '../../../core/shape.ts';
import type { AwsAnswer, AwsCall } from './call.ts';

type Call = (call: AwsCall) => Promise<AwsAnswer>;

const secretShape = shape({ SecretString: maybe(text) });

/** Secrets whose names begin with `prefix`; null for one that is not there. */
export const readSecrets = (call: Call, prefix: string): Pick<Secrets, 'get'> => ({
  get: async (name) => {
    const { fault, body } = await call({
      service: 'secretsmanager',
      target: 'secretsmanager.GetSecretValue',
      body: { SecretId: `${prefix}${name}` },
    });
    if (fault === 'ResourceNotFoundException') return null;
    if (fault !== null) throw new Error(`secret ${prefix}${name}: ${fault}`);
    return secretShape(body).SecretString ?? null;
  },
});

/**
 * The durable queue: SQS has stored a body on several machines before `put` returns. Takes JSON texts. One that was sent
 * twice is harmless: behind the queue every key is handled once.
 */
export const putQueue = (call: Call, url: string): Queue => ({
  put: async (body) => {
    const { fault } = await call({
      service: 'sqs',
      target: 'AmazonSQS.SendMessage',
      body: { QueueUrl: url, MessageBody: asciiJson(body) },
    });
    if (fault !== null) throw new Error(`queue: ${fault}`);
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
