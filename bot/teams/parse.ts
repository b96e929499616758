/** Verified Teams activities in our own words; pure. */
import * as z from 'zod';
import { clip } from '../../core/conversation/clip.ts';
import type { ChatEvent, SealedBallot } from '../../core/conversation/event.ts';
import { type ActionId, actionIds, commentId } from '../../core/conversation/message.ts';
import type { Address } from '../../core/ports.ts';

const textOrNothing = z.string().optional();

const activitySchema = z.object({
  type: z.string(),
  id: textOrNothing,
  name: textOrNothing,
  action: textOrNothing,
  text: textOrNothing,
  timestamp: z.union([z.string(), z.date()]).optional(),
  serviceUrl: z.string(),
  replyToId: textOrNothing,
  from: z.object({ aadObjectId: z.string().min(1) }),
  recipient: z.object({ id: z.string() }).optional(),
  conversation: z.object({
    id: z.string().min(1),
    // Group chats and channels are not ours: an answer there would be read by others.
    conversationType: z.literal('personal'),
    tenantId: textOrNothing,
  }),
  channelData: z.object({ tenant: z.object({ id: z.string() }).optional() }).optional(),
  membersRemoved: z.array(z.object({ id: z.string() })).optional(),
  value: z.unknown().optional(),
});
type Activity = z.infer<typeof activitySchema>;

const knownActions: readonly string[] = Object.values(actionIds);
const dataSchema = z.object({
  action: z.custom<ActionId>(
    (value) => typeof value === 'string' && knownActions.includes(value),
    'an action of ours',
  ),
  value: z.string(),
});
const actedSchema = z.object({
  type: z.string(),
  name: textOrNothing,
  value: z.unknown().optional(),
});
const executeSchema = z.object({ action: z.object({ data: z.unknown() }) });
const submittedSchema = z.looseObject({ ticket: z.string().min(1) });

/** Longest typed text that is read; longer ones are cut, never stored either way. */
const longestText = 1_000;

/** The event of a verified activity, or null when it says nothing to us; `ballot` is what the door sealed of it. */
export const parseTeams = (
  activity: unknown,
  receivedAt: Date,
  ballot: SealedBallot | null,
): ChatEvent | null => {
  const read = readActivity(activity);
  if (read === null) return null;
  const common = {
    key: dedupeKey(activity),
    from: read.address,
    at: instant(read.activity.timestamp) ?? receivedAt,
    target: {
      ref: read.activity.replyToId ?? null,
      replyUrl: null,
      ...(isSubmit(read.activity) ? { unanswered: true as const } : {}),
    },
  };
  const said = saidBy(read.activity, ballot);
  return said === null ? null : { ...common, ...said };
};

type Said =
  | { readonly kind: 'action'; readonly action: ActionId; readonly value: string }
  | { readonly kind: 'ballot'; readonly ballot: SealedBallot }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'installed' | 'removed' | 'seen' };

const saidBy = (activity: Activity, ballot: SealedBallot | null): Said | null => {
  switch (activity.type) {
    case 'invoke':
      return pressed(activity, ballot);
    case 'message':
      return isSubmit(activity) ? pressed(activity, ballot) : typed(activity.text ?? '');
    case 'installationUpdate':
      return installation(activity.action ?? '');
    case 'conversationUpdate':
      // Joining is told by the installation update that always comes with it; two welcomes would be one too many.
      return activity.membersRemoved?.some(({ id }) => id === activity.recipient?.id)
        ? { kind: 'removed' }
        : { kind: 'seen' };
    case 'messageReaction':
      return { kind: 'seen' };
    default:
      return null;
  }
};

const pressed = (activity: Activity, ballot: SealedBallot | null): Said | null => {
  const press = readPress(activity);
  if (press === null) return null;
  if (press.action !== actionIds.submitPulse) return { kind: 'action', ...press };
  if (ballot !== null) return { kind: 'ballot', ballot };
  // A form without a box has had its answer from the door, where the client takes one.
  return isSubmit(activity) ? { kind: 'action', ...press } : null;
};

