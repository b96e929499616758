/** What still waits in Service Bus: asked before a wave is counted. */
import type { Backlog } from '../../core/ports.ts';
import type { BusSettings } from './service-bus.ts';

/**
 * Reads the queue's own description (learn.microsoft.com/rest/api/servicebus/queues-namespace/get). The app's identity may do
 * so as "Azure Service Bus Data Owner"; without that right the host cannot tell. Entries being handled count as active.
 */
export const serviceBusBacklog =
  ({ namespace, queue, identity, fetch }: BusSettings): Backlog =>
  async () => {
    const token = await identity('https://servicebus.azure.net');
    const response = await fetch(
      `https://${namespace}/${encodeURIComponent(queue)}?api-version=2017-04`,
      { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(10_000) },
    );
    if (response.status === 401 || response.status === 403) return null;
    if (!response.ok) throw new Error(`Service Bus answered ${response.status}`);
    const description = await response.text();
    const count = (name: string): number => {
      const [, digits] = new RegExp(`<(?:\\w+:)?${name}>(\\d+)<`).exec(description) ?? [];
      if (digits === undefined) throw new Error(`Service Bus tells no ${name} of its queue`);
      return Number(digits);
    };
    return {
      waiting: count('ActiveMessageCount') + count('ScheduledMessageCount'),
      dead: count('DeadLetterMessageCount') + count('TransferDeadLetterMessageCount'),
    };
  };
