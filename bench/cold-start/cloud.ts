/** What a door calls while it starts, on loopback: AWS's secrets and queue, and the keys of the Bot Connector. */
import { createServer, type IncomingMessage } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as z from 'zod';
import { teamsClouds } from '../../bot/teams/microsoft/cloud.ts';
import { ConfigError } from '../../core/errors.ts';

export type Cloud = {
  readonly url: string;
  /** Bodies that reached the queue. */
  readonly queued: readonly string[];
  /** A token of the Bot Connector for these claims. */
  readonly token: (claims: Readonly<Record<string, string>>) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const { issuer, metadataUrl } = teamsClouds.public;
const { pathname: metadataPath } = new URL(metadataUrl);
const keysPath = '/v1/.well-known/keys';
/** The same description with its keys at this server, for a client that cannot be led here. */
export const localMetadata = '/here/openidconfiguration';

const called = z.object({ MessageBody: z.string().default('') });

/** Serves one secret, whatever its name. */
export const startCloud = async (secret: object): Promise<Cloud> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'satu', endorsements: ['msteams'] };
  const queued: string[] = [];
  let url = '';
  const described = (keys: URL) => ({
    issuer,
    jwks_uri: keys.href,
    id_token_signing_alg_values_supported: ['RS256'],
  });
  const pages: Readonly<Record<string, () => object>> = {
    [metadataPath]: () => described(new URL(keysPath, metadataUrl)),
    [localMetadata]: () => described(new URL(keysPath, url)),
    [keysPath]: () => ({ keys: [jwk] }),
  };
  const actions: Readonly<Record<string, (body: string) => object>> = {
    'secretsmanager.GetSecretValue': () => ({ SecretString: JSON.stringify(secret) }),
    'AmazonSQS.SendMessage': (body) => {
      queued.push(called.parse(JSON.parse(body)).MessageBody);
      return { MessageId: 'satu' };
    },
  };
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const act = actions[String(request.headers['x-amz-target'])] ?? pages[request.url ?? ''];
    response.writeHead(act === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(act?.(body) ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new ConfigError('no port for a bench');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    queued,
    token: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'satu' })
        .setIssuer(issuer)
        .setNotBefore('-1 minute')
        .setExpirationTime('1 hour')
        .sign(privateKey),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
};