/** A picture or a sticker comes without words. */
const typed = (text: string): Said => {
  const words = text.replace(/<at>.*?<\/at>/g, '').trim();
  return words === '' ? { kind: 'seen' } : { kind: 'text', text: clip(words, longestText) };
};

/** A bot that an upgrade of the app adds or removes is said with these words of its own. */
const installation = (action: string): Said => {
  if (action === 'add' || action === 'add-upgrade') return { kind: 'installed' };
  const removed = action === 'remove' || action === 'remove-upgrade';
  return { kind: removed ? 'removed' : 'seen' };
};

/** An older client's press comes as a message, to which a door can answer nothing. */
const isSubmit = ({ type, value }: Activity): boolean =>
  type === 'message' && value !== undefined && value !== null;

/** Which button of ours an activity presses (invoke of today's clients, submit of older ones), or null. */
export const readPress = (
  activity: unknown,
): { readonly action: ActionId; readonly value: string } | null => {
  const parsed = dataSchema.safeParse(actionData(activity));
  return parsed.success ? parsed.data : null;
};

/** The pressed action's data with the card's inputs merged in, or undefined. */
export const actionData = (activity: unknown): unknown => {
  const read = actedSchema.safeParse(activity);
  if (!read.success) return undefined;
  const { type, name, value } = read.data;
  if (type === 'message') return value;
  if (type !== 'invoke' || name !== 'adaptiveCard/action') return undefined;
  const execute = executeSchema.safeParse(value);
  return execute.success ? execute.data.action.data : undefined;
};

/** The activity without any input: of a press only the action and its value are kept. */
export const withoutAnswers = (
  activity: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  if (activity['value'] === undefined) return activity;
  const press = readPress(activity);
  const kept = press === null ? {} : { action: press.action, value: press.value };
  const value =
    activity['type'] === 'message'
      ? kept
      : { action: { type: 'Action.Execute', verb: kept.action ?? '', data: kept } };
  return { ...activity, value };
};

/** Ticket, choices by item id and the comment of a submitted form; null when it carries no ticket. */
export const readAnswers = (
  data: unknown,
): {
  readonly ticket: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly comment: string | null;
} | null => {
  const submitted = submittedSchema.safeParse(data);
  if (!submitted.success) return null;
  const {
    ticket,
    action: _action,
    value: _value,
    [commentId]: comment,
    ...inputs
  } = submitted.data;
  const answers: Record<string, string> = {};
  for (const [id, answer] of Object.entries(inputs))
    if (typeof answer === 'string' && answer !== '') answers[id] = answer;
  const words = typeof comment === 'string' ? comment.trim() : '';
  return { ticket, answers, comment: words === '' ? null : words };
};

/** One key for one fact: the tenant with the activity's id, or with what else identifies it when it has none. */
export const dedupeKey = (activity: unknown): string => {
  const read = readActivity(activity);
  if (read === null) return '';
  const { address } = read;
  const { id, type, replyToId = '', timestamp = '' } = read.activity;
  const fact = id ?? [address.userId, type, replyToId, String(timestamp)].join('/');
  return `teams/${address.workspaceId}/${address.conversation ?? ''}/${fact}`;
};

const readActivity = (
  unread: unknown,
): { readonly activity: Activity; readonly address: Address } | null => {
  const parsed = activitySchema.safeParse(unread);
  if (!parsed.success) return null;
  const activity = parsed.data;
  const workspaceId = activity.conversation.tenantId ?? activity.channelData?.tenant?.id;
  if (workspaceId === undefined) return null;
  const address: Address = {
    platform: 'teams',
    workspaceId,
    userId: activity.from.aadObjectId,
    conversation: activity.conversation.id,
    serviceUrl: activity.serviceUrl,
  };
  return { activity, address };
};

const instant = (timestamp: string | Date | undefined): Date | null => {
  if (timestamp === undefined) return null;
  const read = new Date(timestamp);
  return Number.isNaN(read.getTime()) ? null : read;
};
