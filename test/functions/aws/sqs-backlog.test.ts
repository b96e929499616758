import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { awsCaller } from '../../../functions/aws/http/call.ts';
import { putQueue } from '../../../functions/aws/http/services.ts';
import { sqsBacklog } from '../../../functions/aws/sqs-backlog.ts';
import { startAmazon } from './amazon.ts';

const amazon = await startAmazon();
for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
afterAll(async () => {
  await amazon.stop();
  vi.unstubAllEnvs();
});

describe('what waits in SQS', () => {
  it('counts entries that wait, are being handled, or are dead', async () => {
    const { QUEUE_URL: queueUrl, DEAD_LETTERS_URL: deadLettersUrl } = amazon.environment;
    const client = new SQSClient({});
    const call = awsCaller(amazon.environment, { now: () => new Date() });
    const backlog = sqsBacklog(client, { queueUrl, deadLettersUrl });
    expect(await backlog()).toEqual({ waiting: 0, dead: 0 });
    await putQueue(call, queueUrl).put('{"satu":1}');
    await putQueue(call, deadLettersUrl).put('{"mati":1}');
    expect(await backlog()).toEqual({ waiting: 1, dead: 1 });
    await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
    expect(await backlog()).toEqual({ waiting: 1, dead: 1 });
  });
});
