/** Slack as a Chat: our messages out through the Web API client. */
import * as z from 'zod';
import type { Home } from '../../core/conversation/home.ts';
import type { ChatMessage } from '../../core/conversation/message.ts';
import { once } from '../../core/once.ts';
import type { Address, Chat, MessageKey, MessageRef, Outcome } from '../../core/ports.ts';
import type { SlackClient } from './client.ts';
import { slackHome } from './home/home.ts';
import { slackCapabilities } from './limits.ts';
import { areBlocksRefused, isArgumentRefused } from './outcome.ts';
import { hasChart, slackMessage, withoutCharts } from './view.ts';
import { slackLookUp } from './workspace/history.ts';

/** A batch sends one message to many: it is drawn once. */
const draw = once(slackMessage);

/** Outgoing Slack. A person without a known conversation is reached by the user id, and the answer names the channel. */
export const slackChat = ({ client }: { readonly client: SlackClient }): Chat => ({
  platform: 'slack',
  capabilities: slackCapabilities,
  deliver: async (to, message, key) =>
    drawn(message, (shown) => post(client, to, { message: shown, key })),
  update: async (target, message) => drawn(message, (shown) => change(client, target, shown)),
  answer: async ({ from, target }, message, how) => {
    const { ref, replyUrl } = target;
    return how === 'replace' && ref !== null
      ? drawn(message, (shown) => replace(client, { address: from, ref, replyUrl }, shown))
      : drawn(message, (shown) => reply(client, { from, ref, replyUrl }, shown));
  },
  remove: async (target) => remove(client, target),
  home: async (to, home) => publish(client, to, home),
  lookUp: slackLookUp(client),
});

/** A workspace that does not know charts yet refuses the blocks before any effect: the same in words is sent instead. */
const drawn = async (
  message: ChatMessage,
  send: (message: ChatMessage) => Promise<Outcome>,
): Promise<Outcome> => {
  const outcome = await send(message);
  return areBlocksRefused(outcome) && hasChart(message) ? send(withoutCharts(message)) : outcome;
};

/** A workspace that begins to refuse the id of its own takes the message without it: the refusal had no effect. */
const post = async (
  client: SlackClient,
  to: Address,
  { message, key }: { readonly message: ChatMessage; readonly key: MessageKey | null },
): Promise<Outcome> => {
  const shown = { channel: to.conversation ?? to.userId, ...draw(message) };
  const outcome = await client.post(to.workspaceId, shown, key);
  return key?.honoured === true && isArgumentRefused(outcome)
    ? client.post(to.workspaceId, shown, { ...key, honoured: false })
    : outcome;
};

const change = async (
  client: SlackClient,
  { address, ref }: MessageRef,
  message: ChatMessage,
): Promise<Outcome> =>
  address.conversation === null
    ? { state: 'unreachable', reason: 'no-conversation' }
    : client.update(address.workspaceId, {
        channel: address.conversation,
        ts: ref,
        ...draw(message),
      });

const deletedSchema = z.object({ ts: z.string().min(1), channel: z.string().min(1) });

/** chat.delete (docs.slack.dev/reference/methods/chat.delete): an app deletes only what it posted itself. */
const remove = async (client: SlackClient, { address, ref }: MessageRef): Promise<Outcome> => {
  if (address.conversation === null) return { state: 'unreachable', reason: 'no-conversation' };
  const asked = await client.ask(address.workspaceId, {
    method: 'chat.delete',
    arguments: { channel: address.conversation, ts: ref },
    schema: deletedSchema,
  });
  return asked.ok
    ? { state: 'sent', ref: asked.value.ts, conversation: asked.value.channel }
    : asked.failure;
};

const publishedSchema = z.object({ view: z.object({ id: z.string().min(1) }) });

const publish = async (client: SlackClient, to: Address, home: Home): Promise<Outcome> => {
  const asked = await client.ask(to.workspaceId, {
    method: 'views.publish',
    arguments: { user_id: to.userId, view: slackHome(home) },
    schema: publishedSchema,
  });
  return asked.ok
    ? { state: 'sent', ref: asked.value.view.id, conversation: to.conversation ?? '' }
    : asked.failure;
};

/** The response URL spares the workspace's budget of changes; changing twice is harmless, so any doubt is settled by chat.update. */
const replace = async (
  client: SlackClient,
  target: MessageRef & { readonly replyUrl: string | null },
  message: ChatMessage,
): Promise<Outcome> => {
  const { replyUrl, ref, address } = target;
  if (replyUrl !== null) {
    const failure = await client.respond(replyUrl, {
      replace_original: true,
      ...draw(message),
    });
    if (failure === null) return { state: 'sent', ref, conversation: address.conversation ?? '' };
    if (areBlocksRefused(failure)) return failure;
  }
  return change(client, target, message);
};

/** An answer below a direct message of ours stays; one to a command or press in a channel is shown to that person alone. */
const reply = async (
  client: SlackClient,
  to: { readonly from: Address; readonly ref: string | null; readonly replyUrl: string | null },
  message: ChatMessage,
): Promise<Outcome> => {
  const { from, ref, replyUrl } = to;
  if (replyUrl === null) return post(client, from, { message, key: null });
  const failure = await client.respond(replyUrl, {
    replace_original: false,
    response_type: ref === null || from.conversation === null ? 'ephemeral' : 'in_channel',
    ...draw(message),
  });
  // A response URL names no message: there is nothing to change later.
  if (failure === null) return { state: 'sent', ref: '', conversation: from.conversation ?? '' };
  const spent = failure.state === 'unreachable' && failure.reason === 'response-url-spent';
  return spent ? post(client, from, { message, key: null }) : failure;
};
