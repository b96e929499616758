/** The durable queue on Azure: Service Bus has stored a body before it answers 201. */
import type { Queue } from '../../core/ports.ts';
import type { Identity } from './identity.ts';

export type BusSettings = {
  /** `<name>.servicebus.windows.net`. */
  readonly namespace: string;
  readonly queue: string;
  readonly identity: Identity;
  readonly fetch: typeof fetch;
};

/** Sends by the REST API (learn.microsoft.com/rest/api/servicebus/send-message-to-queue) as the app's own identity: no key is kept. */
export const serviceBusQueue = ({ namespace, queue, identity, fetch }: BusSettings): Queue => ({
  put: async (body) => {
    const token = await identity('https://servicebus.azure.net');
    const response = await fetch(`https://${namespace}/${encodeURIComponent(queue)}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      // Shorter than the three seconds in which a platform wants its answer.
      signal: AbortSignal.timeout(2_000),
    });
    if (response.status !== 201) throw new Error(`Service Bus answered ${response.status}`);
  },
});
