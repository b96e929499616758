/** Microsoft Teams as a Chat: our messages out through the Connector client. */
import { once } from '../../core/once.ts';
import type { Address, Chat, Failure, Outcome } from '../../core/ports.ts';
import type { ConnectorClient, Place } from './client.ts';
import { teamsCapabilities } from './limits.ts';
import type { Install } from './microsoft/graph.ts';
import { teamsMessage } from './view.ts';

/** A batch sends one message to many: it is drawn once. */
const draw = once(teamsMessage);

type Settings = {
  readonly client: ConnectorClient;
  readonly appId: string;
  /** Serves people from whom nothing has come in yet; null where there is none, and people write first. */
  readonly serviceUrl: string | null;
  /** Installs the app for a person who does not have it; without it they are out of reach. */
  readonly install?: Install;
};

/** Outgoing Teams for the tenants of one registration; the Connector has no idempotency key. */
export const teamsChat = (settings: Settings): Chat => {
  const { client } = settings;
  const placeOf = conversations(settings);
  /** Says one thing in the person's conversation; one that Teams has forgotten is opened anew, for nothing was said in it. */
  const say = async (to: Address, act: (at: Place) => Promise<Outcome>): Promise<Outcome> => {
    const place = await placeOf(to);
    if ('state' in place) return place;
    const outcome = await act(place);
    const forgotten = outcome.state === 'unreachable' && outcome.reason === conversationGone;
    if (!forgotten || to.conversation === null) return outcome;
    const fresh = await placeOf({ ...to, conversation: null });
    return 'state' in fresh ? fresh : act(fresh);
  };
  return {
    platform: 'teams',
    capabilities: teamsCapabilities,
    deliver: (to, message, { hindrance }) =>
      say(to, (at) => client.send(at, draw(message), hindrance)),
    update: async ({ address, ref }, message) => {
      const place = await placeOf(address);
      return 'state' in place ? place : client.update({ ...place, ref }, draw(message));
    },
    remove: async ({ address, ref }) => {
      const place = await placeOf(address);
      return 'state' in place ? place : client.remove({ ...place, ref });
    },
    answer: ({ from, target: { ref } }, message, how) =>
      say(from, (at) =>
        how === 'replace' && ref !== null
          ? client.update({ ...at, ref }, draw(message))
          : client.send(at, draw(message)),
      ),
    // The Connector lists no messages of a conversation.
    lookUp: null,
    whoIs: async (at) => {
      const place = await placeOf(at);
      return 'state' in place
        ? { state: 'unclear', reason: place.reason }
        : client.member({ ...place, userId: at.userId });
    },
  };
};

/** Several registrations as one chat: each tenant has its own, and no other speaks for it. */
export const teamsTenants = (chats: ReadonlyMap<string, Chat>): Chat | null => {
  const [first] = chats.values();
  if (first === undefined) return null;
  const refused = { state: 'lane-paused', reason: 'tenant-not-registered' } as const;
  const of = ({ workspaceId }: Address): Chat | undefined => chats.get(workspaceId);
  return {
    ...first,
    deliver: async (to, ...rest) => of(to)?.deliver(to, ...rest) ?? refused,
    update: async (target, message) => of(target.address)?.update(target, message) ?? refused,
    remove: async (target) => of(target.address)?.remove?.(target) ?? refused,
    answer: async (to, ...rest) => of(to.from)?.answer(to, ...rest) ?? refused,
    whoIs: async (at) => of(at)?.whoIs?.(at) ?? { state: 'unclear', reason: refused.reason },
  };
};

const conversationGone = 'conversation-not-found';

/** The person's conversation, opened first when none is known; messages that need it at once share one opening. */
const conversations = (settings: Settings): ((address: Address) => Promise<Place | Failure>) => {
  const opening = new Map<string, Promise<Place | Failure>>();
  return async ({ conversation, workspaceId, userId, ...address }) => {
    const serviceUrl = address.serviceUrl ?? settings.serviceUrl;
    // The app, once added, tells where it is served.
    if (serviceUrl === null) return { state: 'unreachable', reason: notInstalled };
    if (conversation !== null) return { serviceUrl, conversation };
    const who = `${workspaceId}/${userId}`;
    const person = { serviceUrl, tenantId: workspaceId, appId: settings.appId, userId };
    const running =
      opening.get(who) ?? open(settings, person).finally(() => void opening.delete(who));
    opening.set(who, running);
    return running;
  };
};

const open = async (
  { client, install }: Settings,
  person: Parameters<ConnectorClient['create']>[0],
): Promise<Place | Failure> => {
  const { serviceUrl } = person;
  const created = await client.create(person);
  if (created.state === 'created') return { serviceUrl, conversation: created.conversation };
  if (created.state !== 'unreachable' || created.reason !== notInstalled || install === undefined)
    return withoutDoubt(created);
  const installed = await install(person.userId);
  if (installed.state !== 'installed') return installed;
  const again = await client.create(person);
  return again.state === 'created'
    ? { serviceUrl, conversation: again.conversation }
    : withoutDoubt(again);
};

const notInstalled = 'not-installed';

/** Opening twice is harmless, and nothing was said yet: there is no doubt about the message. */
const withoutDoubt = (failure: Failure): Failure =>
  failure.state === 'unknown'
    ? { state: 'retry', reason: 'conversation-not-opened', afterSeconds: null }
    : failure;
