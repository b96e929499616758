/** The jobs on AWS: what a cold start of the tick, of the queue's function and of the wake-ups' puts together. */
import { randomUUID } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '../../core/clock.ts';
import { loadConfig, readSettings } from '../../core/config.ts';
import { address, filled, maybe } from '../../core/shape.ts';
import { readCatalogue } from '../app/files.ts';
import { openContext } from '../app/host.ts';
import { jsonLog } from '../app/log.ts';
import type { Context } from '../jobs/context.ts';
import { withFreshSettings } from './fresh-settings.ts';
import { awsSecrets } from './secrets.ts';
import { sqsBacklog } from './sqs-backlog.ts';
import { sqsQueue } from './sqs-queue.ts';

const wanted = {
  RUN_SECRETS_PREFIX: filled,
  /** Both known to the tick, which counts waves; the function behind the queue asks neither. */
  QUEUE_URL: maybe(address),
  DEAD_LETTERS_URL: maybe(address),
  /** Known to the tick and to whoever takes wake-ups; without it lanes run within the tick. */
  WAKE_UPS_URL: maybe(address),
} as const;

/** A function handles one event at a time; ten of each kind share the smallest database's connections. */
const connections = 4;

type Env = Readonly<Record<string, string | undefined>>;

/** How a function meets the store. */
type Manners = {
  /** Milliseconds for one statement: less than the function may run. */
  readonly patience: number;
  /** Only the tick, which alone may run as long as a migration takes; the others refuse a store that waits for it. */
  readonly migrates: boolean;
};

/** What a function does, and how it meets the store. */
type Work<E, R> = Manners & {
  readonly handlerOf: (context: Context) => (event: E) => Promise<R>;
};

/** A handler over the context of all jobs, by fresh settings; throws ConfigError when one is missing. */
export const handleJobs = <E, R>(
  env: Env,
  clock: Clock,
  { handlerOf, ...manners }: Work<E, R>,
): Promise<(event: E) => Promise<R>> => {
  const client = new SecretsManagerClient({});
  return withFreshSettings({
    env,
    secrets: awsSecrets(client, ''),
    open: async (settings) => {
      const context = await openJobs(settings, { client, clock, ...manners });
      return { handle: handlerOf(context), close: () => context.db.destroy() };
    },
    clock,
    log: jsonLog(clock),
  });
};

/** The context of all jobs on a store that is up to date; throws ConfigError when a setting is missing. */
export const openJobs = async (
  env: Env,
  {
    client,
    clock,
    ...manners
  }: Manners & { readonly client: SecretsManagerClient; readonly clock: Clock },
): Promise<Context> => {
  const settings = readSettings(wanted, env);
  const { RUN_SECRETS_PREFIX, QUEUE_URL: queueUrl, DEAD_LETTERS_URL: deadLettersUrl } = settings;
  const sqs = new SQSClient({});
  return openContext(loadConfig(env), {
    secrets: awsSecrets(client, RUN_SECRETS_PREFIX),
    ...(queueUrl === undefined || deadLettersUrl === undefined
      ? {}
      : { backlog: sqsBacklog(sqs, { queueUrl, deadLettersUrl }) }),
    ...(settings.WAKE_UPS_URL === undefined
      ? {}
      : { wakeUps: sqsQueue(sqs, settings.WAKE_UPS_URL) }),
    catalogue: await readCatalogue(),
    fetch,
    clock,
    log: jsonLog(clock),
    holder: `aws-${randomUUID()}`,
    connections,
    ...manners,
  });
};
