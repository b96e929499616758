/** A real tenant: its bot's credentials for what goes out, a tunnel to this machine for what comes in. */
import { teamsChat } from '../../../bot/teams/chat.ts';
import { teamsDoor } from '../../../bot/teams/door.ts';
import { openIdKeys, teamsVerifier } from '../../../bot/teams/verify.ts';
import { ConfigError } from '../../../core/errors.ts';
import { teamsOut } from '../../app/teams/out.ts';
import { teamsAccounts } from '../../app/teams/registrations.ts';
import { openTab } from '../../app/teams/tab.ts';
import { connectorToken } from '../../app/teams/token.ts';
import type { Connect } from './connected.ts';

/** Asks for a token first; throws ConfigError when Entra ID refuses the bot, and at the start when the tunnel does not lead here. */
export const connectTeams: Connect = async ({ env, ...parts }) => {
  const settings = {
    // In small letters, as tokens name them.
    TEAMS_APP_ID: env['TEAMS_APP_ID']?.toLowerCase(),
    TEAMS_TENANTS: env['TEAMS_TENANTS']?.toLowerCase(),
    TEAMS_CLOUD: env['TEAMS_CLOUD'],
  };
  const { TEAMS_APP_PASSWORD, TEAMS_CATALOG_APPS } = env;
  const accounts = teamsAccounts({ ...settings, TEAMS_APP_PASSWORD, TEAMS_CATALOG_APPS });
  const [account, ...others] = accounts;
  if (account === undefined || others.length > 0)
    throw new ConfigError('TEAMS_TENANTS: --connect serves one tenant with one app id');
  const { appId, tenantId, password, home, cloud } = account;
  const { clock } = parts;
  await connectorToken({ tenantId: home, appId, password, cloud, fetch, clock })();
  const { now } = clock;
  const verify = teamsVerifier({
    registrations: [account],
    issuer: cloud.issuer,
    hosts: cloud.hosts,
    keys: openIdKeys({ fetch, metadataUrl: cloud.metadataUrl, now }),
    now,
  });
  const address = env['PUBLIC_URL'] ?? '';
  return {
    chat: teamsChat(teamsOut(account, { fetch, clock })),
    workspaceId: tenantId,
    name: `Teams (${tenantId})`,
    door: teamsDoor({ ...parts, verify }),
    pages: (context) =>
      openTab(
        { ...settings, TEAMS_TAB_HOST: new URL(address).host },
        { context: async () => context, fetch, clock },
      ),
    start: () => checkTunnel(address, fetch),
    stop: async () => undefined,
  };
};

/** Asks ourselves from outside: a bot that nobody can reach would look as if nobody wrote to it. */
const checkTunnel = async (address: string, ask: typeof fetch): Promise<void> => {
  const fault = await ask(new URL('/sehat', address), {
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  }).then(
    async (answer) =>
      answer.ok && (await answer.text()) === 'ok'
        ? null
        : `answers ${answer.status}, not this host`,
    () => 'cannot be reached',
  );
  if (fault !== null)
    throw new ConfigError(
      `PUBLIC_URL: ${address} ${fault}; lead the tunnel to this machine's port and set the bot's messaging endpoint to ${new URL('/teams/messages', address).href}`,
    );
};
