/** Behind the queue: Bolt routes a payload that the door has verified; nothing is sent from here. */
import { App, LogLevel, type Receiver } from '@slack/bolt';
import type { ChatEvent, Inbound } from '../../core/conversation/event.ts';
import type { Log } from '../../core/ports.ts';
import { slashCommand } from './forms/payloads.ts';
import { listenedEvents } from './manifest.ts';
import { parseSlack } from './parse.ts';

export type SlackDispatcher = (inbound: Inbound) => Promise<void>;

type Settings = {
  readonly onEvent: (event: ChatEvent) => Promise<void>;
  readonly log: Log;
};

/** Hands each queued payload to Bolt and its event to `onEvent`, whose errors come through unchanged. */
export const slackDispatcher = ({ onEvent, log }: Settings): SlackDispatcher => {
  const app = new App({
    receiver: ourReceiver,
    // The door has proven where a payload comes from, and answers go out through our own client: no token here.
    authorize: async () => ({ botId: 'B0000000000' }),
    // An app that remembers conversations, or ignores itself by asking who it is, would call Slack.
    convoStore: false,
    ignoreSelf: false,
    logger: boltLogger(log),
  });
  listen(app, { onEvent, log });
  return async (inbound) => {
    const failures: unknown[] = [];
    const body = structuredClone(inbound.body);
    if (typeof body !== 'object' || body === null) {
      log.warn('slack-payload-unreadable', { key: inbound.key });
      return;
    }
    // Bolt would wrap an error in one of its own; the caller needs the error itself.
    const failed = (error: unknown): void => void failures.push(error);
    await app.processEvent({
      body,
      ack: async () => undefined,
      customProperties: { taken: { inbound, failed } satisfies Taken },
    });
    if (failures.length > 0) throw failures[0];
  };
};

/** What travels beside a payload through Bolt. */
type Taken = { readonly inbound: Inbound; readonly failed: (error: unknown) => void };

/** Payloads come from the queue, by processEvent alone. */
const ourReceiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

const listen = (app: App, { onEvent, log }: Settings): void => {
  const emit = async ({ context }: { readonly context: object }): Promise<void> => {
    const { inbound, failed } = (context as { readonly taken: Taken }).taken;
    const event = parseSlack(inbound.body, new Date(inbound.receivedAt), inbound.ballot);
    if (event === null) {
      log.info('slack-payload-ignored', { key: inbound.key });
      return;
    }
    try {
      await onEvent(event);
    } catch (error) {
      failed(error);
    }
  };
  app.action(/./, emit);
  app.view(/./, emit);
  app.command(slashCommand, emit);
  app.shortcut(/./, emit);
  app.message(emit);
  for (const name of listenedEvents) app.event(name, emit);
  // Without a listener of its own Bolt would log the whole error and swallow it.
  app.error(async (error) => {
    throw error;
  });
};

type BoltLogger = NonNullable<NonNullable<ConstructorParameters<typeof App>[0]>['logger']>;

/** Bolt's lines may quote payloads: only that it warned or failed is kept. */
const boltLogger = (log: Log): BoltLogger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => log.warn('bolt-warning'),
  error: () => log.error('bolt-error'),
  setLevel: () => undefined,
  getLevel: () => LogLevel.INFO,
  setName: () => undefined,
});
