/** Verified Slack payloads in our own words; pure. */
import { isUtf8 } from 'node:buffer';
import { clip } from '../../core/conversation/clip.ts';
import type { ChatEvent, SealedBallot } from '../../core/conversation/event.ts';
import { type ActionId, actionIds } from '../../core/conversation/message.ts';
import type { Address, EventTarget } from '../../core/ports.ts';
import { fields, filled, type Read, readOr } from '../../core/shape.ts';
import {
  commandShape,
  type Envelope,
  eventShape,
  identified,
  type ModalContext,
  messageShape,
  onlyPayload,
  pressShape,
  readActionId,
  readJson,
  readModalContext,
  shortcutShape,
  shortcuts,
  submissionShape,
} from './forms/payloads.ts';
import { lifecycleOf, workspaceOf } from './workspace/lifecycle.ts';

type Payload = Readonly<Record<string, unknown>>;

/** The JSON object of a request body (a form's `payload`, a form's fields or JSON), or null when it is none. */
export const decodeSlack = (contentType: string | null, bytes: Uint8Array): Payload | null => {
  // Compared without parameters: a charset after the media type changes nothing.
  const mediaType = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  const body = utf8(bytes);
  if (body === null) return null;
  if (mediaType === 'application/json') return readOr(fields, readJson(body));
  if (mediaType !== 'application/x-www-form-urlencoded') return null;
  const only = onlyPayload(body);
  if (only !== null) return readOr(fields, readJson(only));
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : readOr(fields, readJson(payload));
};

