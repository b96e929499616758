/** Who may speak to the Teams door: Bot Connector tokens, checked without an SDK. */
import * as jose from 'jose';
import * as z from 'zod';
import { ConfigError } from '../../core/errors.ts';

/** True for an https address on exactly one of `hosts`, default port, no credentials in it. */
export const isAllowedServiceUrl = (serviceUrl: string, hosts: readonly string[]): boolean => {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, host, username, password } = new URL(serviceUrl);
  return protocol === 'https:' && username === '' && password === '' && hosts.includes(host);
};

/** Why a request is refused; `keys` means that those of the cloud cannot be fetched. For the log alone. */
type Refusal = 'token' | 'keys' | 'activity' | 'tenant' | 'service-url' | 'endorsement';

type Verified =
  | { readonly ok: true; readonly activity: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly status: 401; readonly reason: Refusal };

export type TeamsVerifier = (request: {
  readonly headers: Pick<Headers, 'get'>;
  /** The raw body as text. */
  readonly body: string;
}) => Promise<Verified>;

/** A tenant that may talk to the bot, and the app id under which the bot is registered for it. */
export type TeamsRegistration = { readonly tenantId: string; readonly appId: string };

type Settings = {
  readonly registrations: readonly TeamsRegistration[];
  /** Who issues the tokens; issuer, keys and hosts are those of one cloud (cloud.ts). */
  readonly issuer: string;
  /** Signing keys by token header; a JWK with `endorsements` binds the key to its channels. */
  readonly keys: jose.JWTVerifyGetKey;
  readonly now: () => Date;
  /** Exact hosts that a service URL may name. */
  readonly hosts: readonly string[];
};

/** Clock difference that tokens may have, in seconds; the Bot Framework's own SDKs allow the same. */
const skewSeconds = 300;

/**
 * Checks token, tenant and service URL of a request; every failure is the same 401.
 * Throws ConfigError when an app id or the list of tenants is empty: an empty app id would mean "no check".
 */
export const teamsVerifier = (settings: Settings): TeamsVerifier => {
  const { registrations } = settings;
  if (registrations.length === 0) throw new ConfigError('the list of Teams tenants is empty');
  if (registrations.some(({ appId }) => appId.trim() === ''))
    throw new ConfigError('the Teams app id is empty');
  return async ({ headers, body }) => {
    try {
      const token = await checkToken(settings, headers.get('authorization'));
      const { activity, named } = readActivity(body);
      checkActivity(settings, token, named);
      return { ok: true, activity };
    } catch (error) {
      // Whatever else fails before the activity is read fails on the token.
      const reason = error instanceof RefusedError ? error.reason : 'token';
      return { ok: false, status: 401, reason };
    }
  };
};

class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly reason: Refusal;
  constructor(reason: Refusal, options: { cause?: unknown } = {}) {
    super(`refused: ${reason}`, options);
    this.reason = reason;
  }
}

/** The fields that must agree with the token; the rest is parsed later. */
const envelope = z.object({
  // The same bot may be reachable over channels whose clients name themselves freely; only Teams vouches for `from`.
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1),
  conversation: z.object({ tenantId: z.string().optional() }),
  channelData: z.object({ tenant: z.object({ id: z.string() }).optional() }).optional(),
});

const readActivity = (body: string) => {
  try {
    const activity = JSON.parse(body);
    return { activity, named: envelope.parse(activity) };
  } catch (cause) {
    throw new RefusedError('activity', { cause });
  }
};

type Token = {
  /** The app id it was made for. */
  readonly audience: unknown;
  readonly serviceUrl: unknown;
  readonly endorsements: unknown;
};

const checkToken = async (settings: Settings, authorization: string | null): Promise<Token> => {
  const [scheme = '', token = '', ...rest] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || token === '' || rest.length > 0)
    throw new RefusedError('token');
  let endorsements: unknown;
  const keys: jose.JWTVerifyGetKey = async (header, input) => {
    const key = await settings.keys(header, input);
    endorsements = 'endorsements' in key ? key.endorsements : undefined;
    return key;
  };
  const { payload } = await jose.jwtVerify(token, keys, {
    algorithms: ['RS256'],
    issuer: settings.issuer,
    audience: settings.registrations.map(({ appId }) => appId),
    clockTolerance: skewSeconds,
    currentDate: settings.now(),
    requiredClaims: ['exp', 'serviceurl'],
  });
  return { audience: payload.aud, serviceUrl: payload['serviceurl'], endorsements };
};

