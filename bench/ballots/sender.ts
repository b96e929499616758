/**
 * The people of the bench in a process of their own: each connection signs and sends one submission after the other, every
 * twentieth of them twice, as a platform does that has not seen the answer. Words: port, people, connections, the
 * template's file, the signing secret, the clock's lead in milliseconds.
 */
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { fillIn, type Template } from './form.ts';

export type Sent = {
  /** Submissions answered with 200, those sent twice counted twice. */
  readonly answered: number;
  readonly failed: number;
  readonly p50ms: number;
  readonly p99ms: number;
  /** Readings of Date.now() at the first request and at the last answer. */
  readonly began: number;
  readonly ended: number;
};

/** Of every twenty submissions one comes again, this many places later. */
const again = { every: 20, later: 64 } as const;

const main = async (): Promise<void> => {
  const [port = '', people = '', connections = '', file = '', secret = '', lead = ''] =
    process.argv.slice(2);
  const template: Template = JSON.parse(await readFile(file, 'utf8'));
  const bytes = Buffer.from(template.body);
  const order = sendingOrder(Number(people));
  const times: number[] = [];
  let [next, failed] = [0, 0];
  const began = Date.now();
  const worker = async (): Promise<void> => {
    const line = await openLine(Number(port));
    for (let person = order[next++]; person !== undefined; person = order[next++]) {
      const sent = performance.now();
      const status = await line.post(
        requestOf(fillIn(bytes, template, person), secret, Number(lead)),
      );
      times.push(performance.now() - sent);
      if (status !== 200) failed += 1;
    }
    line.end();
  };
  await Promise.all(Array.from({ length: Number(connections) }, worker));
  const ended = Date.now();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0;
  const sent: Sent = {
    answered: times.length - failed,
    failed,
    p50ms: at(0.5),
    p99ms: at(0.99),
    began,
    ended,
  };
  console.log(JSON.stringify(sent));
};

const sendingOrder = (people: number): readonly number[] => {
  const order: number[] = [];
  for (let person = 1; person <= people + again.later; person += 1) {
    if (person <= people) order.push(person);
    const before = person - again.later;
    if (before > 0 && before % again.every === 0) order.push(before);
  }
  return order;
};

const requestOf = (body: Buffer, secret: string, lead: number): readonly [string, Buffer] => {
  const time = String(Math.floor((Date.now() + lead) / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${time}:`).update(body).digest('hex');
  const head = [
    'POST /slack/events HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${body.length}`,
    `x-slack-request-timestamp: ${time}`,
    `x-slack-signature: v0=${signature}`,
    '',
    '',
  ].join('\r\n');
  return [head, body];
};

/** One connection kept open; a request waits for the whole answer to the one before. */
const openLine = async (port: number) => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.setEncoding('latin1');
  await new Promise<void>((done, fail) => {
    socket.once('connect', done);
    socket.once('error', fail);
  });
  return {
    post: (request: readonly [string, Buffer]): Promise<number> => answerOf(socket, request),
    end: () => void socket.end(),
  };
};

const answerOf = (socket: Socket, [head, body]: readonly [string, Buffer]): Promise<number> =>
  new Promise((done, fail) => {
    let text = '';
    const take = (part: string): void => {
      text += part;
      if (isWhole(text)) finish(null);
    };
    const closed = (): void => finish(new Error('the connection was closed'));
    const finish = (error: Error | null): void => {
      socket.off('data', take);
      socket.off('close', closed);
      if (error === null) done(Number(text.slice(9, 12)));
      else fail(error);
    };
    socket.on('data', take);
    socket.on('close', closed);
    // Both parts in one call of the system.
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body);
    socket.uncork();
  });

/** By its length, or by the empty piece that ends one sent in pieces. */
const isWhole = (text: string): boolean => {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return length === undefined
    ? text.endsWith('\r\n0\r\n\r\n')
    : text.length >= head + 4 + Number(length);
};

await main();
