/** Verified Slack payloads in our own words; pure. */
import * as z from 'zod';
import { clip } from '../../core/conversation/clip.ts';
import type { ChatEvent, SealedBallot } from '../../core/conversation/event.ts';
import { type ActionId, actionIds, commentId } from '../../core/conversation/message.ts';
import type { Address, EventTarget } from '../../core/ports.ts';
import {
  commandSchema,
  eventSchema,
  identified,
  type ModalContext,
  messageSchema,
  pressSchema,
  readActionId,
  readJson,
  readModalContext,
  stateSchema,
  submissionSchema,
} from './payloads.ts';

type Payload = Readonly<Record<string, unknown>>;

const payloadSchema = z.record(z.string(), z.unknown());

/** The JSON object of a request body (a form's `payload`, a form's fields or JSON), or null when it is none. */
export const decodeSlack = (contentType: string | null, bytes: Uint8Array): Payload | null => {
  // Compared without parameters: a charset after the media type changes nothing.
  const mediaType = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  const body = utf8(bytes);
  if (body === null) return null;
  if (mediaType === 'application/json') return payloadSchema.safeParse(readJson(body)).data ?? null;
  if (mediaType !== 'application/x-www-form-urlencoded') return null;
  const fields = new URLSearchParams(body);
  const payload = fields.get('payload');
  return payload === null
    ? Object.fromEntries(fields)
    : (payloadSchema.safeParse(readJson(payload)).data ?? null);
};

const utf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** Longest typed text that is read; longer ones are cut, never stored either way. */
const longestText = 1_000;

/** The event of a verified payload, or null when it says nothing to us; `ballot` is what the door sealed of it. */
export const parseSlack = (
  body: unknown,
  receivedAt: Date,
  ballot: SealedBallot | null,
): ChatEvent | null => {
  const common = { key: dedupeKey(body), at: receivedAt };
  const press = readPress(body);
  if (press !== null)
    return { ...common, ...press.where, at: press.at ?? receivedAt, kind: 'action', ...press.said };
  const submission = readSubmission(body);
  if (submission !== null)
    return ballot === null ? null : { ...common, ...submission.where, kind: 'ballot', ballot };
  const command = commandSchema.safeParse(body);
  if (command.success) return { ...common, ...commandOf(command.data) };
  const event = eventSchema.safeParse(body);
  return event.success ? eventOf(event.data, common) : null;
};

type Where = { readonly from: Address; readonly target: EventTarget };
type Common = { readonly key: string; readonly at: Date };

/** A press of one of our buttons, or null; `at` is null where Slack names no time. */
export const readPress = (
  body: unknown,
): {
  readonly where: Where;
  readonly said: { readonly action: ActionId; readonly value: string };
  readonly at: Date | null;
  readonly triggerId: string | null;
} | null => {
  const parsed = pressSchema.safeParse(body);
  const pressed = parsed.data?.actions[0];
  if (!parsed.success || pressed === undefined) return null;
  const action = readActionId(pressed.action_id);
  if (action === null) return null;
  const { user, team, enterprise, channel, container, message } = parsed.data;
  const from = address({
    workspace: team?.id ?? user.team_id ?? enterprise?.id,
    userId: user.id,
    conversation: container?.channel_id ?? channel?.id,
  });
  const target = {
    ref: container?.message_ts ?? message?.ts ?? null,
    replyUrl: parsed.data.response_url ?? null,
  };
  const said = { action, value: pressed.value ?? '' };
  const triggerId = parsed.data.trigger_id ?? null;
  return { where: { from, target }, said, at: instant(pressed.action_ts), triggerId };
};

/** A submitted pulse form, or null: who, which form, and where its invitation stands. */
export const readSubmission = (
  body: unknown,
): { readonly where: Where; readonly form: ModalContext } | null => {
  const parsed = submissionSchema.safeParse(body);
  if (!parsed.success || parsed.data.view.callback_id !== actionIds.submitPulse) return null;
  const { user, team, enterprise, view } = parsed.data;
  const form = readModalContext(view.private_metadata);
  if (form === null) return null;
  const from = address({
    workspace: view.app_installed_team_id ?? team?.id ?? user.team_id ?? enterprise?.id,
    userId: user.id,
    conversation: form.conversation,
  });
  return { where: { from, target: { ref: form.ref, replyUrl: form.replyUrl } }, form };
};

const commandOf = (command: z.infer<typeof commandSchema>) => ({
  from: address({ workspace: command.team_id ?? command.enterprise_id, userId: command.user_id }),
  // The command may be typed in any channel: only the response URL answers to this person alone.
  target: { ref: null, replyUrl: command.response_url ?? null },
  kind: 'text' as const,
  text: clip(command.text.trim(), longestText),
});

