/** What both sides of the function app share: its identity, its vault, its log. */
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import { readSettings } from '../../core/config.ts';
import type { Log, Secrets } from '../../core/ports.ts';
import { jsonLog } from '../app/log.ts';
import { type Identity, managedIdentity } from './identity.ts';
import { keyVaultSecrets } from './key-vault.ts';

export type Env = Readonly<Record<string, string | undefined>>;

const schema = z.object({
  IDENTITY_ENDPOINT: z.url(),
  IDENTITY_HEADER: z.string().min(1),
  KEY_VAULT_URL: z.url({ protocol: /^https$/ }),
});

/** Opens them; throws ConfigError when a setting is missing. */
export const openParts = (
  env: Env,
  clock: Clock,
): { readonly identity: Identity; readonly secrets: Secrets; readonly log: Log } => {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER, KEY_VAULT_URL } = readSettings(schema, env);
  const identity = managedIdentity({
    endpoint: IDENTITY_ENDPOINT,
    header: IDENTITY_HEADER,
    fetch,
    clock,
  });
  const secrets = keyVaultSecrets({ vaultUrl: KEY_VAULT_URL, identity, fetch, clock });
  return { identity, secrets, log: jsonLog(clock) };
};
