/** The product's sender outside a host: its jobs over a bench's store, a chat of the bench and a clock set to its day. */
import { slackChat } from '../bot/slack/chat.ts';
import { slackClient } from '../bot/slack/client.ts';
import { slackCapabilities } from '../bot/slack/limits.ts';
import type { Clock } from '../core/clock.ts';
import type { Chat, Log } from '../core/ports.ts';
import type { Database } from '../core/store/database.ts';
import { systemClock } from '../functions/app/clock.ts';
import { readCatalogue } from '../functions/app/files.ts';
import type { Context } from '../functions/jobs/context.ts';
import { sampleAgency } from '../functions/local/story/agency.ts';

/** Real time, begun at `from`; `began` is the reading of Date.now() at which it stood there. */
export const clockFrom = (from: Date, began: number = Date.now()): Clock =>
  systemClock(() => new Date(from.getTime() + Date.now() - began));

/** What went wrong is shown; what went as planned is not. */
const loud: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (event, fields) => console.error(`${event} ${JSON.stringify(fields ?? {})}`),
};

/** A context whose only chat is `chat`. */
export const openSender = async (wish: {
  readonly db: Database;
  readonly chat: Chat;
  readonly clock: Clock;
  readonly holder: string;
}): Promise<Context> => {
  const kept = new Map<string, string>();
  return {
    db: wish.db,
    catalogue: await readCatalogue(),
    chats: new Map([[wish.chat.platform, wish.chat]]),
    secrets: {
      get: async (name) => kept.get(name) ?? null,
      put: async (name, value) => void kept.set(name, value),
      remove: async (name) => void kept.delete(name),
    },
    clock: wish.clock,
    log: loud,
    agency: sampleAgency,
    ticketKey: 'kunci-tiket-untuk-uji-kinerja-saja',
    holder: wish.holder,
  };
};

/** The product's own Slack against a server of the bench. */
export const slackAt = (apiUrl: string): Chat =>
  slackChat({ client: slackClient({ token: async () => 'xoxb-bench', fetch, apiUrl }) });

/** Takes every message at once. */
export const nullChat: Chat = {
  platform: 'slack',
  capabilities: slackCapabilities,
  deliver: async ({ userId, conversation }) => ({
    state: 'sent',
    ref: `1793000000.${userId.slice(-6)}`,
    conversation: conversation ?? userId,
  }),
  update: async () => ({ state: 'unreachable', reason: 'message_not_found' }),
  answer: async () => ({ state: 'unreachable', reason: 'message_not_found' }),
  lookUp: null,
};

/** How many rows of the outbox are in each state. */
export const states = async (db: Database): Promise<Readonly<Record<string, number>>> => {
  const rows = await db
    .selectFrom('outbox')
    .select('state')
    .select((select) => select.fn.countAll<number>().as('count'))
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};
