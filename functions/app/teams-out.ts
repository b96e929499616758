/** What a Teams chat is made of for one registration: its client, and how the app is installed where it is missing. */
import type { teamsChat } from '../../bot/teams/chat.ts';
import { connectorClient } from '../../bot/teams/client.ts';
import { graphInstall } from '../../bot/teams/graph.ts';
import { publicServiceUrl } from '../../bot/teams/limits.ts';
import { connectorHosts } from '../../bot/teams/verify.ts';
import type { Clock } from '../../core/clock.ts';
import { connectorScope, entraToken, graphScope } from './entra.ts';
import { managedIdentity, type TeamsAccount } from './teams-registrations.ts';
import { connectorToken } from './teams-token.ts';

/** The parts of the chat; nothing is asked of anyone before the first message. */
export const teamsOut = (
  account: TeamsAccount,
  { fetch, clock }: { readonly fetch: typeof globalThis.fetch; readonly clock: Pick<Clock, 'now'> },
): Parameters<typeof teamsChat>[0] => {
  const { appId, password, home, tenantId, catalogApp } = account;
  // A secret is turned into a token by one plain POST: a sender that starts often needs no library for it.
  const token =
    password === managedIdentity
      ? entraToken(account, connectorScope)
      : connectorToken({ tenantId: home, appId, password, fetch, clock });
  const parts = {
    appId,
    client: connectorClient({ token, fetch, allowedHosts: connectorHosts }),
    serviceUrl: publicServiceUrl,
  };
  if (catalogApp === null) return parts;
  const install = graphInstall({
    token: entraToken({ ...account, tenantId }, graphScope),
    fetch,
    catalogApp,
  });
  return { ...parts, install };
};
