/** Microsoft's own Agents Playground without its window: a Connector and a Teams client in a process of their own. */
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JSDOM } from 'jsdom';
import * as z from 'zod';
import { root } from '../../../functions/app/files.ts';
import { afterFile } from '../run/after-file.ts';

/** Loaded before the program: a socket to anywhere but this machine does not open, and its host is printed. */
const guard = `import { Socket } from 'node:net';
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...given) {
  const [first] = given;
  const { host = 'localhost' } = (Array.isArray(first) ? first[0] : first) ?? {};
  if (['localhost', '127.0.0.1', '::1'].includes(host)) return connect.apply(this, given);
  process.stderr.write('kept in: ' + host + '\\n');
  process.nextTick(() => this.destroy(Object.assign(new Error('kept in'), { code: 'ENETUNREACH' })));
  return this;
};`;

const configSchema = z.object({
  config: z.object({
    tenantId: z.string(),
    bot: z.object({ id: z.string() }),
    currentUser: z.object({ id: z.string(), aadObjectId: z.string(), email: z.string() }),
    personalChat: z.object({ id: z.string() }),
  }),
});
const eventSchema = z.object({
  action: z.enum(['createMessage', 'updateMessage']),
  message: z.looseObject({
    messageId: z.string(),
    attachments: z.array(z.object({ content: z.unknown() })).default([]),
  }),
});

/** A message as the client shows it now. */
export type Shown = { readonly ref: string; readonly card: unknown; readonly changed: boolean };

/** The service URL it names in every activity; the requests for it go to `connector`. */
export const playgroundServiceUrl = 'https://playground.localhost/';

/** Starts it against `door`, which is asked as the cloud would ask: over HTTP, with `bearer` in the header. */
export const startPlayground = async (
  door: (request: Request) => Promise<Response>,
  bearer: () => Promise<string>,
) => {
  const relay = await listen(async (request) => {
    const authorization = `Bearer ${await bearer()}`;
    const body = await bodyOf(request);
    return door(
      new Request('https://langkah.example/teams/messages', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      }),
    );
  });
  const port = await run(`http://127.0.0.1:${relay}/teams/messages`);
  const base = `http://127.0.0.1:${port}`;
  const { config } = configSchema.parse(
    await (await fetch(`${base}/_internal/v1/testConfig`)).json(),
  );
  const shown = await watch(port);
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the playground answered ${answer.status} to ${path}`);
    return text === '' ? null : JSON.parse(text);
  };
  const from = { id: config.currentUser.id };
  const chat = config.personalChat.id;
  return {
    config,
    /** What is in the chat, oldest first. */
    shown: () => [...shown.values()],
    /** Our own requests for the service URL end at the playground's Connector. */
    connector: ((input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin !== new URL(playgroundServiceUrl).origin)
        throw new TypeError(`nothing goes to ${url.host}`);
      return fetch(`${base}/_connector${url.pathname}${url.search}`, init);
    }) satisfies typeof fetch as typeof fetch,
    install: () => post(`/_debug/conversation/${chat}/installation`, {}),
    type: (text: string) =>
      post(`/_conversation/v1/conversations/${chat}/messages`, { text, textFormat: 'plain', from }),
    /** Presses a button; gives the body of the bot's answer, which the client puts in the card's place. */
    press: (ref: string, action: object) =>
      post('/_conversation/v1/invoke', {
        name: 'adaptiveCard/action',
        from,
        conversation: { id: chat },
        replyToId: ref,
        value: { action, trigger: 'manual' },
      }),
  };
};

/** Starts the program on a free port and waits until it answers. */
const run = async (endpoint: string): Promise<number> => {
  const port = await freePort();
  const program = join(root, 'node_modules/@microsoft/m365agentsplayground/cli.js');
  const child = spawn(
    process.execPath,
    [
      program,
      '-e',
      endpoint,
      '-c',
      'msteams',
      '-p',
      `${port}`,
      '--dt',
      '--su',
      playgroundServiceUrl,
    ],
    {
      env: {
        ...process.env,
        BROWSER: 'none',
        TEAMSAPPTESTER_BROWSER: 'none',
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(guard)}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  afterFile(async () => {
    child.kill('SIGKILL');
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
    });
  for (let tries = 0; tries < 300; tries += 1) {
    if (printed.includes(`Listening on ${port}`)) return port;
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  throw new Error(`the playground does not start: ${printed.slice(0, 500)}`);
};

/** Follows the chat as its window would. */
const watch = async (port: number): Promise<ReadonlyMap<string, Shown>> => {
  const shown = new Map<string, Shown>();
  const { window } = new JSDOM('', { url: `http://127.0.0.1:${port}/` });
  const stream = new window.WebSocket(
    `ws://127.0.0.1:${port}/_ws_conversation/v1/conversations/stream`,
  );
  stream.addEventListener('message', ({ data }) => {
    const { action, message } = eventSchema.parse(JSON.parse(String(data)));
    const { messageId: ref, attachments } = message;
    const card = attachments[0]?.content ?? null;
    shown.set(ref, { ref, card, changed: action === 'updateMessage' });
  });
  await new Promise((done, fail) => {
    stream.addEventListener('open', done);
    stream.addEventListener('error', () => fail(new Error('the chat cannot be followed')));
  });
  afterFile(async () => {
    window.close();
  });
  return shown;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
};

const listen = async (answer: (request: IncomingMessage) => Promise<Response>): Promise<number> => {
  const server = createServer(async (request, response) => {
    const { status, headers, ...rest } = await answered(answer, request);
    response.writeHead(status, headers).end(rest.text);
  });
  afterFile(async () => {
    server.close();
    server.closeAllConnections();
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(portOf(server)));
  });
};

const answered = async (
  answer: (request: IncomingMessage) => Promise<Response>,
  request: IncomingMessage,
) => {
  const response = await answer(request);
  const type = response.headers.get('content-type');
  return {
    status: response.status,
    headers: type === null ? {} : { 'content-type': type },
    text: await response.text(),
  };
};

const portOf = (server: ReturnType<typeof createServer>): number => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
};

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const port = portOf(probe);
      probe.close(() => done(port));
    });
  });
