/** The bot's registrations as the settings list them: one a tenant, each with its own credentials. */
import { type TeamsCloud, teamsCloud } from '../../../bot/teams/microsoft/cloud.ts';
import type { TeamsRegistration } from '../../../bot/teams/verify.ts';
import { type Config, type DoorConfig, listOf } from '../../../core/config.ts';
import { ConfigError } from '../../../core/errors.ts';

/** Which app id speaks in which tenant, in small letters, as Microsoft's tokens write them; empty without Teams. */
export const teamsRegistrations = (
  config: Pick<DoorConfig, 'TEAMS_APP_ID' | 'TEAMS_TENANTS'>,
): readonly TeamsRegistration[] => {
  const apps = listOf((config.TEAMS_APP_ID ?? '').toLowerCase());
  return listOf((config.TEAMS_TENANTS ?? '').toLowerCase()).flatMap((tenantId, at) => {
    const appId = apps[at] ?? apps[0];
    return appId === undefined ? [] : [{ tenantId, appId }];
  });
};

/** The word in a password's place that says: the bot is a managed identity and has none. */
export const managedIdentity = 'managed-identity';

/** A registration with what its bot signs in with. */
export type TeamsAccount = TeamsRegistration & {
  /** The tenant in which the app is registered: the tenant itself, or the first where one app serves all. */
  readonly home: string;
  readonly cloud: TeamsCloud;
  readonly password: string;
  /** The app's id in the tenant's catalogue; null = it is not installed from here. */
  readonly catalogApp: string | null;
};

/** Every registration with its credentials; one without a password is left out. Throws ConfigError for no cloud of Microsoft's. */
export const teamsAccounts = (
  config: Pick<
    Config,
    'TEAMS_APP_ID' | 'TEAMS_TENANTS' | 'TEAMS_APP_PASSWORD' | 'TEAMS_CATALOG_APPS'
  > & { readonly TEAMS_CLOUD?: string | undefined },
): readonly TeamsAccount[] => {
  const registrations = teamsRegistrations(config);
  const cloud = teamsCloud(config.TEAMS_CLOUD);
  const passwords = listOf(config.TEAMS_APP_PASSWORD ?? '');
  const catalog = listOf(config.TEAMS_CATALOG_APPS ?? '');
  if (catalog.length > 0 && cloud.graph === null)
    throw new ConfigError(
      `TEAMS_CATALOG_APPS: found with TEAMS_CLOUD=${config.TEAMS_CLOUD}, where Microsoft Graph installs no app for somebody else`,
    );
  const shared = listOf(config.TEAMS_APP_ID ?? '').length === 1;
  return registrations.flatMap(({ tenantId, appId }, at) => {
    const password = passwords[shared ? 0 : at];
    if (password === undefined) return [];
    const home = shared ? (registrations[0]?.tenantId ?? tenantId) : tenantId;
    return [{ tenantId, appId, home, cloud, password, catalogApp: catalog[at] ?? null }];
  });
};
