import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { networkFailure } from '../../core/network.ts';

const failing = (...codes: readonly object[]) =>
  new TypeError('fetch failed', {
    cause: codes.reduceRight<Error | undefined>(
      (cause, given) => Object.assign(new Error('x', cause && { cause }), given),
      undefined,
    ),
  });

describe('a request without an answer', () => {
  it.each([
    [{ code: 'ECONNREFUSED' }, false],
    [{ code: 'ENETUNREACH', syscall: 'connect' }, false],
    [{ code: 'ENETUNREACH', syscall: 'write' }, true],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, false],
    [{ code: 'ETIMEDOUT', syscall: 'read' }, true],
    [{ code: 'ECONNRESET', syscall: 'read' }, true],
    [{ code: 'EPIPE' }, true],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, false],
  ])('%j: it may have left: %s', (error, sent) => {
    expect(networkFailure(failing(error)).sent).toBe(sent);
  });

  it('that tried several addresses left only if one of them was reached', () => {
    const tried = (syscall: string) =>
      Object.assign(new Error('x'), { code: 'ETIMEDOUT', syscall });
    const all = new AggregateError([tried('connect'), tried('connect')], 'x');
    const one = new AggregateError([tried('connect'), tried('write')], 'x');
    expect(networkFailure(new TypeError('x', { cause: all })).sent).toBe(false);
    expect(networkFailure(new TypeError('x', { cause: one })).sent).toBe(true);
  });

  it('names no text of the error, and takes what is no error as sent', () => {
    expect(networkFailure(new Error('rahasia'))).toEqual({ sent: true, reason: 'no-answer' });
    expect(networkFailure('rahasia')).toEqual({ sent: true, reason: 'no-answer' });
  });

  it('is told apart on real sockets: nobody listens, cut after the request, silent', async () => {
    const cutting = createServer((socket) => socket.on('data', () => socket.destroy()));
    // Given up once its bytes have arrived, however late that is on a busy machine.
    const given = new AbortController();
    const silent = createServer((socket) =>
      socket.on('data', () => {
        const late = AbortSignal.timeout(1);
        late.addEventListener('abort', () => given.abort(late.reason));
      }),
    );
    const portOf = async (server: typeof cutting) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      return Object(server.address()).port as number;
    };
    const failureOf = (port: number, signal: AbortSignal | null = null) =>
      fetch(`http://127.0.0.1:${port}`, { signal }).catch(networkFailure);
    expect(await failureOf(await portOf(cutting))).toMatchObject({ sent: true });
    const late = { sent: true, reason: 'timeout' };
    expect(await failureOf(await portOf(silent), given.signal)).toEqual(late);
    const closed = await portOf(createServer());
    const gone = createServer();
    const port = await portOf(gone);
    await new Promise((resolve) => gone.close(resolve));
    expect(port).not.toBe(closed);
    expect(await failureOf(port)).toEqual({ sent: false, reason: 'not-connected' });
  });
});
