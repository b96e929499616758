/** Looking a message up in a person's conversation by the key in its metadata (scopes im:history and im:write). */
import * as z from 'zod';
import type { Address, Failure, Found, LookUp } from '../../../core/ports.ts';
import { type Asked, metadataType, type SlackClient } from '../client.ts';

/**
 * Tier 3 of docs.slack.dev/apis/web-api/rate-limits is "50+ per minute"; 40 leaves room. A commercial app outside the
 * Marketplace gets 1 a minute (docs.slack.dev/reference/methods/conversations.history): its 429 slows the look-ups.
 */
const pace = { rate: 40 / 60, burst: 40 } as const;

/** Messages read at most; the limit of commercial apps outside the Marketplace, and more than a bot says in an hour. */
const mostRead = 15;

/** Clocks of ours and of Slack differ by at most this many milliseconds. */
const clockSkew = 600_000;

const openedSchema = z.object({ channel: z.object({ id: z.string().min(1) }) });
const historySchema = z.object({
  messages: z.array(z.looseObject({ ts: z.string().min(1), metadata: z.unknown() })),
  has_more: z.boolean().default(false),
});
const metadataSchema = z.object({
  event_type: z.literal(metadataType),
  event_payload: z.looseObject({ key: z.string() }),
});

/** Look-ups in the direct messages of a workspace. */
export const slackLookUp = (client: SlackClient): LookUp => ({
  ...pace,
  find: async (to, { key, since }) => {
    const channel = await channelOf(client, to);
    if (!channel.ok) return notSeen(channel.failure);
    const read = await readCopies(client, to.workspaceId, { channel: channel.value, key, since });
    // One that may not open a conversation can still read those it knows.
    if (!read.ok)
      return isNotGranted(read.failure) ? notPermitted(read.failure) : notSeen(read.failure);
    const [ref] = read.value.refs;
    if (ref !== undefined) return { state: 'found', ref, conversation: channel.value };
    return read.value.whole
      ? { state: 'absent' }
      : { state: 'out-of-sight', reason: 'history-too-long' };
  },
});

/** The messages of a conversation that carry a key, newest first, and whether everything since was read. */
export const readCopies = async (
  client: SlackClient,
  workspaceId: string,
  sought: { readonly channel: string; readonly key: string; readonly since: Date },
): Promise<Asked<{ readonly refs: readonly string[]; readonly whole: boolean }>> => {
  const read = await client.ask(workspaceId, {
    method: 'conversations.history',
    arguments: {
      channel: sought.channel,
      oldest: String((sought.since.getTime() - clockSkew) / 1000),
      inclusive: true,
      include_all_metadata: true,
      limit: mostRead,
    },
    schema: historySchema,
  });
  if (!read.ok) return read;
  const { messages, has_more } = read.value;
  const copies = messages.filter(({ metadata }) => keyOf(metadata) === sought.key);
  return { ok: true, value: { refs: copies.map(({ ts }) => ts), whole: !has_more } };
};

/** The direct message channel; opening it again is harmless, and a first message may have been lost with its name. */
const channelOf = async (client: SlackClient, to: Address): Promise<Asked<string>> => {
  if (to.conversation !== null) return { ok: true, value: to.conversation };
  const opened = await client.ask(to.workspaceId, {
    method: 'conversations.open',
    arguments: { users: to.userId },
    schema: openedSchema,
  });
  return opened.ok ? { ok: true, value: opened.value.channel.id } : opened;
};

const keyOf = (metadata: unknown): string | null =>
  metadataSchema.safeParse(metadata).data?.event_payload.key ?? null;

/** Codes that say that this app may not look, whoever is meant. */
const notGranted: readonly string[] = [
  'access_denied',
  'accesslimited',
  'method_deprecated',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'unknown_method',
];

/** Whether this app may not read conversations at all. */
export const isNotGranted = ({ state, reason }: Failure): boolean =>
  state === 'lane-paused' && notGranted.includes(reason);

const notPermitted = ({ reason }: Failure): Found => ({ state: 'not-permitted', reason });

const notSeen = (failure: Failure): Found => {
  const { state, reason } = failure;
  if (state === 'unreachable' || isNotGranted(failure)) return { state: 'out-of-sight', reason };
  const afterSeconds = state === 'retry' ? failure.afterSeconds : null;
  return { state: 'unclear', reason, afterSeconds };
};
