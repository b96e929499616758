/** Slack's side of Socket Mode on this machine: apps.connections.open, one WebSocket, and the Web API beside it. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

type Call = {
  readonly method: string;
  readonly token: string;
  readonly fields: Readonly<Record<string, string>>;
};

/** One text frame from a server (RFC 6455, 5.2): final, unmasked. */
const frame = (text: string): Buffer => {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.of(0x81, body.length)
      : Buffer.of(0x81, 126, body.length >> 8, body.length & 255);
  return Buffer.concat([head, body]);
};

/** What a server says last: the connection is closed in good order. */
const closing = Buffer.of(0x88, 2, 0x03, 0xe8);

type Frame = { readonly kind: number; readonly text: string };

/** Whole masked frames that a client sent; what is left of a cut one stays in `rest`. */
const unframe = (bytes: Buffer): { readonly frames: readonly Frame[]; readonly rest: Buffer } => {
  const frames: Frame[] = [];
  let rest = bytes;
  while (rest.length >= 6) {
    const short = (rest[1] ?? 0) & 127;
    const at = short === 126 ? 4 : 2;
    const length = short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < at + 4 + length) break;
    const mask = rest.subarray(at, at + 4);
    const body = rest
      .subarray(at + 4, at + 4 + length)
      .map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    frames.push({ kind: (rest[0] ?? 0) & 15, text: body.toString() });
    rest = rest.subarray(at + 4 + length);
  }
  return { frames, rest };
};

/** Opens it for one test. */
export const socketSlack = async () => {
  const slack = {
    appToken: `xapp-${randomUUID()}`,
    botToken: `xoxb-${randomUUID()}`,
    apiUrl: '',
    calls: [] as Call[],
    /** Payloads of acknowledgements by envelope. */
    acks: new Map<string, unknown>(),
    /** How many connections were opened. */
    opened: 0,
    answers: new Map<string, (call: Call) => object>(),
    /** Sends a payload down the socket; gives the envelope's id. */
    send: (type: string, payload: object): string => {
      const id = randomUUID();
      const envelope = { type, envelope_id: id, payload, accepts_response_payload: true };
      socket?.write(frame(JSON.stringify(envelope)));
      return id;
    },
    /** Asks the client for a new connection, as Slack does every few hours. */
    refresh: (): void => {
      socket?.write(frame(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })));
    },
    /** Pushes a payload down the socket and waits for its acknowledgement. */
    push: async (type: string, payload: object): Promise<unknown> => {
      const id = slack.send(type, payload);
      for (let looks = 0; looks < 1_000 && !slack.acks.has(id); looks += 1)
        await new Promise((done) => setTimeout(done, 10));
      if (!slack.acks.has(id)) throw new Error(`no acknowledgement of ${type}`);
      return slack.acks.get(id);
    },
    named: (method: string) => slack.calls.filter((call) => call.method === method),
  };
  let socket: Socket | null = null;
  const server = createServer((request, response) => {
    void answer(slack, request).then((body) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-oauth-scopes': 'chat:write,commands,im:write,users:read',
      });
      response.end(JSON.stringify(body));
    });
  });
  server.on('upgrade', (request, opened: Socket) => {
    socket = opened;
    slack.opened += 1;
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    opened.write([...head, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));
    opened.write(frame(JSON.stringify({ type: 'hello', num_connections: 1 })));
    let rest = Buffer.alloc(0);
    opened.on('error', () => undefined);
    opened.on('data', (bytes) => {
      const read = unframe(Buffer.concat([rest, bytes]));
      rest = Buffer.from(read.rest);
      for (const { kind, text } of read.frames) {
        if (kind === 8) opened.end(closing);
        if (kind !== 1) continue;
        const { envelope_id: id, payload } = JSON.parse(text);
        slack.acks.set(id, payload ?? null);
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    socket?.destroy();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  slack.apiUrl = `http://127.0.0.1:${port}/api/`;
  slack.answers.set('apps.connections.open', ({ token }) =>
    token === slack.appToken
      ? { ok: true, url: `ws://127.0.0.1:${port}/link` }
      : { ok: false, error: 'invalid_auth' },
  );
  slack.answers.set('auth.test', ({ token }) =>
    token === slack.botToken
      ? { ok: true, team_id: 'T0NYATA', team: 'Ruang Contoh' }
      : { ok: false, error: 'invalid_auth' },
  );
  return slack;
};
type SocketSlack = Awaited<ReturnType<typeof socketSlack>>;

const answer = async (slack: SocketSlack, request: IncomingMessage): Promise<object> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  const json = request.headers['content-type']?.startsWith('application/json') === true;
  const call = {
    method: (request.url ?? '').replace('/api/', ''),
    token: (request.headers.authorization ?? '').replace('Bearer ', ''),
    fields: json ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text)),
  };
  slack.calls.push(call);
  return slack.answers.get(call.method)?.(call) ?? { ok: false, error: 'unknown_method' };
};
