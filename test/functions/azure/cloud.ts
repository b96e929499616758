/** Azure on this machine, behind a `fetch`: the identity endpoint, one key vault, two Service Bus queues. */

type Vault = {
  readonly secrets: Map<string, string>;
  readonly deleted: Map<string, string>;
  /** Times that a deletion still looks unfinished. */
  busy: number;
  purgeProtected: boolean;
};

export const identityEndpoint = 'http://127.0.0.1:4141/msi/token';
export const identityHeader = 'tajuk-uji';
export const vaultUrl = 'https://contoh.vault.azure.net';
const busNamespace = 'contoh.servicebus.windows.net';

const status = (code: number): Response => new Response(null, { status: code });

const serveSecret = async (vault: Vault, name: string, request: Request): Promise<Response> => {
  if (request.method === 'PUT') {
    if (vault.deleted.has(name)) return status(409);
    const { value }: { readonly value: string } = await request.json();
    vault.secrets.set(name, value);
    return Response.json({ value });
  }
  const value = vault.secrets.get(name);
  if (value === undefined) return status(404);
  if (request.method === 'GET') return Response.json({ value });
  vault.secrets.delete(name);
  vault.deleted.set(name, value);
  return Response.json({});
};

const serveDeleted = (vault: Vault, name: string, request: Request): Response => {
  if (vault.busy > 0) {
    vault.busy -= 1;
    // At first it is not to be seen yet, then seen and not yet to be purged.
    if (request.method === 'GET') return status(vault.busy > 1 ? 404 : 200);
    return status(409);
  }
  const value = vault.deleted.get(name);
  if (value === undefined) return status(404);
  if (request.method === 'GET') return Response.json({ value });
  if (vault.purgeProtected) return status(403);
  vault.deleted.delete(name);
  return status(204);
};

const serveVault = async (vault: Vault, request: Request): Promise<Response> => {
  if (request.headers.get('authorization') !== 'Bearer token-untuk-https://vault.azure.net')
    return status(401);
  const [, folder, name = ''] = new URL(request.url).pathname.split('/');
  return folder === 'secrets'
    ? serveSecret(vault, name, request)
    : serveDeleted(vault, name, request);
};

/** The queue's own description, as Atom: only its counts matter here. */
const describeQueue = (
  { busRights, dead }: { readonly busRights: number; readonly dead: number },
  active: number,
): Response => {
  if (busRights !== 200) return status(busRights);
  const counts = { ActiveMessageCount: active, DeadLetterMessageCount: dead };
  const none = {
    ScheduledMessageCount: 0,
    TransferMessageCount: 0,
    TransferDeadLetterMessageCount: 0,
  };
  const lines = Object.entries({ ...counts, ...none }).map(
    ([name, count]) => `<d2p1:${name}>${count}</d2p1:${name}>`,
  );
  return new Response(`<entry><CountDetails>${lines.join('')}</CountDetails></entry>`);
};

/** Opens it; addresses of anybody else go to `others`. */
export const openAzure = (others: typeof fetch, now: () => Date) => {
  const vault: Vault = {
    secrets: new Map(),
    deleted: new Map(),
    busy: 0,
    purgeProtected: false,
  };
  const entries: string[] = [];
  const wakeUps: string[] = [];
  const state = { busStatus: 201, busRights: 200, dead: 0, tokens: 0 };
  const identify = (request: Request, url: URL): Response => {
    if (request.headers.get('x-identity-header') !== identityHeader) return status(401);
    state.tokens += 1;
    const token = `token-untuk-${url.searchParams.get('resource')}`;
    const expires_on = String(Math.floor(now().getTime() / 1000) + 3600);
    return Response.json({ access_token: token, expires_on });
  };
  const enqueue = async (request: Request): Promise<Response> => {
    if (request.headers.get('authorization') !== 'Bearer token-untuk-https://servicebus.azure.net')
      return status(401);
    if (request.method === 'GET') return describeQueue(state, entries.length);
    const onto = new URL(request.url).pathname === '/bangun/messages' ? wakeUps : entries;
    if (state.busStatus === 201) onto.push(await request.text());
    return status(state.busStatus);
  };
  const serve: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin + url.pathname === identityEndpoint) return identify(request, url);
    if (url.origin === vaultUrl) return serveVault(vault, request);
    return url.host === busNamespace ? enqueue(request) : others(input, init);
  };
  return {
    vault,
    state,
    /** Bodies on the queue, and on that of wake-ups, in order. */
    entries,
    wakeUps,
    fetch: serve,
    environment: {
      IDENTITY_ENDPOINT: identityEndpoint,
      IDENTITY_HEADER: identityHeader,
      KEY_VAULT_URL: vaultUrl,
      SERVICE_BUS__fullyQualifiedNamespace: busNamespace,
      QUEUE_NAME: 'kotak-masuk',
      WAKE_UPS_NAME: 'bangun',
    },
  };
};
