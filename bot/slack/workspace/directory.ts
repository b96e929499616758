/** The members of a workspace: users.list page by page. */
import * as z from 'zod';
import type { Directory, DirectoryPage, Failure } from '../../../core/ports.ts';
import type { SlackClient } from '../client.ts';
import { memberOf } from './member.ts';

/** Members a page: what docs.slack.dev/reference/methods/users.list recommends at most. */
const pageSize = 200;

/** Seconds to wait where Slack named none: the method allows 20 calls a minute. */
const unsaidWait = 60;

const listSchema = z.object({
  members: z.array(z.unknown()),
  response_metadata: z
    .object({ next_cursor: z.string().optional(), scopes: z.array(z.string()).optional() })
    .optional(),
});

/** Reads a workspace's members through the Web API (scope users:read; users:read.email for addresses). */
export const slackDirectory = (client: SlackClient): Directory => ({
  page: async (workspaceId, cursor) => {
    const asked = await client.ask(workspaceId, {
      method: 'users.list',
      arguments: { limit: pageSize, ...(cursor === null ? {} : { cursor }) },
      schema: listSchema,
    });
    if (!asked.ok) return notRead(asked.failure);
    const { members, response_metadata: rest } = asked.value;
    return {
      state: 'page',
      members: members.flatMap((user) => memberOf(user) ?? []),
      cursor: rest?.next_cursor || null,
      emails: rest?.scopes?.includes('users:read.email') ?? false,
    };
  },
});

const notRead = (failure: Failure): DirectoryPage => {
  const { state, reason } = failure;
  if (reason === 'refused:invalid_cursor') return { state: 'lost-place' };
  if (state === 'lane-paused' || state === 'unreachable') return { state: 'refused', reason };
  const afterSeconds = state === 'retry' ? failure.afterSeconds : null;
  return { state: 'wait', reason, afterSeconds: afterSeconds ?? unsaidWait };
};
