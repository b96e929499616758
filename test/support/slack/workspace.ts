/** The whole Slack side wired together on the local workspace, with a queue in memory and a clock that moves. */
import { slackChat } from '../../../bot/slack/chat.ts';
import { slackClient } from '../../../bot/slack/client.ts';
import { slackDispatcher } from '../../../bot/slack/dispatch.ts';
import { slackDoor } from '../../../bot/slack/door.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { ChatEvent, Inbound } from '../../../core/conversation/event.ts';
import type { Address, Log } from '../../../core/ports.ts';
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import type { ChatFault } from '../../../functions/local/chat/faults.ts';
import { createSlackWorkspace } from '../../../functions/local/chat/slack/workspace.ts';
import { ticketKey } from '../teams/messages.ts';

import type { StrictServer } from './strict-server.ts';

export const workspaceId = 'T0CONTOH';
/** Monday 7 December 2026, 08.30 WIB. */
export const now = new Date('2026-12-07T01:30:00.000Z');

/** Everything between a person's press and our event, over the sockets of a server or in process; `state` switches faults and moves the clock. */
export const slackHouse = (catalogue: Catalogue, server: StrictServer | null = null) => {
  const state = {
    at: now.getTime(),
    fault: null as ChatFault | null,
    refusing: new Set<string>(),
    queueFails: false,
    installed: true,
    /** Milliseconds that pass between a press and what the bot does next. */
    lag: 0,
  };
  const saved: LocalMessage[] = [];
  const bodies: string[] = [];
  const lines: string[] = [];
  const requests: string[] = [];
  const failing = new Set<string>();
  const note: Log['info'] = (event, fields = {}) => {
    lines.push(JSON.stringify({ event, ...fields }));
  };
  const log: Log = { info: note, warn: note, error: note };
  const clock: Clock = { now: () => new Date(state.at), sleep: async () => undefined };
  const workspace = createSlackWorkspace({
    clock,
    workspaceId,
    refuses: (userId) => state.refusing.has(userId),
    fault: () => state.fault,
    save: async (message) => {
      saved.push(message);
    },
  });
  const given = server?.add(workspaceId, workspace) ?? null;
  const botToken = async (id: string) =>
    state.installed ? (given ?? workspace.botToken(id)) : null;
  const watched: typeof fetch = async (input, init) => {
    requests.push(input instanceof Request ? input.url : String(input));
    state.at += state.lag;
    const method = requests.at(-1)?.split('/api/')[1] ?? '';
    if (failing.has(method)) return Response.json({ ok: false, error: 'internal_error' });
    return (server ?? workspace).fetch(input, init);
  };
  const queue = {
    put: async (body: string): Promise<void> => {
      if (state.queueFails) throw new Error('disk of rahasia is full');
      bodies.push(body);
    },
  };
  const client = slackClient({
    token: botToken,
    fetch: watched,
    apiUrl: 'https://slack.com/api/',
  });
  const events: ChatEvent[] = [];
  const dispatch = slackDispatcher({
    log,
    onEvent: async (event) => {
      events.push(event);
    },
  });
  const door = slackDoor({
    signingSecrets: [workspace.signingSecret],
    ticketKey,
    botToken,
    fetch: watched,
    catalogue,
    queue,
    clock,
    log,
  });
  return {
    state,
    saved,
    bodies,
    lines,
    /** URLs called, in order. */
    requests,
    /** Methods that Slack fails to serve for the moment. */
    failing,
    workspace,
    door,
    chat: slackChat({ client }),
    /** The same chat over another way out. */
    chatOver: (way: typeof fetch) =>
      slackChat({
        client: slackClient({ token: botToken, fetch: way, apiUrl: 'https://slack.com/api/' }),
      }),
    /** What comes out behind the queue of everything that was put on it. */
    drain: async (): Promise<readonly ChatEvent[]> => {
      for (const body of bodies.splice(0)) await dispatch(JSON.parse(body) as Inbound);
      return events.splice(0);
    },
    /** Everything one person sees, oldest first, as it stands now. */
    screen: (userId: string): readonly unknown[] => {
      const refs = new Set(saved.filter((one) => one.userId === userId).map(({ ref }) => ref));
      return [...refs].map((ref) => workspace.message(ref)?.payload);
    },
  };
};
export type SlackHouse = ReturnType<typeof slackHouse>;

/** A person of the local workspace to whom the bot has never written. */
export const strangerAt = (userId: string): Address => ({
  platform: 'slack',
  workspaceId,
  userId,
  conversation: null,
  serviceUrl: null,
});

/** The buttons of a payload, top to bottom. */
export const buttonsOf = (
  payload: unknown,
): readonly { readonly action_id: string; readonly value: string; readonly label: string }[] => {
  const blocks: readonly unknown[] = Object(payload).blocks ?? [];
  return blocks
    .flatMap((block): readonly unknown[] => Object(block).elements ?? [])
    .filter((element) => Object(element).type === 'button')
    .map((element) => ({ ...Object(element), label: Object(element).text.text }));
};
