/** The packages measured against. They live in bench/package.json: the product never needs them. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { root } from '../functions/app/files.ts';

const require = createRequire(join(root, 'bench/package.json'));

/** Loads a peer by its name; one that is not installed says how to install it. */
const need = (name: string): unknown => {
  try {
    return require(name);
  } catch (cause) {
    throw new ConfigError(`bench: ${name} is missing; run npm ci --ignore-scripts in bench/`, {
      cause,
    });
  }
};

/** A peer takes so many jobs in one call. */
export const jobsInCall = 10_000;

/** Hands the people 1…`people` over in calls of so many. */
export const inCalls = async (
  people: number,
  add: (some: readonly number[]) => Promise<unknown>,
): Promise<void> => {
  for (let first = 1; first <= people; first += jobsInCall) {
    const length = Math.min(jobsInCall, people - first + 1);
    await add(Array.from({ length }, (_, at) => first + at));
  }
};

/** What graphile-worker hands to a job: statements on connections of its pool. */
export type JobHelpers = {
  readonly query: <Row>(
    text: string,
    values: readonly unknown[],
  ) => Promise<{ readonly rows: readonly Row[] }>;
};

/** What is used of graphile-worker 0.17 (worker.graphile.org/docs/library). */
type GraphileWorker = {
  readonly makeWorkerUtils: (options: { readonly connectionString: string }) => Promise<{
    readonly migrate: () => Promise<void>;
    readonly addJobs: (
      jobs: readonly {
        readonly identifier: string;
        readonly payload: object;
        readonly jobKey: string;
        readonly runAt: Date;
      }[],
    ) => Promise<readonly object[]>;
    readonly release: () => Promise<void>;
  }>;
  readonly run: (options: {
    readonly connectionString: string;
    readonly noHandleSignals: boolean;
    readonly logger: unknown;
    readonly taskList: Readonly<
      Record<string, (payload: { readonly person: number }, helpers: JobHelpers) => Promise<void>>
    >;
    readonly preset: { readonly worker: Readonly<Record<string, unknown>> };
  }) => Promise<{ readonly stop: () => Promise<void> }>;
  readonly Logger: new (write: () => () => void) => unknown;
};

export const graphileWorker = (): GraphileWorker => need('graphile-worker') as GraphileWorker;

/** What is used of pg-boss 10 (timgit.github.io/pg-boss). */
type Boss = {
  readonly on: (event: 'error', listen: (error: Error) => void) => void;
  readonly start: () => Promise<unknown>;
  readonly stop: (options: { readonly graceful: boolean }) => Promise<void>;
  readonly createQueue: (
    name: string,
    options: { readonly name: string; readonly policy: 'short' | 'standard' },
  ) => Promise<void>;
  readonly insert: (
    jobs: readonly {
      readonly name: string;
      readonly data: object;
      readonly singletonKey: string;
      readonly startAfter: Date;
    }[],
  ) => Promise<void>;
  readonly fetch: (
    name: string,
    options: { readonly batchSize: number },
  ) => Promise<readonly { readonly id: string }[]>;
  readonly complete: (name: string, ids: readonly string[]) => Promise<void>;
  readonly work: (
    name: string,
    options: { readonly batchSize: number; readonly pollingIntervalSeconds: number },
    handler: (jobs: readonly object[]) => Promise<void>,
  ) => Promise<string>;
};

/** Opens pg-boss on a database; `stop` closes it. */
export const openBoss = async (connectionString: string): Promise<Boss> => {
  const PgBoss = need('pg-boss') as new (options: object) => Boss;
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false, max: 8 });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  return boss;
};

type Closing = { readonly close: () => Promise<unknown> };

/** What is used of BullMQ (docs.bullmq.io). */
type BullMq = {
  readonly Queue: new (
    name: string,
    options: { readonly connection: object },
  ) => Closing & {
    readonly addBulk: (
      jobs: readonly { readonly name: string; readonly data: object; readonly opts: object }[],
    ) => Promise<unknown>;
  };
  readonly Worker: new (
    name: string,
    work: (job: { readonly data: { readonly channel: string } }) => Promise<void>,
    options: {
      readonly connection: object;
      readonly concurrency: number;
      readonly limiter: { readonly max: number; readonly duration: number };
    },
  ) => Closing;
};

export const bullMq = (): BullMq => {
  need('ioredis');
  return need('bullmq') as BullMq;
};
