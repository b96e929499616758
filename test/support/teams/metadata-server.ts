/** An OpenID metadata server on loopback, as Microsoft runs one for the keys of the Bot Connector. */
import { createServer } from 'node:http';
import { teamsClouds } from '../../../bot/teams/microsoft/cloud.ts';
import { afterFile } from '../run/after-file.ts';
import { issuer, type Key } from './tokens.ts';

/** Where the verifier believes the metadata to be; its requests are led to loopback. */
export const { metadataUrl } = teamsClouds.public;

/** Serves the keys of `state`, which can change while requests are under way. */
export const startMetadataServer = async (keys: readonly Key[]) => {
  const state = { keys, lookups: 0 };
  const server = createServer((request, response) => {
    const described = request.url === new URL(metadataUrl).pathname;
    if (described) state.lookups += 1;
    const body = described
      ? { issuer, jwks_uri: new URL('/v1/.well-known/keys', metadataUrl) }
      : { keys: state.keys.map(({ jwk }) => jwk) };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  afterFile(async () => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const serve: typeof fetch = (input, init) => {
    const { host, pathname } = new URL(input instanceof Request ? input.url : input);
    if (host !== new URL(metadataUrl).host) throw new TypeError(`nothing goes to ${host}`);
    return fetch(`http://127.0.0.1:${port}${pathname}`, init);
  };
  return { state, fetch: serve };
};
