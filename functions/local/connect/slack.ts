/** A real workspace: its bot token for what goes out, Socket Mode for what comes in. */
import * as z from 'zod';
import { slackSocket } from '../../../bot/slack/app/socket.ts';
import { slackChat } from '../../../bot/slack/chat.ts';
import { slackClient } from '../../../bot/slack/client.ts';
import { answerSlack } from '../../../bot/slack/door.ts';
import { slackApiUrl } from '../../../bot/slack/limits.ts';
import { slackDirectory } from '../../../bot/slack/workspace/directory.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Connect } from './connected.ts';

const whoSchema = z.object({ team_id: z.string().min(1), team: z.string() });

/** Asks whose token it is; throws ConfigError when Slack refuses it. */
export const connectSlack: Connect = async ({ env, ...parts }) => {
  const apiUrl = env['SLACK_API_URL'] ?? slackApiUrl;
  const botToken = env['SLACK_BOT_TOKEN'] ?? '';
  const client = slackClient({ token: async () => botToken, fetch, apiUrl });
  const who = await client.ask('', { method: 'auth.test', arguments: {}, schema: whoSchema });
  if (!who.ok) throw new ConfigError(`SLACK_BOT_TOKEN: Slack answers ${who.failure.reason}`);
  const { team_id: workspaceId, team } = who.value;
  const deps = { ...parts, fetch, botToken: async () => botToken };
  const socket = slackSocket({
    appToken: env['SLACK_APP_TOKEN'] ?? '',
    apiUrl,
    answer: (payload) => answerSlack(deps, payload),
    clock: parts.clock,
    log: parts.log,
  });
  return {
    chat: { ...slackChat({ client }), directory: slackDirectory(client) },
    workspaceId,
    name: `${team} (${workspaceId})`,
    door: null,
    ...socket,
  };
};
