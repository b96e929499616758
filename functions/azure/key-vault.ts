/** Secrets in Azure Key Vault by its REST API, purged after deletion so that nothing can be recovered. */
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Secrets } from '../../core/ports.ts';
import type { Identity } from './identity.ts';

type Settings = {
  /** `https://<name>.vault.azure.net`; the vault must not have purge protection. */
  readonly vaultUrl: string;
  readonly identity: Identity;
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'sleep'>;
};

type Call = (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<Response>;

/** A deletion takes a few seconds before what is left of it can be purged: so often, and so far apart, it is asked. */
const purgeTries = 15;
const purgePause = 2_000;

/** Secrets of one vault; a name that was deleted and not yet purged cannot be put again, and `put` then rejects. */
export const keyVaultSecrets = (settings: Settings): Secrets => {
  const call = caller(settings);
  return {
    get: async (name) => {
      const response = await call('GET', `secrets/${checked(name)}`);
      if (response.status === 404) return null;
      return z.object({ value: z.string() }).parse(await (await ok(response)).json()).value;
    },
    put: async (name, value) => {
      await ok(await call('PUT', `secrets/${checked(name)}`, { value }));
    },
    remove: async (name) => {
      const response = await call('DELETE', `secrets/${checked(name)}`);
      if (response.status !== 404) await ok(response);
      await purge(settings, call, { name, deleted: response.status !== 404 });
    },
  };
};

/** Purges what a deletion leaves; `deleted` says that something must be there, now or in a moment. */
const purge = async (
  { clock }: Settings,
  call: Call,
  { name, deleted }: { readonly name: string; readonly deleted: boolean },
): Promise<void> => {
  for (let tries = 0; tries < purgeTries; tries += 1) {
    const end = await purgeOnce(call, name);
    if (end === 'purged' || (end === 'nothing' && !deleted)) return;
    await clock.sleep(purgePause);
  }
  throw new Error('the key vault has not purged a deleted secret in time');
};

const purgeOnce = async (call: Call, name: string): Promise<'purged' | 'nothing' | 'busy'> => {
  const left = await call('GET', `deletedsecrets/${name}`);
  if (left.status === 404) return 'nothing';
  await ok(left);
  const purged = await call('DELETE', `deletedsecrets/${name}`);
  if (purged.status === 409) return 'busy';
  if (purged.status === 403)
    throw new ConfigError('the key vault refuses to purge: purge protection or a missing right');
  if (purged.status !== 404) await ok(purged);
  return 'purged';
};

const caller =
  ({ vaultUrl, identity, fetch }: Settings): Call =>
  async (method, path, body) => {
    const token = await identity('https://vault.azure.net');
    const url = new URL(path, vaultUrl);
    url.searchParams.set('api-version', '7.4');
    return fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
  };

/** Key Vault's own rule; a name that breaks it would otherwise address something else. */
const checked = (name: string): string => {
  if (!/^[0-9A-Za-z-]{1,127}$/.test(name))
    throw new Error(`secret name ${JSON.stringify(name)} is not allowed`);
  return name;
};

const ok = async (response: Response): Promise<Response> => {
  if (!response.ok) throw new Error(`the key vault answered ${response.status}`);
  return response;
};
