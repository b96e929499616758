import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { exchange, readAnswer } from '../../../../functions/aws/http/wire.ts';

const sized = (body: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

const inPieces = (pieces: readonly string[]): string =>
  [
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n',
    ...pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`),
    '0\r\n\r\n',
  ].join('');

describe('an answer', () => {
  const text = fc.string({ unit: 'binary', maxLength: 80 });

  it('is read the same, wherever the bytes are cut, by its length or in pieces', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.nat(), (texts, cut) => {
        // An empty piece ends an answer: nobody sends one before.
        const pieces = texts.map((one) => Buffer.from(one).toString()).filter((one) => one !== '');
        const body = pieces.join('');
        for (const raw of [sized(body), inPieces(pieces)].map((one) => Buffer.from(one))) {
          expect(readAnswer(raw)).toEqual({ status: 200, text: body, stays: true });
          expect(readAnswer(raw.subarray(0, cut % raw.length))).toBeNull();
        }
      }),
    );
  });

  it.each([
    ['another protocol', 'SSH-2.0-contoh\r\n\r\n'],
    ['an older one', 'HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['no length', 'HTTP/1.1 200 OK\r\n\r\nx'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: 1e3\r\n\r\nx'],
    ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nx'],
    ['another coding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\nx'],
    ['a piece without a length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nx'],
    [
      'a piece of another length',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nxyz\r\n',
    ],
  ])('with %s is refused', (_what, raw) => {
    expect(() => readAnswer(Buffer.from(raw))).toThrow(/answer/);
  });

  it('that is followed by bytes nobody asked for, or by a goodbye, ends the connection', () => {
    expect(readAnswer(Buffer.from(`${sized('ya')}lagi`))).toMatchObject({ stays: false });
    expect(readAnswer(Buffer.from(sized('ya', 'Connection: close\r\n')))).toMatchObject({
      text: 'ya',
      stays: false,
    });
  });

  it('longer than a mebibyte is not waited for', () => {
    expect(() => readAnswer(Buffer.alloc((1 << 20) + 1))).toThrow('too long');
  });
});

describe('a connection', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  const serve = async (answer: (socket: Socket, nth: number) => void): Promise<URL> => {
    let nth = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        nth += 1;
        answer(socket, nth);
      });
    });
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const at = server.address();
    return new URL(`http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}/`);
  };
  const ask = (url: URL, patience = 1_000) =>
    exchange(url, { head: 'POST / HTTP/1.1\r\n\r\n', body: '' }, patience);

  it('carries one request after the other, and two at once on two', async () => {
    const sockets = new Set<Socket>();
    const url = await serve((socket, nth) => {
      sockets.add(socket);
      socket.write(sized(`jawaban ${nth}`));
    });
    expect((await ask(url)).text).toBe('jawaban 1');
    expect((await ask(url)).text).toBe('jawaban 2');
    expect(sockets.size).toBe(1);
    expect(await Promise.all([ask(url), ask(url)])).toHaveLength(2);
    expect(sockets.size).toBe(2);
    expect((await ask(url)).text).toBe('jawaban 5');
    expect(sockets.size).toBe(2);
  });

  it('that carries a hundred requests has as many listeners as after the first', async () => {
    const url = await serve((socket) => socket.write(sized('ya')));
    const warned: Error[] = [];
    const warn = (warning: Error): void => void warned.push(warning);
    process.on('warning', warn);
    for (let asked = 0; asked < 100; asked += 1) await ask(url);
    await new Promise((turn) => setImmediate(turn));
    process.off('warning', warn);
    expect(warned).toEqual([]);
  });

  it('that is closed without an answer, or halfway through it, rejects', async () => {
    const url = await serve((socket, nth) => {
      socket.end(nth === 1 ? '' : sized('jawaban').slice(0, -2));
    });
    await expect(ask(url)).rejects.toThrow('closed without an answer');
    await expect(ask(url)).rejects.toThrow('closed without an answer');
  });

  it('that the service closed while it waited is replaced', async () => {
    const gone: Promise<unknown>[] = [];
    const url = await serve((socket) => {
      gone.push(once(socket, 'close'));
      socket.end(sized('ya'));
    });
    await ask(url);
    // The server's end closes when ours has said goodbye; a turn later ours is closed too, however busy the machine.
    await Promise.all(gone);
    await new Promise((turn) => setImmediate(turn));
    expect((await ask(url)).text).toBe('ya');
  });

  it('that says nothing is given up', async () => {
    const url = await serve(() => undefined);
    await expect(ask(url, 50)).rejects.toThrow('no answer in time');
  });

  it('that cannot be made rejects', async () => {
    const url = await serve(() => undefined);
    for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED');
  });
});
