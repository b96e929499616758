/** The jobs on Azure: the context on a store that is up to date, and the dispatchers around it. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { loadConfig, readSettings } from '../../core/config.ts';
import { filled } from '../../core/shape.ts';
import { readCatalogue } from '../app/files.ts';
import { openContext } from '../app/host.ts';
import { openInbox } from '../app/queue/inbox.ts';
import type { Context } from '../jobs/context.ts';
import { tickAloud } from '../jobs/tick.ts';
import { onWakeUp } from '../jobs/wake.ts';
import { type Env, openParts } from './parts.ts';
import { serviceBusQueue } from './service-bus.ts';
import { serviceBusBacklog } from './service-bus-backlog.ts';

/** The same names that the door and the triggers of both queues know. */
const wanted = {
  SERVICE_BUS__fullyQualifiedNamespace: filled,
  QUEUE_NAME: filled,
  WAKE_UPS_NAME: filled,
} as const;

/** One process handles many queue entries at once. */
const connections = 8;

/** Milliseconds for one statement of any of them: a step of the close is the longest. */
const patience = 180_000;

/** The context of all jobs, the tick, a run of one lane and the handling of one queue entry; throws ConfigError when a setting is missing. */
export const openJobs = async (
  env: Env,
  clock: Clock,
): Promise<{
  readonly context: Context;
  readonly tick: () => Promise<void>;
  readonly wake: (entry: unknown) => Promise<void>;
  readonly handle: (entry: unknown) => Promise<void>;
}> => {
  const { identity, secrets, log } = openParts(env, clock);
  const names = readSettings(wanted, env);
  const bus = { namespace: names.SERVICE_BUS__fullyQualifiedNamespace, identity, fetch };
  const context = await openContext(loadConfig(env), {
    secrets,
    backlog: serviceBusBacklog({ ...bus, queue: names.QUEUE_NAME }),
    wakeUps: serviceBusQueue({ ...bus, queue: names.WAKE_UPS_NAME }),
    catalogue: await readCatalogue(),
    fetch,
    clock,
    log,
    holder: `azure-${randomUUID()}`,
    connections,
    patience,
    // One process does all of it, so whichever part is opened first finds the store ready.
    migrates: true,
  });
  return {
    context,
    tick: () => tickAloud(context),
    wake: (entry) => onWakeUp(context, entry),
    handle: openInbox(context).handle,
  };
};
