/**
 * Amazon on this machine: SQS by fauxqs, Secrets Manager by the part of its JSON protocol that is used, and before both of
 * them whoever says what a role may do.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import * as z from 'zod';

type Answer = { readonly status: number; readonly body: unknown };

/** One call, as IAM judges it. */
export type Asked = {
  /** The access key that signed it: here a role and its key have one name. */
  readonly role: string;
  /** Service and action, as in a policy. */
  readonly action: string;
  /** Name of a queue; name of a secret, with the six characters of its address while it is there. */
  readonly resource: string;
};

const requestSchema = z.object({
  QueueUrl: z.string().optional(),
  SecretId: z.string().optional(),
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  ForceDeleteWithoutRecovery: z.boolean().optional(),
});

const refused = (type: string): Answer => ({ status: 400, body: { __type: type, message: type } });
const done = (body: unknown = {}): Answer => ({ status: 200, body });

type Stored = Map<string, string | null>;
type Body = z.infer<typeof requestSchema>;

/** What each action does to an existing secret. */
const actions: Readonly<Record<string, (stored: Stored, name: string, asked: Body) => Answer>> = {
  GetSecretValue: (stored, name) => done({ Name: name, SecretString: stored.get(name) }),
  PutSecretValue: (stored, name, asked) => {
    stored.set(name, asked.SecretString ?? '');
    return done({ Name: name });
  },
  // Without force the secret can be recovered for days: its name stays, its value is kept out of reach.
  DeleteSecret: (stored, name, asked) => {
    if (asked.ForceDeleteWithoutRecovery === true) stored.delete(name);
    else stored.set(name, null);
    return done({ Name: name });
  },
  CreateSecret: () => refused('ResourceExistsException'),
};

const nameOf = (asked: Body): string => asked.SecretId ?? asked.Name ?? '';

const serve = (stored: Stored, action: string, asked: Body): Answer => {
  const name = nameOf(asked);
  const act = actions[action];
  if (act === undefined) return refused('UnknownOperationException');
  if (stored.get(name) === null) return refused('InvalidRequestException');
  if (stored.has(name)) return act(stored, name, asked);
  if (action !== 'CreateSecret') return refused('ResourceNotFoundException');
  stored.set(name, asked.SecretString ?? '');
  return done({ Name: name });
};

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const region = 'ap-southeast-3';
const credentials = { accessKeyId: 'uji', secretAccessKey: 'uji' } as const;
const queueNames = ['inbox', 'dead', 'wake'] as const;

/** What fauxqs is asked, and what it answered. */
const startSqs = async () => {
  // Before a test puts something else in its place.
  const { fetch } = globalThis;
  const sqs = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
  const endpoint = `http://127.0.0.1:${sqs.port}`;
  const urls = new Map<string, string>(
    queueNames.map((name) => [name, sqs.createQueue(name, { region }).queueUrl]),
  );
  const urlOf = (name: string): string => urls.get(name) ?? name;
  const client = new SQSClient({ endpoint, region, credentials });
  return {
    ask: async (headers: IncomingMessage['headers'], asked: object, name: string) => {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': String(headers['x-amz-target']),
          authorization: String(headers.authorization),
        },
        body: JSON.stringify({ ...asked, QueueUrl: urlOf(name) }),
      });
      return { status: answer.status, body: await answer.json() };
    },
    take: async (name: string): Promise<readonly string[]> => {
      const QueueUrl = urlOf(name);
      const ask = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await client.send(ask);
      for (const { ReceiptHandle } of Messages)
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return Messages.map(({ Body = '' }) => Body);
    },
    lose: (name: string) => sqs.deleteQueue(name, { region }),
    stop: () => sqs.stop(),
  };
};

/** Starts both; `environment` leads every AWS client of this process to them. Without `may` everybody may do everything. */
export const startAmazon = async (may: (asked: Asked) => boolean = () => true) => {
  const sqs = await startSqs();
  const secrets: Stored = new Map();
  const answerTo = async ({ headers }: IncomingMessage, text: string): Promise<Answer> => {
    const [service = '', action = ''] = String(headers['x-amz-target']).split('.');
    const given = JSON.parse(text);
    const asked = requestSchema.parse(given);
    const role = /Credential=([^/]+)/.exec(String(headers.authorization))?.[1] ?? '';
    if (service === 'AmazonSQS') {
      const resource = asked.QueueUrl?.split('/').at(-1) ?? '';
      if (!may({ role, action: `sqs:${action}`, resource })) return refused('AccessDenied');
      return sqs.ask(headers, given, resource);
    }
    const name = nameOf(asked);
    const resource = secrets.has(name) ? `${name}-AbCd12` : name;
    if (!may({ role, action: `secretsmanager:${action}`, resource }))
      return refused('AccessDeniedException');
    return serve(secrets, action, asked);
  };
  const server = createServer(async (request, response) => {
    const { status, body } = await answerTo(request, await read(request));
    response.writeHead(status, { 'content-type': request.headers['content-type'] });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const here = `http://127.0.0.1:${port}`;
  return {
    secrets,
    environment: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SQS: here,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: here,
      QUEUE_URL: `${here}/000000000000/inbox`,
      DEAD_LETTERS_URL: `${here}/000000000000/dead`,
      WAKE_UPS_URL: `${here}/000000000000/wake`,
      RUN_SECRETS_PREFIX: 'langkah/run/',
    },
    /** Takes all there is off a queue, by its name, up to ten. */
    take: sqs.take,
    loseQueue: () => sqs.lose('inbox'),
    stop: async (): Promise<void> => {
      await sqs.stop();
      await new Promise((closed) => server.close(closed));
    },
  };
};
