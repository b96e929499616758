/** What both sides of the function app share: its identity, its vault, its log. */
import type { Clock } from '../../core/clock.ts';
import { readSettings } from '../../core/config.ts';
import type { Log, Secrets } from '../../core/ports.ts';
import { address, filled, ruled } from '../../core/shape.ts';
import { jsonLog } from '../app/log.ts';
import { type Identity, managedIdentity } from './identity.ts';
import { keyVaultSecrets } from './key-vault.ts';

export type Env = Readonly<Record<string, string | undefined>>;

const wanted = {
  IDENTITY_ENDPOINT: address,
  IDENTITY_HEADER: filled,
  KEY_VAULT_URL: ruled(address, (read) => /^https:/i.test(read), 'an address https://…'),
} as const;

/** Opens them; throws ConfigError when a setting is missing. */
export const openParts = (
  env: Env,
  clock: Clock,
): { readonly identity: Identity; readonly secrets: Secrets; readonly log: Log } => {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER, KEY_VAULT_URL } = readSettings(wanted, env);
  const identity = managedIdentity({
    endpoint: IDENTITY_ENDPOINT,
    header: IDENTITY_HEADER,
    fetch,
    clock,
  });
  const secrets = keyVaultSecrets({ vaultUrl: KEY_VAULT_URL, identity, fetch, clock });
  return { identity, secrets, log: jsonLog(clock) };
};
