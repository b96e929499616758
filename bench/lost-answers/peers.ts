/** What official clients do about a lost answer: the same messages, sixteen at a time, with the retries they come with. */
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { ConnectorClient, MicrosoftAppCredentials } from 'botframework-connector';
import type { ChatServer } from '../chat-server.ts';
import { rounded, secondsSince } from '../outcome.ts';

export type PeerVerdict = {
  readonly lostAnswers: number;
  readonly duplicates: number;
  /** Messages whose call failed in the end. */
  readonly failed: number;
  readonly seconds: number;
};

const inFlight = 16;

/** Its own default policy (tenRetriesInAboutThirtyMinutes); only the pauses are shortened, from seconds to hundredths. */
export const webClientPeer = (chat: ChatServer, sends: number): Promise<PeerVerdict> => {
  const retryConfig = {
    retries: 10,
    factor: 1.96821,
    randomize: true,
    minTimeout: 20,
    maxTimeout: 100,
  };
  const web = new WebClient('xoxb-bench', {
    slackApiUrl: chat.url,
    retryConfig,
    logger: quietLogger,
  });
  return sendAll(chat, sends, (channel) =>
    web.chat.postMessage({ channel, text: 'Langkah hari ini' }),
  );
};

/** What the client would print of every refusal is counted by the chat. */
export const quietLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export const connectorPeer = (chat: ChatServer, sends: number): Promise<PeerVerdict> => {
  const client = new ConnectorClient(MicrosoftAppCredentials.Empty, { baseUri: chat.url });
  return sendAll(chat, sends, (conversation) =>
    client.conversations.sendToConversation(conversation, {
      type: 'message',
      text: 'Langkah hari ini',
    }),
  );
};

const sendAll = async (
  chat: ChatServer,
  sends: number,
  send: (channel: string) => Promise<unknown>,
): Promise<PeerVerdict> => {
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (next < sends) {
      next += 1;
      await send(`D${String(next).padStart(9, '0')}`).catch(() => {
        failed += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return {
    lostAnswers: chat.counts.lost,
    duplicates: [...chat.taken.values()].reduce((sum, copies) => sum + copies - 1, 0),
    failed,
    seconds: rounded(secondsSince(began), 1),
  };
};
