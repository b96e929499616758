/** Microsoft Teams as a Chat: our messages out through the Connector client. */
import { once } from '../../core/conversation/once.ts';
import type { Address, Chat, Outcome } from '../../core/ports.ts';
import type { ConnectorClient, Place } from './client.ts';
import { teamsCapabilities } from './limits.ts';
import { teamsMessage } from './view.ts';

/** A batch sends one message to many: it is drawn once. */
const draw = once(teamsMessage);

/** Outgoing Teams; `serviceUrl` serves people from whom nothing has come in yet. The Connector has no idempotency key. */
export const teamsChat = (settings: {
  readonly client: ConnectorClient;
  readonly appId: string;
  readonly serviceUrl: string;
}): Chat => ({
  platform: 'teams',
  capabilities: teamsCapabilities,
  deliver: async (to, message) => {
    const place = await placeOf(settings, to);
    return 'state' in place ? place : settings.client.send(place, draw(message));
  },
  update: async ({ address, ref }, message) => {
    const place = await placeOf(settings, address);
    return 'state' in place ? place : settings.client.update({ ...place, ref }, draw(message));
  },
  answer: async ({ from, target }, message, how) => {
    const place = await placeOf(settings, from);
    if ('state' in place) return place;
    const { ref } = target;
    return how === 'replace' && ref !== null
      ? settings.client.update({ ...place, ref }, draw(message))
      : settings.client.send(place, draw(message));
  },
  // The Connector lists no messages of a conversation.
  lookUp: null,
});

/** The person's conversation, opened first when none is known. */
const placeOf = async (
  settings: {
    readonly client: ConnectorClient;
    readonly appId: string;
    readonly serviceUrl: string;
  },
  address: Address,
): Promise<Place | Exclude<Outcome, { state: 'sent' }>> => {
  const serviceUrl = address.serviceUrl ?? settings.serviceUrl;
  if (address.conversation !== null) return { serviceUrl, conversation: address.conversation };
  const created = await settings.client.create({
    serviceUrl,
    tenantId: address.workspaceId,
    appId: settings.appId,
    userId: address.userId,
  });
  if (created.state === 'created') return { serviceUrl, conversation: created.conversation };
  // Opening twice is harmless, and nothing was said yet: there is no doubt about the message.
  return created.state === 'unknown'
    ? { state: 'retry', reason: 'conversation-not-opened', afterSeconds: null }
    : created;
};
