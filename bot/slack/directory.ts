/** The members of a workspace: users.list page by page, and what one user object says of a member. */
import * as z from 'zod';
import type { Member, MemberStatus } from '../../core/people/member.ts';
import type { Directory, DirectoryPage } from '../../core/ports.ts';
import type { Failure, SlackClient } from './client.ts';

/** Members a page: what docs.slack.dev/reference/methods/users.list recommends at most. */
const pageSize = 200;

/** Seconds to wait where Slack named none: the method allows 20 calls a minute. */
const unsaidWait = 60;

const flag = z.boolean().optional();
/** What is read of a user object. */
export const userSchema = z.object({
  id: z.string().min(1),
  deleted: flag,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  tz: z.string().nullish(),
  profile: z.object({ email: z.string().nullish() }).optional(),
});
type User = z.infer<typeof userSchema>;

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

/** What Slack's user object says; null for bots and for what is no user. */
export const memberOf = (user: unknown): Member | null => {
  const read = userSchema.safeParse(user);
  if (!read.success || read.data.is_bot || read.data.id === 'USLACKBOT') return null;
  const { id: userId, tz, profile } = read.data;
  return {
    userId,
    email: profile?.email || null,
    zone: tz || null,
    status: statusOf(read.data),
  };
};

const statusOf = (user: User): MemberStatus => {
  if (user.deleted) return 'gone';
  return user.is_restricted || user.is_ultra_restricted || user.is_stranger ? 'guest' : 'staff';
};

const notRead = (failure: Failure): DirectoryPage => {
  const { state, reason } = failure;
  if (reason === 'refused:invalid_cursor') return { state: 'lost-place' };
  if (state === 'lane-paused' || state === 'unreachable') return { state: 'refused', reason };
  const afterSeconds = state === 'retry' ? failure.afterSeconds : null;
  return { state: 'wait', reason, afterSeconds: afterSeconds ?? unsaidWait };
};
