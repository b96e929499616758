/** The whole Teams side wired together on the local tenant, with a queue in memory and a clock that moves. */
import { teamsChat } from '../../../bot/teams/chat.ts';
import { connectorClient } from '../../../bot/teams/client.ts';
import { teamsDispatcher } from '../../../bot/teams/dispatch.ts';
import { teamsDoor } from '../../../bot/teams/door.ts';
import type { Install } from '../../../bot/teams/microsoft/graph.ts';
import { openIdKeys, teamsVerifier } from '../../../bot/teams/verify.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { ChatEvent, Inbound } from '../../../core/conversation/event.ts';
import type { Address, Log } from '../../../core/ports.ts';
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import type { ChatFault } from '../../../functions/local/chat/faults.ts';
import { createTeamsTenant, localHosts } from '../../../functions/local/chat/teams/tenant.ts';
import { ticketKey } from './messages.ts';
import { appId, now, tenantId } from './tokens.ts';

/** Everything between a person's press and our event; `state` switches faults and moves the clock. */
export const teamsHouse = async (catalogue: Catalogue) => {
  const state = {
    at: now.getTime(),
    fault: null as ChatFault | null,
    refusing: new Set<string>(),
    lacking: new Set<string>(),
    emails: new Map<string, string>(),
    queueFails: false,
  };
  const saved: LocalMessage[] = [];
  const bodies: string[] = [];
  const lines: string[] = [];
  const note: Log['info'] = (event, fields = {}) => {
    lines.push(JSON.stringify({ event, ...fields }));
  };
  const log: Log = { info: note, warn: note, error: note };
  const clock: Clock = { now: () => new Date(state.at), sleep: async () => undefined };
  const tenant = await createTeamsTenant({
    clock,
    appId,
    tenantId,
    refuses: (userId) => state.refusing.has(userId),
    lacks: (userId) => state.lacking.has(userId),
    emailOf: (userId) => state.emails.get(userId) ?? null,
    fault: () => state.fault,
    save: async (message) => {
      saved.push(message);
    },
  });
  const { fetch, metadataUrl, issuer, token, serviceUrl } = tenant;
  const verify = teamsVerifier({
    registrations: [{ tenantId, appId }],
    issuer,
    keys: openIdKeys({ fetch, metadataUrl, now: clock.now }),
    now: clock.now,
    hosts: localHosts,
  });
  const queue = {
    put: async (body: string): Promise<void> => {
      if (state.queueFails) throw new Error('disk of rahasia is full');
      bodies.push(body);
    },
  };
  const client = connectorClient({ token, fetch, allowedHosts: localHosts });
  const events: ChatEvent[] = [];
  const dispatch = teamsDispatcher({
    log,
    onEvent: async (event) => {
      events.push(event);
    },
  });
  return {
    state,
    saved,
    bodies,
    lines,
    tenant,
    door: teamsDoor({ verify, ticketKey, catalogue, queue, clock, log }),
    chat: teamsChat({ client, appId, serviceUrl }),
    /** The same chat with a way to install the app. */
    chatInstalling: (install: Install) => teamsChat({ client, appId, serviceUrl, install }),
    /** What comes out behind the queue of everything that was put on it. */
    drain: async (): Promise<readonly ChatEvent[]> => {
      for (const body of bodies.splice(0)) await dispatch(JSON.parse(body) as Inbound);
      return events.splice(0);
    },
  };
};
export type TeamsHouse = Awaited<ReturnType<typeof teamsHouse>>;

/** A person of the local tenant whom the bot has never met. */
export const strangerAt = (userId: string): Address => ({
  platform: 'teams',
  workspaceId: tenantId,
  userId,
  conversation: null,
  serviceUrl: null,
});
