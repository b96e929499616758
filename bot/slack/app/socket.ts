/** Socket Mode: what Slack would post to the door comes over a connection that we opened, for a trial on one machine. */
import { LogLevel, SocketModeReceiver } from '@slack/bolt';
import * as z from 'zod';
import { type Clock, minute } from '../../../core/clock.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Log } from '../../../core/ports.ts';

export type SlackSocket = {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Settings = {
  /** App-level token with connections:write. */
  readonly appToken: string;
  readonly apiUrl: string;
  /** Answers a payload as the door does; anything but a 2xx makes Slack send it again. */
  readonly answer: (payload: Readonly<Record<string, unknown>>) => Promise<Response>;
  readonly clock: Clock;
  readonly log: Log;
};

/** Milliseconds until a connection must stand, and until Slack must have said where to. */
const patience = 20_000;
const answerPatience = 10_000;

/** Milliseconds before a lost connection is opened again, and again where that failed: 1, 2, 4, … seconds, at most 60. */
const pauseBefore = (attempt: number): number => Math.min(1_000 * 2 ** attempt, minute);

/** A connection that stood this long counts as one that works. */
const settled = minute;

/** Opens the connection at `start`, which throws ConfigError when Slack refuses the token; a lost one is opened again. */
export const slackSocket = (settings: Settings): SlackSocket => {
  const { clock, log } = settings;
  const client = openClient(settings);
  const state = { opening: false, stopped: false, attempt: 0, openedAt: 0 };

  const open = async (): Promise<void> => {
    state.opening = true;
    const giveUp = setTimeout(() => void client.disconnect(), patience);
    try {
      await client.start();
    } finally {
      clearTimeout(giveUp);
    }
    // Stopped while it was being opened.
    if (state.stopped) await client.disconnect();
  };
  // A reconnect of the SDK's own that is refused rejects where nobody can catch it.
  const reopen = async (): Promise<void> => {
    if (clock.now().getTime() - state.openedAt >= settled) state.attempt = 0;
    while (!state.stopped) {
      await clock.sleep(pauseBefore(state.attempt));
      state.attempt += 1;
      if (state.stopped) return;
      try {
        return await open();
      } catch (error) {
        log.error('slack-socket-refused', { reason: reasonOf(error) });
      }
    }
  };
  client.on('connected', () => {
    state.opening = false;
    state.openedAt = clock.now().getTime();
  });
  client.on('disconnected', () => {
    // While it is being opened, whoever opens it is told.
    if (state.opening || state.stopped) return;
    state.opening = true;
    void reopen();
  });
  return {
    start: async () => {
      try {
        await open();
      } catch (cause) {
        const told = `SLACK_APP_TOKEN: no connection to Slack: ${reasonOf(cause)}`;
        throw new ConfigError(told, { cause });
      }
    },
    stop: () => {
      state.stopped = true;
      return client.disconnect();
    },
  };
};

/** Slack's client, which answers what arrives; whether it is connected is our business alone. */
const openClient = ({ appToken, apiUrl, answer, log }: Settings): SocketModeReceiver['client'] => {
  const { client } = new SocketModeReceiver({
    appToken,
    logger: quietly(log),
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: answerPatience,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  });
  client.on('slack_event', async (arrived: unknown) => {
    const read = arrivedSchema.safeParse(arrived);
    if (!read.success) return log.warn('slack-socket-unreadable');
    try {
      await acknowledge(await answer(read.data.body), read.data.ack);
    } catch (error) {
      // The connection went meanwhile, as it does every few hours: Slack sends it again, and its key counts it once.
      const kind = error instanceof Error ? error.name : 'unknown';
      log.warn('slack-socket-not-acknowledged', { kind });
    }
  });
  return client;
};

type Acknowledge = (answer?: unknown) => Promise<void>;

const arrivedSchema = z.object({
  body: z.record(z.string(), z.unknown()),
  ack: z.custom<Acknowledge>((given) => typeof given === 'function'),
});

const acknowledge = async (response: Response, ack: Acknowledge): Promise<void> => {
  if (!response.ok) return;
  const text = await response.text();
  await ack(text === '' ? undefined : JSON.parse(text));
};

const refusalSchema = z.object({ data: z.object({ error: z.string() }) });

/** Slack's own word for the refusal, or what kind of failure it was. */
const reasonOf = (error: unknown): string => {
  const told = refusalSchema.safeParse(error);
  if (told.success) return told.data.data.error;
  return error instanceof Error ? error.name : 'closed before it stood';
};

type Logger = NonNullable<ConstructorParameters<typeof SocketModeReceiver>[0]['logger']>;

/** The SDK's lines may quote payloads: only that it warned or failed is kept. */
const quietly = (log: Log): Logger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => log.warn('slack-socket-warning'),
  error: () => log.error('slack-socket-error'),
  setLevel: () => undefined,
  getLevel: () => LogLevel.INFO,
  setName: () => undefined,
});
