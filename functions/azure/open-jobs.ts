/** The jobs on Azure: the context on a store that is up to date, and the dispatchers around it. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import { loadConfig, readSettings } from '../../core/config.ts';
import { readCatalogue } from '../app/files.ts';
import { openContext } from '../app/host.ts';
import { openInbox } from '../app/inbox.ts';
import { tick } from '../jobs/tick.ts';
import { type Env, openParts } from './parts.ts';
import { serviceBusBacklog } from './service-bus-backlog.ts';

/** The same two names that the door and the queue trigger know. */
const schema = z.object({
  SERVICE_BUS__fullyQualifiedNamespace: z.string().min(1),
  QUEUE_NAME: z.string().min(1),
});

/** One process handles many queue entries at once. */
const connections = 8;

/** The tick and the handling of one queue entry; throws ConfigError when a setting is missing. */
export const openJobs = async (
  env: Env,
  clock: Clock,
): Promise<{
  readonly tick: () => Promise<void>;
  readonly handle: (entry: unknown) => Promise<void>;
}> => {
  const { identity, secrets, log } = openParts(env, clock);
  const bus = readSettings(schema, env);
  const context = await openContext(loadConfig(env), {
    secrets,
    backlog: serviceBusBacklog({
      namespace: bus.SERVICE_BUS__fullyQualifiedNamespace,
      queue: bus.QUEUE_NAME,
      identity,
      fetch,
    }),
    catalogue: await readCatalogue(),
    fetch,
    clock,
    log,
    holder: `azure-${randomUUID()}`,
    connections,
  });
  return { tick: () => tick(context), handle: openInbox(context).handle };
};
