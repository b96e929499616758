/**
 * One signed call of an AWS service that speaks JSON, by Signature Version 4
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). The SDK does the same and takes
 * longer to load than a whole request may; the jobs use it.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../../core/clock.ts';
import { readSettings } from '../../../core/config.ts';
import { address, filled, maybe, readOr, type Shape, shape, text } from '../../../core/shape.ts';
import { type Answered, exchange } from './wire.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Lambda sets all of these; the last two lead to a service elsewhere. */
const wanted = {
  AWS_REGION: filled,
  AWS_ACCESS_KEY_ID: filled,
  AWS_SECRET_ACCESS_KEY: filled,
  AWS_SESSION_TOKEN: maybe(text),
  AWS_ENDPOINT_URL_SQS: maybe(address),
  AWS_ENDPOINT_URL_SECRETS_MANAGER: maybe(address),
} as const;
type Account = Shape<typeof wanted>;

export type AwsCall = {
  readonly service: 'sqs' | 'secretsmanager';
  /** Service and action as the header names them. */
  readonly target: string;
  readonly body: object;
};

/** What the service answered; `fault` is the name of its refusal, null when it did as asked. */
export type AwsAnswer = { readonly fault: string | null; readonly body: unknown };

/** A platform waits three seconds for its answer: two tries of a second, then a clear failure that it sends again. */
const tries = 2;
const patience = 1_000;

/** Calls with the account that the environment names; throws ConfigError when it names none. */
export const awsCaller = (
  env: Env,
  clock: Pick<Clock, 'now'>,
): ((call: AwsCall) => Promise<AwsAnswer>) => {
  const account = readSettings(wanted, env);
  return async (call) => {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await post(account, call, clock.now());
      } catch (error) {
        if (attempt === tries) throw error;
      }
  };
};

const contentTypes = {
  sqs: 'application/x-amz-json-1.0',
  secretsmanager: 'application/x-amz-json-1.1',
} as const;

const endpointOf = (account: Account, { service }: AwsCall): URL => {
  const elsewhere = {
    sqs: account.AWS_ENDPOINT_URL_SQS,
    secretsmanager: account.AWS_ENDPOINT_URL_SECRETS_MANAGER,
  };
  return new URL(elsewhere[service] ?? `https://${service}.${account.AWS_REGION}.amazonaws.com`);
};

/** Rejects when nothing readable came back in time, and for what another try may heal. */
const post = async (account: Account, call: AwsCall, now: Date): Promise<AwsAnswer> => {
  const url = endpointOf(account, call);
  const body = JSON.stringify(call.body);
  const headers = signedHeaders(account, { ...call, body, host: url.host, now });
  const { status, text } = await send(url, headers, body);
  if (status >= 500 || status === 429) throw new Error(`${call.target}: status ${status}`);
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  if (status < 300) return { fault: null, body: answer };
  const fault = faultOf(answer) ?? `status ${status}`;
  if (fault.startsWith('Throttl')) throw new Error(`${call.target}: ${fault}`);
  return { fault, body: answer };
};

const faultShape = shape({ __type: text });

/** The kind without its namespace. */
const faultOf = (answer: unknown): string | undefined =>
  readOr(faultShape, answer)?.__type.split('#').at(-1);

type HeaderLines = Readonly<Record<string, string>>;

const send = (url: URL, lines: HeaderLines, body: string): Promise<Answered> => {
  const fields = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return exchange(url, { head: `POST / HTTP/1.1\r\n${fields.join('')}\r\n`, body }, patience);
};

type Unsigned = {
  readonly service: AwsCall['service'];
  readonly target: string;
  readonly body: string;
  readonly host: string;
  readonly now: Date;
};

/** All headers of a call, the signature over every one of them among them. */
export const signedHeaders = (
  account: Account,
  { service, target, body, host, now }: Unsigned,
): HeaderLines => {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const token = account.AWS_SESSION_TOKEN;
  // In the order of their names, as the signature wants them.
  const headers: HeaderLines = {
    'content-type': contentTypes[service],
    host,
    'x-amz-date': time,
    ...(token === undefined ? {} : { 'x-amz-security-token': token }),
    'x-amz-target': target,
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/', '', lines.join(''), names, sha256(body)].join('\n');
  const scope = [time.slice(0, 8), account.AWS_REGION, service, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${account.AWS_SECRET_ACCESS_KEY}`);
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const credential = `${account.AWS_ACCESS_KEY_ID}/${scope.join('/')}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization, 'content-length': String(Buffer.byteLength(body)) };
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