const checkActivity = (
  { registrations, hosts }: Settings,
  token: Token,
  activity: z.infer<typeof envelope>,
): void => {
  const named = [activity.conversation.tenantId, activity.channelData?.tenant?.id].filter(
    (tenant) => tenant !== undefined,
  );
  // Two different tenants of ours in one activity fit no honest request.
  const [tenant, ...others] = new Set(named);
  if (others.length > 0) throw new RefusedError('tenant');
  // The token of one tenant's bot opens no other tenant.
  const ours = registrations.filter(({ tenantId }) => tenantId === tenant);
  if (!ours.some(({ appId }) => appId === token.audience)) throw new RefusedError('tenant');
  if (token.serviceUrl !== activity.serviceUrl) throw new RefusedError('service-url');
  if (!isAllowedServiceUrl(activity.serviceUrl, hosts)) throw new RefusedError('service-url');
  if (token.endorsements === undefined) return;
  if (!Array.isArray(token.endorsements) || !token.endorsements.includes(activity.channelId))
    throw new RefusedError('endorsement');
};

const metadataSchema = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) });
const keySetSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })),
});

const hour = 3_600_000;
/** Wait after a failed look-up, so that a stream of forged tokens cannot become a stream of fetches. */
const pause = 30_000;
/** Look-ups for unknown key ids: so many at once, and one more each time this long has passed. */
const spare = { most: 5, everyMilliseconds: 300_000 };

/**
 * Signing keys from OpenID metadata, kept 24 hours. An unknown key id is looked up at once, so that a key changed a
 * moment ago is accepted; a stream of forged ids uses up its few look-ups. Keys already known stay in use when a look-up
 * fails. The key is returned as its JWK, `endorsements` included.
 */
export const openIdKeys = (source: {
  readonly fetch: typeof fetch;
  readonly metadataUrl: string;
  readonly now: () => Date;
}): jose.JWTVerifyGetKey => {
  let known: ReadonlyMap<string, jose.JWK> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  const mayAsk = allowance(spare);

  const refresh = async (at: number): Promise<void> => {
    try {
      known = await fetchKeys(source);
      fetchedAt = at;
    } catch {
      failedAt = at;
    }
  };
  /** Starts a look-up or joins the one under way; null when none is due. */
  const lookUp = (at: number, kid: string): Promise<void> | null => {
    if (running !== null || at - failedAt < pause) return running;
    if (at - fetchedAt < 24 * hour && (known.has(kid) || !mayAsk(at))) return null;
    running = refresh(at).finally(() => {
      running = null;
    });
    return running;
  };

  return async ({ kid }) => {
    if (kid === undefined) throw new RefusedError('token');
    const at = source.now().getTime();
    const joined = running !== null;
    await lookUp(at, kid);
    // A look-up that was joined may have begun before the key was published.
    if (joined && !known.has(kid)) await lookUp(at, kid);
    const key = known.get(kid);
    // After a look-up that failed nobody can tell whether the id is a forged one.
    if (key === undefined) throw new RefusedError(failedAt > fetchedAt ? 'keys' : 'token');
    return key;
  };
};

/** Says yes `most` times, and once more for each interval that has passed. */
const allowance = ({ most, everyMilliseconds }: typeof spare): ((at: number) => boolean) => {
  let left = most;
  let countedAt = Number.NEGATIVE_INFINITY;
  return (at) => {
    const more = Math.floor((at - countedAt) / everyMilliseconds);
    if (more > 0) {
      left = Math.min(most, left + more);
      countedAt = at;
    }
    if (left === 0) return false;
    left -= 1;
    return true;
  };
};

const fetchKeys = async ({
  fetch,
  metadataUrl,
}: {
  readonly fetch: typeof globalThis.fetch;
  readonly metadataUrl: string;
}): Promise<ReadonlyMap<string, jose.JWK>> => {
  const read = async (url: string): Promise<unknown> => {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
    return response.json();
  };
  const { jwks_uri } = metadataSchema.parse(await read(metadataUrl));
  const { keys } = keySetSchema.parse(await read(jwks_uri));
  return new Map(keys.map((key) => [key.kid, key]));
};
