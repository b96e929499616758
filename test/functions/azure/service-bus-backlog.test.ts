import { afterEach, describe, expect, it } from 'vitest';
import { serviceBusBacklog } from '../../../functions/azure/service-bus-backlog.ts';
import { openAzure } from './cloud.ts';

const azure = openAzure(fetch, () => new Date());
const backlog = serviceBusBacklog({
  namespace: azure.environment.SERVICE_BUS__fullyQualifiedNamespace,
  queue: azure.environment.QUEUE_NAME,
  identity: async (resource) => `token-untuk-${resource}`,
  fetch: azure.fetch,
});
afterEach(() => Object.assign(azure.state, { busRights: 200, dead: 0 }));

describe('what waits in Service Bus', () => {
  it('is told with its dead letters', async () => {
    expect(await backlog()).toEqual({ waiting: 0, dead: 0 });
    azure.entries.push('satu', 'dua');
    azure.state.dead = 3;
    expect(await backlog()).toEqual({ waiting: 2, dead: 3 });
  });

  it('is unknown where the app may not read the queue, and an error is no answer', async () => {
    azure.state.busRights = 403;
    expect(await backlog()).toBeNull();
    azure.state.busRights = 500;
    await expect(backlog()).rejects.toThrow('Service Bus answered 500');
  });
});
