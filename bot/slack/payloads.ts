/** The shapes of what Slack sends, as far as we read them, and what our modals carry along. */
import * as z from 'zod';
import { type ActionId, actionIds } from '../../core/conversation/message.ts';
import { slackLimits } from './limits.ts';

/** The one slash command. */
export const slashCommand = '/langkah';

/** The global shortcuts: callback id → the sub-word of the command that says the same. */
export const shortcuts = {
  'langkah-today': 'hari-ini',
  'langkah-pause': 'jeda',
  'langkah-my-data': 'data-saya',
  'langkah-help': 'bantuan',
} as const;

const text = z.string();
/** Anything that names itself by an id: a user, a team, a channel. */
export const identified = z.object({ id: text.min(1) });

const who = {
  user: identified.extend({ team_id: text.optional() }),
  team: identified.nullish(),
  enterprise: identified.nullish(),
};

export const pressSchema = z.object({
  ...who,
  type: z.literal('block_actions'),
  channel: identified.optional(),
  container: z.object({ message_ts: text.optional(), channel_id: text.optional() }).optional(),
  message: z.object({ ts: text }).optional(),
  // A press in a Home or a modal names its view instead of a message.
  view: z.object({ type: text, app_installed_team_id: text.nullish() }).optional(),
  response_url: text.optional(),
  trigger_id: text.optional(),
  // One press carries one action; Slack sends them as a list.
  actions: z
    .array(
      z.object({
        action_id: text,
        action_ts: text.optional(),
        value: text.optional(),
        selected_option: z.object({ value: text }).nullish(),
      }),
    )
    .min(1),
});

export const submissionSchema = z.object({
  ...who,
  type: z.literal('view_submission'),
  view: z.object({
    id: text.min(1),
    hash: text.optional(),
    callback_id: text,
    private_metadata: text,
    // In a grid the modal may be submitted from another workspace than the one the app answers in.
    app_installed_team_id: text.optional(),
  }),
});

export const commandSchema = z.object({
  command: z.literal(slashCommand),
  text: text.default(''),
  user_id: text.min(1),
  team_id: text.optional(),
  enterprise_id: text.optional(),
  response_url: text.optional(),
  trigger_id: text.optional(),
});

export const shortcutSchema = z.object({
  ...who,
  type: z.literal('shortcut'),
  callback_id: z.enum(Object.keys(shortcuts) as (keyof typeof shortcuts)[]),
  action_ts: text.optional(),
  trigger_id: text.optional(),
});

export const eventSchema = z.object({
  type: z.literal('event_callback'),
  // What concerns an organisation as a whole names no workspace.
  team_id: text.min(1).nullish(),
  enterprise_id: text.min(1).nullish(),
  authorizations: z
    .array(
      z.object({
        enterprise_id: text.nullish(),
        team_id: text.nullish(),
        is_enterprise_install: z.boolean().optional(),
      }),
    )
    .nullish(),
  event_id: text.min(1),
  event_time: z.number().optional(),
  event: z.looseObject({ type: text }),
});
/** An event with what stands around it. */
export type Envelope = z.infer<typeof eventSchema>;

/** `tokens_revoked`: user ids by kind of token. */
export const revokedSchema = z.object({ tokens: z.object({ bot: z.array(text).default([]) }) });

/** A direct message typed by a person: a bot's message, an edit or a deletion is nobody speaking to us. */
export const messageSchema = z.object({
  channel: text,
  channel_type: z.literal('im'),
  user: text,
  text,
  ts: text,
  subtype: z.undefined().optional(),
  bot_id: z.undefined().optional(),
});

/** `view.state.values`: block id → action id → what was chosen or typed. */
export const stateSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      selected_option: z.object({ value: text }).nullish(),
      value: text.nullish(),
    }),
  ),
);

/** What a pulse modal carries along, so that its submission needs no database. */
export type ModalContext = {
  /** Signed ticket of the form. */
  readonly ticket: string;
  /** The invitation from which the form was opened: its channel, its ts, its response URL. */
  readonly conversation: string | null;
  readonly ref: string | null;
  readonly replyUrl: string | null;
};

const contextSchema = z.tuple([text.min(1), text.nullable(), text.nullable(), text.nullable()]);

/** The context as private_metadata; without the invitation's place where that would not fit. */
export const writeModalContext = (context: ModalContext): string => {
  const { ticket, conversation, ref, replyUrl } = context;
  const full = JSON.stringify([ticket, conversation, ref, replyUrl]);
  const written =
    full.length <= slackLimits.privateMetadata ? full : JSON.stringify([ticket, null, null, null]);
  if (written.length > slackLimits.privateMetadata)
    throw new Error(`a ticket of ${ticket.length} characters does not fit into a modal`);
  return written;
};

/** Reads private_metadata back, or null when it is none of ours. */
export const readModalContext = (metadata: string): ModalContext | null => {
  const parsed = contextSchema.safeParse(readJson(metadata));
  if (!parsed.success) return null;
  const [ticket, conversation, ref, replyUrl] = parsed.data;
  return { ticket, conversation, ref, replyUrl };
};

/** The value of a form whose one field is `payload`, by the engine's own decoder, many times faster; null otherwise. */
export const onlyPayload = (body: string): string | null => {
  if (!body.startsWith('payload=') || body.includes('&')) return null;
  try {
    return decodeURIComponent(body.slice('payload='.length).replaceAll('+', ' '));
  } catch {
    return null;
  }
};

/** The value of a JSON text, undefined when it is none. */
export const readJson = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/** Ids must differ inside one block of buttons: the second button of an action is `id:2`. */
export const writeActionId = (action: ActionId, occurrence: number): string =>
  occurrence === 1 ? action : `${action}:${occurrence}`;

/** Our action of an action id, or null. */
export const readActionId = (actionId: string): ActionId | null => {
  const [base] = actionId.split(':');
  return Object.values(actionIds).find((known) => known === base) ?? null;
};
