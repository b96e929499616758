/** Tokens of Entra ID by Microsoft's own library: for Graph, and for a bot that is a managed identity. */
import type { TokenCredential } from '@azure/identity';
import { ConfigError } from '../../../core/errors.ts';
import { once } from '../once.ts';
import { managedIdentity, type TeamsAccount } from './registrations.ts';

type Credentials = Pick<TeamsAccount, 'tenantId' | 'appId' | 'password'>;

/**
 * A bearer token for `scope` in the account's tenant, kept by the library until shortly before its end; a third of a
 * second of start is paid by the first call only. Rejects with ConfigError when Entra ID refuses the credentials.
 */
export const entraToken = (
  account: Credentials,
  scope: string,
  open: (account: Credentials) => Promise<TokenCredential> = openCredential,
): (() => Promise<string>) => {
  const opened = once(() => open(account));
  return async () => {
    const credential = await opened();
    try {
      const granted = await credential.getToken(scope);
      if (granted !== null) return granted.token;
    } catch (cause) {
      if (cause instanceof Error && refused.test(cause.message))
        throw new ConfigError('Entra ID refuses the Teams app id, its credentials or its tenant', {
          cause,
        });
      throw cause;
    }
    throw new Error('Entra ID gave no token');
  };
};

/** OAuth's words for "these credentials are no good" (RFC 6749, 5.2), as against "nobody answered". */
const refused =
  /\b(invalid_client|unauthorized_client|invalid_grant|invalid_request|invalid_scope)\b/;

const openCredential = async ({
  tenantId,
  appId,
  password,
}: Credentials): Promise<TokenCredential> => {
  const { ClientSecretCredential, ManagedIdentityCredential } = await import('@azure/identity');
  return password === managedIdentity
    ? new ManagedIdentityCredential({ clientId: appId })
    : new ClientSecretCredential(tenantId, appId, password);
};
