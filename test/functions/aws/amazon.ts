/** Amazon on this machine: SQS by fauxqs, Secrets Manager by the part of its JSON protocol that is used. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { interceptLocalhostDns, startFauxqs } from 'fauxqs';
import * as z from 'zod';

type Answer = { readonly status: number; readonly body: unknown };

const requestSchema = z.object({
  SecretId: z.string().optional(),
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  ForceDeleteWithoutRecovery: z.boolean().optional(),
});

const refused = (type: string): Answer => ({ status: 400, body: { __type: type, message: type } });
const done = (body: unknown = {}): Answer => ({ status: 200, body });

type Stored = Map<string, string | null>;
type Asked = z.infer<typeof requestSchema>;

/** What each action does to an existing secret. */
const actions: Readonly<Record<string, (stored: Stored, name: string, asked: Asked) => Answer>> = {
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

const serve = (stored: Stored, action: string, text: string): Answer => {
  const asked = requestSchema.parse(JSON.parse(text));
  const name = asked.SecretId ?? asked.Name ?? '';
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

/** Starts both; `environment` leads every AWS client of this process to them. */
export const startAmazon = async () => {
  // Its queues live at sqs.<region>.localhost, which not every machine resolves.
  const restoreDns = interceptLocalhostDns();
  const sqs = await startFauxqs({ port: 0, logger: false });
  const secrets: Stored = new Map();
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
    const { status, body } = serve(secrets, action, await read(request));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const { queueUrl } = sqs.createQueue('inbox', { region: 'ap-southeast-3' });
  const { queueUrl: deadLettersUrl } = sqs.createQueue('dead', { region: 'ap-southeast-3' });
  const { queueUrl: wakeUpsUrl } = sqs.createQueue('wake', { region: 'ap-southeast-3' });
  return {
    secrets,
    environment: {
      AWS_REGION: 'ap-southeast-3',
      AWS_ACCESS_KEY_ID: 'uji',
      AWS_SECRET_ACCESS_KEY: 'uji',
      AWS_ENDPOINT_URL_SQS: new URL(queueUrl).origin,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
      QUEUE_URL: queueUrl,
      DEAD_LETTERS_URL: deadLettersUrl,
      WAKE_UPS_URL: wakeUpsUrl,
      RUN_SECRETS_PREFIX: 'langkah/run/',
    },
    loseQueue: () => sqs.deleteQueue('inbox', { region: 'ap-southeast-3' }),
    stop: async (): Promise<void> => {
      await sqs.stop();
      restoreDns();
      await new Promise((closed) => server.close(closed));
    },
  };
};
