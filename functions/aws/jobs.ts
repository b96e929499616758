/** The jobs on AWS: what a cold start of the tick and of the queue's function puts together. */
import { randomUUID } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import { loadConfig, readSettings } from '../../core/config.ts';
import { readCatalogue } from '../app/files.ts';
import { openContext } from '../app/host.ts';
import { jsonLog } from '../app/log.ts';
import type { Context } from '../jobs/context.ts';
import { awsSecrets } from './secrets.ts';
import { withSecrets } from './settings.ts';
import { sqsBacklog } from './sqs-backlog.ts';

const schema = z.object({
  RUN_SECRETS_PREFIX: z.string().min(1),
  /** Both known to the tick, which counts waves; the function behind the queue asks neither. */
  QUEUE_URL: z.url().optional(),
  DEAD_LETTERS_URL: z.url().optional(),
});

/** A function handles one event at a time; ten of them share the smallest database's connections. */
const connections = 4;

/** The context of all jobs on a store that is up to date; throws ConfigError when a setting is missing. */
export const openJobs = async (
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Promise<Context> => {
  const settings = readSettings(schema, env);
  const { RUN_SECRETS_PREFIX, QUEUE_URL: queueUrl, DEAD_LETTERS_URL: deadLettersUrl } = settings;
  const client = new SecretsManagerClient({});
  const config = loadConfig(await withSecrets(env, awsSecrets(client, '')));
  return openContext(config, {
    secrets: awsSecrets(client, RUN_SECRETS_PREFIX),
    ...(queueUrl === undefined || deadLettersUrl === undefined
      ? {}
      : { backlog: sqsBacklog(new SQSClient({}), { queueUrl, deadLettersUrl }) }),
    catalogue: await readCatalogue(),
    fetch,
    clock,
    log: jsonLog(clock),
    holder: `aws-${randomUUID()}`,
    connections,
  });
};
