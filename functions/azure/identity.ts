/** Tokens of the function app's own managed identity, from the endpoint inside its host. */
import * as z from 'zod';
import { type Clock, minute } from '../../core/clock.ts';

type Settings = {
  /** IDENTITY_ENDPOINT and IDENTITY_HEADER of the host. */
  readonly endpoint: string;
  readonly header: string;
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'now'>;
};

/** A bearer token for a resource such as `https://vault.azure.net`. */
export type Identity = (resource: string) => Promise<string>;

/** A token is renewed this long before its end. */
const margin = 5 * minute;

/** `expires_on` is in seconds since 1970, as text. */
const granted = z.object({ access_token: z.string().min(1), expires_on: z.coerce.number() });

/** Asks the host (learn.microsoft.com/azure/app-service/overview-managed-identity, "REST endpoint reference") and keeps tokens. */
export const managedIdentity = (settings: Settings): Identity => {
  const known = new Map<string, { readonly token: string; readonly until: number }>();
  return async (resource) => {
    const fresh = known.get(resource);
    if (fresh !== undefined && settings.clock.now().getTime() < fresh.until) return fresh.token;
    const url = new URL(settings.endpoint);
    url.searchParams.set('resource', resource);
    url.searchParams.set('api-version', '2019-08-01');
    const response = await settings.fetch(url, {
      headers: { 'x-identity-header': settings.header },
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`the managed identity endpoint answered ${response.status}`);
    const { access_token: token, expires_on: end } = granted.parse(await response.json());
    known.set(resource, { token, until: end * 1000 - margin });
    return token;
  };
};
