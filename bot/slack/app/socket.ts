/** Socket Mode: what Slack would post to the door comes over a connection that we opened, for a trial on one machine. */
import { LogLevel, SocketModeReceiver } from '@slack/bolt';
import * as z from 'zod';
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
  readonly log: Log;
};

/** Milliseconds until the first connection must stand. */
const patience = 20_000;

const arrivedSchema = z.object({
  body: z.record(z.string(), z.unknown()),
  ack: z.custom<(answer?: unknown) => Promise<void>>((given) => typeof given === 'function'),
});

/** Opens the connection at `start`, which throws ConfigError when Slack refuses the token; a lost one is opened again. */
export const slackSocket = ({ appToken, apiUrl, answer, log }: Settings): SlackSocket => {
  const { client } = new SocketModeReceiver({
    appToken,
    logger: quietly(log),
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
  client.on('slack_event', async (arrived: unknown) => {
    const read = arrivedSchema.safeParse(arrived);
    if (!read.success) return log.warn('slack-socket-unreadable');
    const response = await answer(read.data.body);
    if (!response.ok) return;
    const text = await response.text();
    await read.data.ack(text === '' ? undefined : JSON.parse(text));
  });
  return {
    start: async () => {
      const late = new Promise<never>((_, fail) => {
        const over = () => fail(new Error('no answer'));
        setTimeout(over, patience).unref();
      });
      try {
        await Promise.race([client.start(), late]);
      } catch (cause) {
        const said = cause instanceof Error ? cause.message : String(cause);
        throw new ConfigError(`SLACK_APP_TOKEN: no connection to Slack: ${said}`, { cause });
      }
    },
    stop: () => client.disconnect(),
  };
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
