/** What a Teams chat is made of for one registration: its client, and how the app is installed where it is missing. */
import type { teamsChat } from '../../../bot/teams/chat.ts';
import { connectorClient } from '../../../bot/teams/client.ts';
import { graphInstall, type Install } from '../../../bot/teams/microsoft/graph.ts';
import type { Clock } from '../../../core/clock.ts';
import { entraToken } from './entra.ts';
import { managedIdentity, type TeamsAccount } from './registrations.ts';
import { connectorToken } from './token.ts';

/** The parts of the chat; nothing is asked of anyone before the first message. */
export const teamsOut = (
  account: TeamsAccount,
  { fetch, clock }: { readonly fetch: typeof globalThis.fetch; readonly clock: Pick<Clock, 'now'> },
): Parameters<typeof teamsChat>[0] => {
  const { appId, password, home, catalogApp, cloud } = account;
  // A secret is turned into a token by one plain POST: a sender that starts often needs no library for it.
  const token =
    password === managedIdentity
      ? entraToken(account, cloud.scope)
      : connectorToken({ tenantId: home, appId, password, cloud, fetch, clock });
  const { serviceUrl, hosts: allowedHosts } = cloud;
  const parts = { appId, client: connectorClient({ token, fetch, allowedHosts }), serviceUrl };
  const install = catalogApp === null ? null : appInstall(account, catalogApp, fetch);
  return install === null ? parts : { ...parts, install };
};

/** Installs the app `catalogApp` for people of the account's tenant; null in a cloud where nobody may. */
export const appInstall = (
  account: TeamsAccount,
  catalogApp: string,
  fetch: typeof globalThis.fetch,
): Install | null => {
  const { graph } = account.cloud;
  if (graph === null) return null;
  return graphInstall({
    token: entraToken(account, `${graph}/.default`),
    fetch,
    catalogApp,
    graph,
  });
};
