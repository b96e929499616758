/** A Slack on this machine: it takes a message, answers 60 ms later, and lets direct messages be read back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../core/clock.ts';

type Kept = { readonly ts: string; readonly metadata: unknown };

export type Workspace = {
  readonly apiUrl: string;
  /** Messages by person. */
  readonly taken: ReadonlyMap<string, readonly Kept[]>;
  readonly lookUps: () => number;
  readonly stop: () => Promise<void>;
};

const answersAfter = 60;

export const openWorkspace = async (clock: Clock): Promise<Workspace> => {
  const taken = new Map<string, Kept[]>();
  let count = 0;
  let lookUps = 0;
  const post = (user: string, metadata: string): object => {
    count += 1;
    const ts = `${Math.floor(clock.now().getTime() / 1000)}.${String(count).padStart(6, '0')}`;
    taken.set(user, [...(taken.get(user) ?? []), { ts, metadata: JSON.parse(metadata) }]);
    return { ok: true, ts, channel: `D${user}` };
  };
  const read = (user: string, oldest: number): object => {
    lookUps += 1;
    const messages = (taken.get(user) ?? []).filter(({ ts }) => Number(ts) >= oldest);
    return { ok: true, messages: messages.toReversed(), has_more: false };
  };
  const server = createServer(async (request, response) => {
    const given = new URLSearchParams(await text(request));
    const user = (given.get('channel') ?? given.get('users') ?? '').replace(/^D/, '');
    const method = request.url?.split('/').at(-1);
    const body =
      method === 'chat.postMessage'
        ? post(user, given.get('metadata') ?? 'null')
        : method === 'conversations.history'
          ? read(user, Number(given.get('oldest')))
          : { ok: true, channel: { id: `D${user}` } };
    await wait(answersAfter);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    taken,
    lookUps: () => lookUps,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
