/**
 * One HTTP/1.1 request after the other over a connection that stays open (RFC 9112). Node's own client does far more, and
 * loading it is a quarter of a door's cold start; what an answer does not say plainly is refused here, and the caller
 * tries once more.
 */
import { connect, isIP, type Socket } from 'node:net';

export type Answered = { readonly status: number; readonly text: string };

/** Bytes of an answer, head and body; a secret is at most 64 KiB. */
const mostBytes = 1 << 20;

/** The connection that waits for the next request, by origin. */
const idle = new Map<string, Socket>();

/** Sends one request, whose head ends with an empty line, and reads its answer; rejects after `patience` milliseconds and for whatever is no answer. */
export const exchange = async (
  url: URL,
  { head, body }: { readonly head: string; readonly body: string },
  patience: number,
): Promise<Answered> => {
  const socket = idle.get(url.origin) ?? (await open(url));
  idle.delete(url.origin);
  socket.ref();
  try {
    const answered = answerOn(socket, patience);
    socket.write(head + body);
    const { stays, ...answer } = await answered;
    if (stays) rest(url, socket);
    else socket.destroy();
    return answer;
  } catch (error) {
    socket.destroy();
    throw error;
  }
};

const answerOn = (socket: Socket, patience: number): Promise<Read> =>
  new Promise((done, fail) => {
    let bytes: Buffer = Buffer.alloc(0);
    const read = (piece: Buffer): void => {
      bytes = bytes.length === 0 ? piece : Buffer.concat([bytes, piece]);
      try {
        const answer = readAnswer(bytes);
        if (answer !== null) end(() => done(answer));
      } catch (error) {
        end(() => fail(error));
      }
    };
    const lost = (error: Error): void => end(() => fail(error));
    const closed = (): void => lost(new Error('closed without an answer'));
    const late = setTimeout(() => lost(new Error('no answer in time')), patience);
    const end = (tell: () => void): void => {
      clearTimeout(late);
      // What happens to a connection that nobody reads is told to who writes to it next.
      socket.off('data', read).off('close', closed).off('error', lost).on('error', ignore);
      tell();
    };
    socket.off('error', ignore).on('error', lost).on('close', closed).on('data', read);
  });

const ignore = (): void => undefined;

const open = async (url: URL): Promise<Socket> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const to = { host, port: Number(url.port || (secure ? 443 : 80)) };
  // Amazon's own addresses want it; it is loaded for them and for no other.
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = secure ? (await import('node:tls')).connect({ ...to, ...name }) : connect(to);
  // Some errors come at once, before anybody waits for an answer; who writes hears of them then.
  return socket.on('error', ignore).on('close', () => {
    if (idle.get(url.origin) === socket) idle.delete(url.origin);
  });
};

/** Keeps a connection for the next request; it holds no process up, and one that was closed meanwhile is forgotten. */
const rest = ({ origin }: URL, socket: Socket): void => {
  if (idle.has(origin)) return void socket.destroy();
  socket.unref();
  idle.set(origin, socket);
};

type Read = Answered & { readonly stays: boolean };

/** The answer that these bytes hold, or null while some are missing; throws for what is none. */
export const readAnswer = (bytes: Buffer): Read | null => {
  if (bytes.length > mostBytes) throw new Error('the answer is too long');
  const at = bytes.indexOf('\r\n\r\n');
  if (at < 0) return null;
  const [first = '', ...lines] = bytes.toString('latin1', 0, at).split('\r\n');
  const status = /^HTTP\/1\.1 ([2-5]\d\d)(?: |$)/.exec(first)?.[1];
  if (status === undefined) throw new Error('no answer of HTTP/1.1');
  const headers = new Map(lines.map(fieldOf));
  const rest = bytes.subarray(at + 4);
  const coding = headers.get('transfer-encoding');
  const body = coding === undefined ? wholeBody(headers, rest) : chunkedBody(coding, rest);
  if (body === null) return null;
  const stays = body.left === 0 && !/close/i.test(headers.get('connection') ?? '');
  return { status: Number(status), text: body.bytes.toString('utf8'), stays };
};

const fieldOf = (line: string): readonly [string, string] => {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
};

/** A body and how many bytes follow it, which nobody asked for. */
type Body = { readonly bytes: Buffer; readonly left: number };

const wholeBody = (headers: ReadonlyMap<string, string>, bytes: Buffer): Body | null => {
  const length = headers.get('content-length') ?? '';
  if (!/^\d{1,7}$/.test(length)) throw new Error('the answer does not say how long it is');
  const left = bytes.length - Number(length);
  return left < 0 ? null : { bytes: bytes.subarray(0, Number(length)), left };
};

/** Pieces, each behind its length in hexadecimal figures, up to an empty one (RFC 9112, section 7.1). */
const chunkedBody = (coding: string, bytes: Buffer): Body | null => {
  if (coding.toLowerCase() !== 'chunked') throw new Error('the answer is coded in another way');
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return null;
    const length = /^([\da-f]{1,6})(?:;|$)/i.exec(bytes.toString('latin1', at, line))?.[1];
    if (length === undefined) throw new Error('a piece of the answer does not say how long it is');
    const from = line + 2;
    const to = from + Number.parseInt(length, 16);
    if (bytes.length < to + 2) return null;
    if (bytes.toString('latin1', to, to + 2) !== '\r\n')
      throw new Error('a piece of the answer has another length');
    pieces.push(bytes.subarray(from, to));
    at = to + 2;
    if (from === to) return { bytes: Buffer.concat(pieces), left: bytes.length - at };
  }
};
