/** The jobs on Azure: the context on a store that is up to date, and the dispatchers around it. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { loadConfig } from '../../core/config.ts';
import { handleQueued, openDispatchers } from '../app/dispatchers.ts';
import { readCatalogue } from '../app/files.ts';
import { openContext } from '../app/host.ts';
import { tick } from '../jobs/tick.ts';
import { type Env, openParts } from './parts.ts';

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
  const { secrets, log } = openParts(env, clock);
  const context = await openContext(loadConfig(env), {
    secrets,
    catalogue: await readCatalogue(),
    fetch,
    clock,
    log,
    holder: `azure-${randomUUID()}`,
    connections,
  });
  const dispatchers = openDispatchers(context);
  return { tick: () => tick(context), handle: (entry) => handleQueued(dispatchers, entry) };
};