const eventOf = (envelope: z.infer<typeof eventSchema>, given: Common): ChatEvent | null => {
  const { team_id: workspace, event, event_time: seconds } = envelope;
  const at = seconds === undefined ? given.at : new Date(seconds * 1000);
  const common = { ...given, at, target: { ref: null, replyUrl: null } };
  const user = userOf(event['user']);
  const from = address({ workspace, userId: user ?? '' });
  switch (event.type) {
    case 'message':
      return typed(event, common, workspace);
    case 'app_home_opened':
      return user === null || event['tab'] !== 'home' ? null : { ...common, from, kind: 'home' };
    case 'team_join':
      return user === null ? null : { ...common, from, kind: 'installed' };
    case 'app_uninstalled':
      // The whole workspace is gone: no person is named.
      return { ...common, from, kind: 'removed' };
    default:
      return null;
  }
};

const typed = (
  event: unknown,
  common: Common & { readonly target: EventTarget },
  workspace: string,
): ChatEvent | null => {
  const parsed = messageSchema.safeParse(event);
  if (!parsed.success || parsed.data.text.trim() === '') return null;
  const { user, channel, text, ts } = parsed.data;
  const from = address({ workspace, userId: user, conversation: channel });
  const at = instant(ts) ?? common.at;
  return { ...common, at, from, kind: 'text', text: clip(text.trim(), longestText) };
};

/** `app_home_opened` names a user id, `team_join` a whole user. */
const userSchema = z.union([z.string().min(1), identified.transform(({ id }) => id)]);
const userOf = (user: unknown): string | null => userSchema.safeParse(user).data ?? null;

const address = (of: {
  readonly workspace: string | undefined;
  readonly userId: string;
  readonly conversation?: string | null | undefined;
}): Address => ({
  platform: 'slack',
  workspaceId: of.workspace ?? '',
  userId: of.userId,
  conversation: of.conversation ?? null,
  serviceUrl: null,
});

/** Slack's "seconds.microseconds" as an instant; null when it is none. */
const instant = (slackTime: string | undefined): Date | null => {
  const seconds = Number(slackTime ?? Number.NaN);
  return Number.isFinite(seconds) ? new Date(Math.round(seconds * 1000)) : null;
};

/** One key for one fact: the event's id, the press (message, button, time), the view with its hash, the command's trigger. */
export const dedupeKey = (body: unknown): string => {
  const event = eventSchema.safeParse(body).data;
  if (event !== undefined) return key(event.team_id, event.event_id);
  const press = readPress(body);
  if (press !== null) {
    const { from, target } = press.where;
    const pressed = pressSchema.parse(body).actions[0];
    const button = [pressed?.action_id ?? '', pressed?.action_ts ?? press.triggerId ?? ''];
    return key(from.workspaceId, from.userId, target.ref ?? '', ...button);
  }
  const view = submissionSchema.safeParse(body).data?.view;
  if (view !== undefined) return key(view.id, view.hash ?? '');
  const command = commandSchema.safeParse(body).data;
  return command === undefined ? '' : key(command.user_id, command.trigger_id ?? '');
};

const key = (...pieces: readonly string[]): string => ['slack', ...pieces].join('/');

/** Choices by question id and the comment of `view.state.values`; a missing or emptied input is no answer. */
export const readAnswers = (
  values: unknown,
): { readonly answers: Readonly<Record<string, string>>; readonly comment: string | null } => {
  const answers: Record<string, string> = {};
  let comment: string | null = null;
  for (const [block, inputs] of Object.entries(stateSchema.safeParse(values).data ?? {})) {
    const input = Object.values(inputs)[0];
    const words = input?.value?.trim() ?? '';
    if (block === commentId) comment = words === '' ? null : words;
    else if (input?.selected_option) answers[block] = input.selected_option.value;
  }
  return { answers, comment };
};

/** The body without any input, and without what nobody behind the queue reads. */
export const withoutAnswers = (body: Payload): Payload => {
  const { token: _token, state: _state, message, view, ...kept } = body;
  return {
    ...kept,
    ...(message === undefined ? {} : { message: without(message, ['blocks', 'attachments']) }),
    ...(view === undefined ? {} : { view: without(view, ['state', 'blocks']) }),
  };
};

const without = (part: unknown, names: readonly string[]): unknown => {
  const fields = payloadSchema.safeParse(part).data ?? {};
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
};
