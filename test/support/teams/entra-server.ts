/** Entra ID in process: Microsoft's own library speaks to it and nothing leaves the machine. */
import { createServer } from 'node:http';
import type { ClientSecretCredentialOptions } from '@azure/identity';

type HttpClient = NonNullable<ClientSecretCredentialOptions['httpClient']>;
type LibraryRequest = Parameters<HttpClient['sendRequest']>[0];

type Asked = {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
};

/** A server whose answers can be switched, with what it was asked. */
export const entraServer = () => {
  const state = { answer: 'granted' as 'granted' | 'refused' | 'down' };
  const asked: Asked[] = [];
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      const url = new URL(request.url);
      if (state.answer === 'down')
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      if (url.pathname.endsWith('/.well-known/openid-configuration'))
        return json(request, metadataOf(url));
      const body = typeof request.body === 'string' ? request.body : '';
      asked.push({
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        form: Object.fromEntries(new URLSearchParams(body)),
      });
      return state.answer === 'refused'
        ? json(request, { error: 'invalid_client', error_description: 'bad secret' }, 401)
        : json(request, granted(asked.length));
    },
  };
  // One try: the library would wait between several.
  const retryOptions = { maxRetries: 0 };
  return { state, asked, options: { httpClient, disableInstanceDiscovery: true, retryOptions } };
};

/** The endpoint inside a host of Azure, on loopback, at which a managed identity asks for tokens. */
export const identityEndpoint = async () => {
  const asked: Readonly<Record<string, string>>[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    asked.push({
      ...Object.fromEntries(searchParams),
      header: `${request.headers['x-identity-header']}`,
    });
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(granted(asked.length)));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { asked, url: `http://127.0.0.1:${port}/msi/token`, stop: () => server.close() };
};

const granted = (count: number) => ({
  token_type: 'Bearer',
  access_token: `token-${count}`,
  expires_in: 3600,
  expires_on: Math.floor(Date.now() / 1000) + 3600,
  resource: 'https://api.botframework.com',
});

const metadataOf = ({ origin, pathname }: URL) => {
  const authority = `${origin}/${pathname.split('/')[1] ?? ''}`;
  return {
    issuer: `${authority}/v2.0`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
  };
};

/** The library's headers are a class of a package of its own; a request's are of it and can be emptied. */
const json = (request: LibraryRequest, body: unknown, status = 200) => {
  const headers = request.headers;
  for (const [name] of [...headers]) headers.delete(name);
  headers.set('content-type', 'application/json');
  return { request, status, headers, bodyAsText: JSON.stringify(body) };
};
