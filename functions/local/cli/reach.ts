/** The chats as an operator's machine reaches them: tokens come from the environment, never from the store. */
import { slackClient } from '../../../bot/slack/client.ts';
import { slackExamine } from '../../../bot/slack/doctor.ts';
import { slackApiUrl } from '../../../bot/slack/limits.ts';
import { teamsChat } from '../../../bot/teams/chat.ts';
import { connectorClient } from '../../../bot/teams/client.ts';
import { publicServiceUrl } from '../../../bot/teams/limits.ts';
import { connectorHosts } from '../../../bot/teams/verify.ts';
import type { Clock } from '../../../core/clock.ts';
import { listOf } from '../../../core/config.ts';
import type { Address, Examine, Platform } from '../../../core/ports.ts';
import type { Lane } from '../../../core/store/lanes.ts';
import { connectorToken } from '../../app/teams-token.ts';
import type { Shell } from './shell.ts';

type Env = Shell['env'];

/** For each platform, how a workspace is tried out, or what is missing for it in words. */
export const examiners = (
  env: Env,
  clock: Clock,
): Readonly<Record<Platform, (workspaceId: string) => Examine | string>> => ({
  slack: (workspaceId) => {
    const token = env[`SLACK_TOKEN_${workspaceId}`] ?? env['SLACK_TOKEN'];
    if (!token) return `no token: set SLACK_TOKEN_${workspaceId}, or SLACK_TOKEN for the only one`;
    const apiUrl = env['SLACK_API_URL'] ?? slackApiUrl;
    const client = slackClient({ token: async () => token, fetch, apiUrl });
    return slackExamine({ client, clock });
  },
  teams: (tenantId) => {
    const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: password, TEAMS_TENANTS: tenants } = env;
    if (!appId || !password) return 'no credentials: set TEAMS_APP_ID and TEAMS_APP_PASSWORD';
    const [home = tenantId] = listOf(tenants ?? '');
    const token = connectorToken({ tenantId: home, appId, password, fetch, clock });
    const client = connectorClient({ token, fetch, allowedHosts: connectorHosts });
    return examineTeams({ client, appId });
  },
});

/** Teams keeps no history for a bot and takes no key: there is nothing to find but whether it sends. */
const examineTeams =
  (parts: Pick<Parameters<typeof teamsChat>[0], 'client' | 'appId'>): Examine =>
  async (operator, message) => {
    const chat = teamsChat({ ...parts, serviceUrl: publicServiceUrl });
    const outcome = await chat.deliver(operator, message, 'doctor');
    const sent = outcome.state === 'sent';
    return { outcome, findings: sent ? { clientMsgId: null, history: false } : null, notes: [] };
  };

/** What a platform's own user ids look like. */
const userIds: Readonly<Record<Platform, RegExp>> = {
  slack: /^[UW][A-Z0-9]{2,}$/,
  teams: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};

/** The first of the names that is a user id of the lane's platform, for an operator outside the roster. */
export const strangerOn = (
  { platform, workspaceId }: Lane,
  names: readonly string[],
): Address | null => {
  const userId = names.find((name) => userIds[platform].test(name));
  if (userId === undefined) return null;
  return { platform, workspaceId, userId, conversation: null, serviceUrl: null };
};
