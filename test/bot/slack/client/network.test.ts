import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SlackPost, slackClient } from '../../../../bot/slack/client.ts';

const message: SlackPost = {
  channel: 'U1',
  text: 'Kiat hari ini',
  blocks: [],
  unfurl_links: false,
  unfurl_media: false,
};

it('a silent request is given up after the time that was told, as unknown', async () => {
  const silent: typeof fetch = async (_, init) => {
    const signal = init?.signal ?? new AbortController().signal;
    if (!signal.aborted) await once(signal, 'abort');
    throw signal.reason;
  };
  const client = slackClient({
    token: async () => 'xoxb-uji',
    ...{ apiUrl: 'https://slack.com/api/', fetch: silent, timeout: 20 },
  });
  const late = { state: 'unknown', reason: 'timeout' };
  expect(await client.post('T1', message, null)).toEqual(late);
  const url = 'https://hooks.slack.com/actions/T1/1/x';
  expect(await client.respond(url, { ...message, replace_original: true })).toEqual(late);
  // Without a word the client waits for 15 seconds.
}, 10_000);

describe('on a real socket', () => {
  const listen = async (answer: Parameters<typeof createServer>[1]) => {
    const server = createServer(answer ?? (() => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/`;
  };
  const clientOf = (apiUrl: string, signal: AbortSignal | null = null) =>
    slackClient({
      token: async () => 'xoxb-uji',
      apiUrl,
      fetch: (input, init) => fetch(input, signal === null ? init : { ...init, signal }),
    });

  it('a connection cut after the bytes arrived, or one that hangs, is unknown after one POST', async () => {
    let posts = 0;
    const cut = await listen((request) => {
      request
        .on('data', () => undefined)
        .on('end', () => {
          posts += 1;
          request.socket.destroy();
        });
    });
    expect(await clientOf(cut).post('T1', message, null)).toMatchObject({ state: 'unknown' });
    // Given up once its bytes have arrived, however late that is on a busy machine.
    const given = new AbortController();
    const hanging = await listen((request) => {
      request
        .on('data', () => undefined)
        .on('end', () => {
          posts += 1;
          const late = AbortSignal.timeout(1);
          late.addEventListener('abort', () => given.abort(late.reason));
        });
    });
    expect(await clientOf(hanging, given.signal).post('T1', message, null)).toEqual({
      state: 'unknown',
      reason: 'timeout',
    });
    expect(posts).toBe(2);
  });

  it('a port where nobody listens is a retry', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const outcome = await clientOf(`http://127.0.0.1:${port}/api/`).post('T1', message, null);
    expect(outcome).toMatchObject({ state: 'retry', reason: 'not-connected' });
  });
});
