/**
 * A chat on this machine that speaks as much of Slack's Web API and of the Connector as a sender needs: a token bucket
 * with Retry-After in whole seconds, slow answers, and answers lost after the message was taken.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

export type Limit = { readonly rate: number; readonly burst: number };

type Settings = {
  /** Milliseconds until an answer. */
  readonly answerMs: number;
  /** Messages a second and the burst above it; null = as many as come. */
  readonly limit: Limit | null;
  /** What happens to the answer of the n-th message taken, counted from 1. */
  readonly fate?: (nth: number) => 'answered' | 'reset' | 'unavailable';
  /** Called after each message taken. */
  readonly onTaken?: (taken: number) => void;
};

export type ChatServer = {
  readonly url: string;
  /** Copies by channel. */
  readonly taken: ReadonlyMap<string, number>;
  readonly counts: {
    readonly taken: number;
    readonly refused: number;
    readonly lost: number;
    readonly lookUps: number;
    /** Readings of performance.now() at the first request and at the last message taken. */
    readonly firstAt: number;
    readonly lastAt: number;
  };
  readonly setRate: (rate: number) => void;
  readonly stop: () => Promise<void>;
};

/** Opens it on a free loopback port. */
export const startChat = async (settings: Settings): Promise<ChatServer> => {
  const bucket = tokenBucket(settings.limit);
  const taken = new Map<string, number>();
  const history = new Map<string, object[]>();
  const counts = { taken: 0, refused: 0, lost: 0, lookUps: 0, firstAt: Number.NaN, lastAt: 0 };
  const take = (channel: string, message: object): string => {
    counts.taken += 1;
    counts.lastAt = performance.now();
    taken.set(channel, (taken.get(channel) ?? 0) + 1);
    const ts = `1793000000.${String(counts.taken).padStart(6, '0')}`;
    history.set(channel, [{ ...message, ts }, ...(history.get(channel) ?? [])]);
    settings.onTaken?.(counts.taken);
    return ts;
  };
  const post = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (Number.isNaN(counts.firstAt)) counts.firstAt = performance.now();
    const said = readPost(request, await text(request));
    const seconds = bucket.take();
    if (seconds > 0) {
      counts.refused += 1;
      const body = { ok: false, error: 'ratelimited' };
      answer(response, 429, { body, headers: { 'retry-after': String(seconds) } });
      return;
    }
    const ts = take(said.channel, said.message);
    const fate = settings.fate?.(counts.taken) ?? 'answered';
    await wait(settings.answerMs);
    if (fate !== 'answered') counts.lost += 1;
    if (fate === 'reset') request.socket.destroy();
    else if (fate === 'unavailable') answer(response, 503, { body: { error: 'unavailable' } });
    else answer(response, 200, { body: { ok: true, ts, id: ts, channel: said.channel } });
  };
  const server = createServer((request, response) => {
    if (!request.url?.includes('conversations.history')) {
      void post(request, response);
      return;
    }
    counts.lookUps += 1;
    void text(request).then((body) => {
      const { channel } = readPost(request, body);
      const messages = history.get(channel) ?? [];
      answer(response, 200, { body: { ok: true, messages, has_more: false } });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    taken,
    counts,
    setRate: bucket.setRate,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};

/** Channel and message of Slack's form or JSON, or of a Connector path. */
const readPost = (
  request: IncomingMessage,
  body: string,
): { readonly channel: string; readonly message: object } => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const conversation = /\/v3\/conversations\/([^/]+)\//.exec(url.pathname)?.[1];
  if (conversation !== undefined) return { channel: conversation, message: {} };
  const json = request.headers['content-type']?.includes('json') === true;
  const fields: Record<string, unknown> = json
    ? JSON.parse(body)
    : Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
  const { metadata = null } = fields;
  const kept = typeof metadata === 'string' ? JSON.parse(metadata) : metadata;
  return { channel: String(fields['channel']), message: kept === null ? {} : { metadata: kept } };
};

const answer = (
  response: ServerResponse,
  status: number,
  { body, headers = {} }: { readonly body: object; readonly headers?: Record<string, string> },
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

/** Full at first; `take` gives 0, or the whole seconds until there is one. */
const tokenBucket = (limit: Limit | null) => {
  let rate = limit?.rate ?? 0;
  let tokens = limit?.burst ?? 0;
  let at = performance.now();
  const fill = (): void => {
    const now = performance.now();
    tokens = Math.min(limit?.burst ?? 0, tokens + ((now - at) / 1000) * rate);
    at = now;
  };
  return {
    take: (): number => {
      if (limit === null) return 0;
      fill();
      if (tokens < 1) return Math.ceil((1 - tokens) / rate);
      tokens -= 1;
      return 0;
    },
    setRate: (next: number): void => {
      fill();
      rate = next;
    },
  };
};
