/** The chats as an operator's machine reaches them: tokens come from the environment, never from the store. */
import { slackClient } from '../../../bot/slack/client.ts';
import { slackApiUrl } from '../../../bot/slack/limits.ts';
import { slackExamine } from '../../../bot/slack/workspace/doctor.ts';
import { teamsChat } from '../../../bot/teams/chat.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Address, Examine, Platform } from '../../../core/ports.ts';
import type { Lane } from '../../../core/store/outbox/lanes.ts';
import { teamsOut } from '../../app/teams/out.ts';
import { teamsAccounts } from '../../app/teams/registrations.ts';
import type { Shell } from './shell.ts';

type Env = Shell['env'];

/** For each platform, how a workspace is tried out, or what is missing for it in words. */
export const examiners = (
  env: Env,
  clock: Clock,
): Readonly<Record<Platform, (workspaceId: string) => Examine | string>> => ({
  slack: (workspaceId) => {
    const token = slackToken(env, workspaceId);
    if (!token.ok) return token.missing;
    const apiUrl = env['SLACK_API_URL'] ?? slackApiUrl;
    const client = slackClient({ token: async () => token.value, fetch, apiUrl });
    return slackExamine({ client, clock });
  },
  teams: (tenantId) => {
    const { TEAMS_APP_ID, TEAMS_APP_PASSWORD } = env;
    if (!TEAMS_APP_ID || !TEAMS_APP_PASSWORD)
      return 'no credentials: set TEAMS_APP_ID and TEAMS_APP_PASSWORD';
    // One registration without a list of tenants serves the tenant that is asked about.
    const TEAMS_TENANTS = env['TEAMS_TENANTS'] || tenantId;
    const accounts = teamsAccounts({ ...env, TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANTS });
    const account = accounts.find((one) => one.tenantId === tenantId);
    if (account === undefined)
      return 'no registration: name this tenant in TEAMS_TENANTS and its app in TEAMS_APP_ID';
    return examineTeams(teamsOut(account, { fetch, clock }));
  },
});

/** The bot token of a workspace; the names without one serve whichever workspace has none of its own. */
export const slackToken = (
  env: Env,
  workspaceId: string,
):
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly missing: string } => {
  const named = [`SLACK_TOKEN_${workspaceId}`, 'SLACK_TOKEN', 'SLACK_BOT_TOKEN'];
  const value = named.map((name) => env[name]).find((token) => token);
  const missing = `no token: set SLACK_TOKEN_${workspaceId}, or SLACK_TOKEN for the only one`;
  return value === undefined ? { ok: false, missing } : { ok: true, value };
};

/** Teams keeps no history for a bot and takes no key: there is nothing to find but whether it sends. */
const examineTeams =
  (parts: Parameters<typeof teamsChat>[0]): Examine =>
  async (operator, message) => {
    const outcome = await teamsChat(parts).deliver(operator, message, { key: 'doctor' });
    const sent = outcome.state === 'sent';
    const app =
      parts.install === undefined
        ? 'people without it are left to a setup policy'
        : 'people without it get it with their first message';
    return {
      outcome,
      findings: sent ? { clientMsgId: null, history: false } : null,
      notes: [`app: ${app}`],
    };
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
