/** The doors on Azure: no SQL and no SDK of a chat, so that the group of HTTP functions starts fast. */
import type { Hono } from 'hono';
import type { Clock } from '../../core/clock.ts';
import { loadDoorConfig, readSettings } from '../../core/config.ts';
import { filled, ruled } from '../../core/shape.ts';
import { createApp } from '../app/app.ts';
import { openDoors } from '../app/doors/doors.ts';
import { readCatalogue } from '../app/files.ts';
import { type Env, openParts } from './parts.ts';
import { serviceBusQueue } from './service-bus.ts';

/** The first name is the one under which the queue trigger finds the same namespace. */
const wanted = {
  SERVICE_BUS__fullyQualifiedNamespace: ruled(
    filled,
    (read) => /^[a-z0-9.-]+$/i.test(read),
    'a host name alone',
  ),
  QUEUE_NAME: filled,
} as const;

/** The web application of the deployed door; throws ConfigError when a setting is missing. */
export const openHttp = async (env: Env, clock: Clock): Promise<Hono> => {
  const { identity, secrets, log } = openParts(env, clock);
  const bus = readSettings(wanted, env);
  const queue = serviceBusQueue({
    namespace: bus.SERVICE_BUS__fullyQualifiedNamespace,
    queue: bus.QUEUE_NAME,
    identity,
    fetch,
  });
  const catalogue = await readCatalogue();
  const doors = openDoors(loadDoorConfig(env), { queue, secrets, catalogue, fetch, clock, log });
  return createApp({ ...doors, pages: null, log });
};