/** The text of bytes that are UTF-8, without a mark of their order; null for others. */
const utf8 = (bytes: Uint8Array): string | null => {
  if (!isUtf8(bytes)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
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
  const command = readOr(commandShape, body);
  if (command !== null) return { ...common, ...commandOf(command) };
  const shortcut = readOr(shortcutShape, body);
  if (shortcut !== null) return { ...common, ...shortcutOf(shortcut) };
  const event = readOr(eventShape, body);
  return event === null ? null : eventOf(event, common);
};

type Where = { readonly from: Address; readonly target: EventTarget };
type Common = { readonly key: string; readonly at: Date };

/** Told by its type first: a form is large, and reading it as what it is not costs as much as reading it. */
const isOf = (body: unknown, type: string): boolean =>
  typeof body === 'object' && body !== null && 'type' in body && body.type === type;

/** A press of one of our buttons, or null; `at` is null where Slack names no time. */
export const readPress = (
  body: unknown,
): {
  readonly where: Where;
  readonly said: { readonly action: ActionId; readonly value: string };
  readonly at: Date | null;
  readonly triggerId: string | null;
} | null => {
  if (!isOf(body, 'block_actions')) return null;
  const read = readOr(pressShape, body);
  const pressed = read?.actions[0];
  if (read === null || pressed === undefined) return null;
  const action = readActionId(pressed.action_id);
  if (action === null) return null;
  const { user, team, enterprise, channel, container, message, view } = read;
  const from = address({
    workspace: view?.app_installed_team_id ?? team?.id ?? user.team_id ?? enterprise?.id,
    userId: user.id,
    // What one person alone was shown may stand in anybody's conversation, such as that of two colleagues.
    conversation: container?.is_ephemeral ? null : (container?.channel_id ?? channel?.id),
  });
  const target = {
    ref: container?.message_ts ?? message?.ts ?? null,
    replyUrl: read.response_url ?? null,
    ...(view?.type === 'home' ? { home: true as const } : {}),
  };
  const said = { action, value: pressed.selected_option?.value ?? pressed.value ?? '' };
  const triggerId = read.trigger_id ?? null;
  return { where: { from, target }, said, at: instant(pressed.action_ts), triggerId };
};

/** A submitted pulse form, or null: who, which form, and where its invitation stands. */
export const readSubmission = (
  body: unknown,
): { readonly where: Where; readonly form: ModalContext } | null => {
  if (!isOf(body, 'view_submission')) return null;
  const read = readOr(submissionShape, body);
  if (read?.view.callback_id !== actionIds.submitPulse) return null;
  const { user, team, enterprise, view } = read;
  const form = readModalContext(view.private_metadata);
  if (form === null) return null;
  const from = address({
    workspace: view.app_installed_team_id ?? team?.id ?? user.team_id ?? enterprise?.id,
    userId: user.id,
    conversation: form.conversation,
  });
  return { where: { from, target: { ref: form.ref, replyUrl: form.replyUrl } }, form };
};

const commandOf = (command: Read<typeof commandShape>) => ({
  from: address({ workspace: command.team_id ?? command.enterprise_id, userId: command.user_id }),
  // The command may be typed in any channel: only the response URL answers to this person alone.
  target: { ref: null, replyUrl: command.response_url ?? null },
  kind: 'text' as const,
  command: true as const,
  text: clip(command.text.trim(), longestText),
});

/** A shortcut says what its sub-word of the command says; it names no place to answer in but the person. */
const shortcutOf = (started: Read<typeof shortcutShape>) => ({
  from: address({
    workspace: started.team?.id ?? started.user.team_id ?? started.enterprise?.id,
    userId: started.user.id,
  }),
  target: { ref: null, replyUrl: null },
  kind: 'text' as const,
  command: true as const,
  text: shortcuts[started.callback_id],
});

const eventOf = (envelope: Envelope, given: Common): ChatEvent | null => {
  const { event, event_time: seconds } = envelope;
  const workspace = workspaceOf(envelope);
  const at = seconds === undefined ? given.at : new Date(seconds * 1000);
  const common = { ...given, at, target: { ref: null, replyUrl: null } };
  const user = userOf(event['user']);
  const from = address({ workspace, userId: user ?? '' });
  switch (event.type) {
    case 'message':
      return typed(event, common, workspace);
    case 'app_home_opened':
      return user === null || event['tab'] !== 'home' ? null : { ...common, from, kind: 'home' };
    default: {
      const told = lifecycleOf(envelope);
      return told === null ? null : { ...common, from, ...told };
    }
  }
};

const typed = (
  event: unknown,
  common: Common & { readonly target: EventTarget },
  workspace: string,
): ChatEvent | null => {
  const read = readOr(messageShape, event);
  if (read === null || read.text.trim() === '') return null;
  const { user, channel, text, ts } = read;
  const from = address({ workspace, userId: user, conversation: channel });
  const at = instant(ts) ?? common.at;
  return { ...common, at, from, kind: 'text', text: clip(text.trim(), longestText) };
};

/** `app_home_opened` names a user id, `team_join` a whole user. */
const userOf = (user: unknown): string | null =>
  readOr(filled, user) ?? readOr(identified, user)?.id ?? null;

const address = (of: {
  readonly workspace: string | undefined;
  readonly userId: string;
  readonly conversation?: string | null | undefined;
}): Address => ({
  platform: 'slack',
  workspaceId: of.workspace ?? '',
  userId: of.userId,
  conversation: direct(of.conversation),
  serviceUrl: null,
});

/** Only a direct message is a person's own place: what was pressed in a channel must never be answered or sent there. */
const direct = (channel: string | null | undefined): string | null =>
  channel?.startsWith('D') ? channel : null;

/** Slack's "seconds.microseconds" as an instant; null when it is none. */
const instant = (slackTime: string | undefined): Date | null => {
  const seconds = Number(slackTime ?? Number.NaN);
  return Number.isFinite(seconds) ? new Date(Math.round(seconds * 1000)) : null;
};

/** One key for one fact: the event's id, the press (message, button, time), the view with its hash, the command's trigger, the shortcut's moment. */
export const dedupeKey = (body: unknown): string => {
  const event = isOf(body, 'event_callback') ? readOr(eventShape, body) : null;
  if (event !== null) return key(workspaceOf(event), event.event_id);
  const press = readPress(body);
  if (press !== null) {
    const { from, target } = press.where;
    const pressed = pressShape(body).actions[0];
    const button = [pressed?.action_id ?? '', pressed?.action_ts ?? press.triggerId ?? ''];
    return key(from.workspaceId, from.userId, target.ref ?? '', ...button);
  }
  const view = readOr(submissionShape, body)?.view;
  if (view !== undefined) return key(view.id, view.hash ?? '');
  const command = readOr(commandShape, body);
  if (command !== null) return key(command.user_id, command.trigger_id ?? '');
  const shortcut = readOr(shortcutShape, body);
  if (shortcut === null) return '';
  const moment = shortcut.action_ts ?? shortcut.trigger_id ?? '';
  return key(shortcut.user.id, shortcut.callback_id, moment);
};

const key = (...pieces: readonly string[]): string => ['slack', ...pieces].join('/');
