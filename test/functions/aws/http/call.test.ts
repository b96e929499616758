import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { awsCaller, signedHeaders } from '../../../../functions/aws/http/call.ts';
import { readSecrets } from '../../../../functions/aws/http/services.ts';

const now = new Date('2026-10-26T01:30:00.000Z');
const account = {
  AWS_REGION: 'ap-southeast-3',
  AWS_ACCESS_KEY_ID: 'AKIDCONTOH',
  AWS_SECRET_ACCESS_KEY: 'rahasia-contoh',
  AWS_SESSION_TOKEN: 'token-sesi',
};

/** Secrets of a service that answers in this way. */
const secretsAt = async (answer: RequestListener) => {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const env = { ...account, AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}` };
  return readSecrets(awsCaller(env, { now: () => now }), 'langkah/');
};

/** Secrets from a service that answers with these, one after the other. */
const secretsOf = async (...answers: readonly { status: number; body: object }[]) => {
  let asked = 0;
  const secrets = await secretsAt((request, response) => {
    const { status, body } = answers[asked] ?? { status: 500, body: {} };
    asked += 1;
    request.resume();
    response.writeHead(status).end(JSON.stringify(body));
  });
  return { get: () => secrets.get('satu'), asked: () => asked };
};

/** One turn of the loop in which both ends of a connection live. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Writes at one end and goes on when the other has surely read it. */
const arrived = async (write: () => unknown): Promise<void> => {
  write();
  for (let turns = 0; turns < 50; turns += 1) await turn();
};

describe('a call of AWS', () => {
  it('is signed as @smithy/signature-v4 signs the same request', () => {
    const { authorization } = signedHeaders(account, {
      service: 'sqs',
      target: 'AmazonSQS.SendMessage',
      body: '{"satu":1}',
      host: 'sqs.ap-southeast-3.amazonaws.com',
      now,
    });
    expect(authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDCONTOH/20261026/ap-southeast-3/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=65365de24cc8af7bd369b14ae91ef12aaf13aeb8d5ef8adce9c2547373a53e1d',
    );
  });

  it('is tried once more after a fault of the service or its throttle, and then given up', async () => {
    const value = { status: 200, body: { SecretString: 'isi' } };
    const throttled = { status: 400, body: { __type: 'x#ThrottlingException' } };
    expect(await (await secretsOf({ status: 503, body: {} }, value)).get()).toBe('isi');
    expect(await (await secretsOf(throttled, value)).get()).toBe('isi');
    const away = await secretsOf();
    await expect(away.get()).rejects.toThrow('status 500');
    expect(away.asked()).toBe(2);
  });

  it('has a second for its whole answer, however it begins, and is tried once more', async () => {
    let asked = 0;
    const begun: ServerResponse[] = [];
    const secrets = await secretsAt((request, response) => {
      asked += 1;
      begun.push(response);
      request.resume();
      response.writeHead(200).write('{"SecretString":');
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    let end: unknown = null;
    const getting = secrets.get('satu').catch((error: unknown) => {
      end = error;
    });
    for (const attempt of [1, 2]) {
      const until = performance.now() + 10_000;
      while (asked < attempt && performance.now() < until) await turn();
      for (const milliseconds of [500, 499]) {
        vi.advanceTimersByTime(milliseconds);
        await arrived(() => begun.at(-1)?.write(' '));
      }
      expect([asked, end]).toEqual([attempt, null]);
      vi.advanceTimersByTime(1);
    }
    await getting;
    expect([asked, String(end)]).toEqual([2, 'Error: no answer in time']);
  });

  it('keeps its connection for the next, and no deadline of an answered one reaches it', async () => {
    const lines = new Set<unknown>();
    const secrets = await secretsAt((request, response) => {
      lines.add(request.socket);
      request.resume();
      response.end(JSON.stringify({ SecretString: 'isi' }));
    });
    expect(await secrets.get('satu')).toBe('isi');
    await new Promise((done) => setTimeout(done, 1_200));
    expect(await secrets.get('dua')).toBe('isi');
    expect(lines.size).toBe(1);
  });

  it('tells a secret that is not there from one that may not be read', async () => {
    const refused = (type: string) => ({ status: 400, body: { __type: type } });
    const absent = await secretsOf(refused('ResourceNotFoundException'));
    expect(await absent.get()).toBeNull();
    const denied = await secretsOf(refused('AccessDeniedException'));
    await expect(denied.get()).rejects.toThrow('langkah/satu: AccessDeniedException');
  });

  it('names every missing piece of the account before anything is sent', () => {
    expect(() => awsCaller({}, { now: () => now })).toThrow(
      /AWS_REGION[\s\S]*AWS_SECRET_ACCESS_KEY/,
    );
  });
});
