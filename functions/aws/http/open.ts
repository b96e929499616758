/** The doors on AWS: what a cold start puts together, without SQL and without an SDK of a chat. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { Clock } from '../../../core/clock.ts';
import { loadDoorConfig, readSettings } from '../../../core/config.ts';
import { createApp } from '../../app/app.ts';
import { openDoors } from '../../app/doors.ts';
import { readCatalogue } from '../../app/files.ts';
import { jsonLog } from '../../app/log.ts';
import { awsSecrets } from '../secrets.ts';
import { withSecrets } from '../settings.ts';
import { sqsQueue } from '../sqs-queue.ts';

const schema = z.object({ QUEUE_URL: z.url(), RUN_SECRETS_PREFIX: z.string().min(1) });

/** A platform waits three seconds for its answer: two tries of a second, then a clear failure that it sends again. */
const quick = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000 },
} as const;

/** The web application of the deployed door; throws ConfigError when a setting is missing. */
export const openHttp = async (
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Promise<Hono> => {
  const { QUEUE_URL, RUN_SECRETS_PREFIX } = readSettings(schema, env);
  const client = new SecretsManagerClient(quick);
  const config = loadDoorConfig(await withSecrets(env, awsSecrets(client, '')));
  const log = jsonLog(clock);
  const doors = openDoors(config, {
    queue: sqsQueue(new SQSClient(quick), QUEUE_URL),
    secrets: awsSecrets(client, RUN_SECRETS_PREFIX),
    catalogue: await readCatalogue(),
    fetch,
    clock,
    log,
  });
  return createApp({ ...doors, pages: null, log });
};
