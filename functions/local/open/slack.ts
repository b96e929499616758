/** Slack on this machine: workspace, door and client wired as in production. */
import { slackChat } from '../../../bot/slack/chat.ts';
import { slackClient } from '../../../bot/slack/client.ts';
import { slackDoor } from '../../../bot/slack/door.ts';
import { slackApiUrl } from '../../../bot/slack/limits.ts';
import type { ChatParts } from '../chat/parts.ts';
import { slackActor } from '../chat/slack/actor.ts';
import { createSlackWorkspace } from '../chat/slack/workspace.ts';
import { refusingUser } from '../sample/agency.ts';
import { slackWorkspace } from '../story/agency.ts';

/** Opens the local workspace with everything of ours around it. */
export const openSlack = (parts: ChatParts) => {
  const { clock, catalogue, queue, log, ticketKey } = parts;
  const workspace = createSlackWorkspace({
    clock,
    workspaceId: slackWorkspace,
    refuses: (userId) => userId === refusingUser,
    fault: parts.fault,
    save: parts.save,
    stored: parts.stored,
  });
  const { fetch, botToken } = workspace;
  const door = slackDoor({
    signingSecrets: [workspace.signingSecret],
    ticketKey,
    botToken,
    fetch,
    catalogue,
    queue,
    clock,
    log,
  });
  const client = slackClient({ token: botToken, fetch, apiUrl: slackApiUrl });
  return {
    door,
    chat: slackChat({ client }),
    actor: slackActor(workspace, door),
  };
};
