/** The shapes of what Slack sends, as far as we read them, and what our modals carry along. */
import { type ActionId, actionIds } from '../../../core/conversation/message.ts';
import {
  absent,
  figure,
  filled,
  loose,
  many,
  maybe,
  oneOf,
  or,
  orNull,
  perhaps,
  type Read,
  readOr,
  recordOf,
  ruled,
  shape,
  text,
  truth,
} from '../../../core/shape.ts';
import { slackLimits } from '../limits.ts';

/** The one slash command. */
export const slashCommand = '/langkah';

/** The global shortcuts: callback id → the sub-word of the command that says the same. */
export const shortcuts = {
  'langkah-today': 'hari-ini',
  'langkah-pause': 'jeda',
  'langkah-my-data': 'data-saya',
  'langkah-help': 'bantuan',
} as const;

/** Anything that names itself by an id: a user, a team, a channel. */
export const identified = shape({ id: filled });

const who = {
  user: shape({ id: filled, team_id: maybe(text) }),
  team: perhaps(identified),
  enterprise: perhaps(identified),
};

const pressed = shape({
  action_id: text,
  action_ts: maybe(text),
  value: maybe(text),
  selected_option: perhaps(shape({ value: text })),
});

export const pressShape = shape({
  ...who,
  type: oneOf('block_actions'),
  channel: maybe(identified),
  container: maybe(
    shape({ message_ts: maybe(text), channel_id: maybe(text), is_ephemeral: maybe(truth) }),
  ),
  message: maybe(shape({ ts: text })),
  // A press in a Home or a modal names its view instead of a message.
  view: maybe(shape({ type: text, app_installed_team_id: perhaps(text) })),
  response_url: maybe(text),
  trigger_id: maybe(text),
  // One press carries one action; Slack sends them as a list.
  actions: ruled(many(pressed), ({ length }) => length > 0, 'no action'),
});

export const submissionShape = shape({
  ...who,
  type: oneOf('view_submission'),
  view: shape({
    id: filled,
    hash: maybe(text),
    callback_id: text,
    private_metadata: text,
    // In a grid the modal may be submitted from another workspace than the one the app answers in.
    app_installed_team_id: maybe(text),
  }),
});

export const commandShape = shape({
  command: oneOf(slashCommand),
  text: or(text, ''),
  user_id: filled,
  team_id: maybe(text),
  enterprise_id: maybe(text),
  response_url: maybe(text),
  trigger_id: maybe(text),
});

export const shortcutShape = shape({
  ...who,
  type: oneOf('shortcut'),
  callback_id: oneOf(...(Object.keys(shortcuts) as (keyof typeof shortcuts)[])),
  action_ts: maybe(text),
  trigger_id: maybe(text),
});

export const eventShape = shape({
  type: oneOf('event_callback'),
  // What concerns an organisation as a whole names no workspace.
  team_id: perhaps(filled),
  enterprise_id: perhaps(filled),
  authorizations: perhaps(
    many(
      shape({
        enterprise_id: perhaps(text),
        team_id: perhaps(text),
        is_enterprise_install: maybe(truth),
      }),
    ),
  ),
  event_id: filled,
  event_time: maybe(figure),
  event: loose({ type: text }),
});
/** An event with what stands around it. */
export type Envelope = Read<typeof eventShape>;

/** `tokens_revoked`: user ids by kind of token. */
export const revokedShape = shape({ tokens: shape({ bot: or(many(text), []) }) });

/** A direct message typed by a person: a bot's message, an edit or a deletion is nobody speaking to us. */
export const messageShape = shape({
  channel: text,
  channel_type: oneOf('im'),
  user: text,
  text,
  ts: text,
  subtype: absent,
  bot_id: absent,
});

/** `view.state.values`: block id → action id → what was chosen or typed. */
export const stateShape = recordOf(
  recordOf(shape({ selected_option: perhaps(shape({ value: text })), value: perhaps(text) })),
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

const contextShape = many(orNull(text));

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
  const read = readOr(contextShape, readJson(metadata)) ?? [];
  const [ticket, conversation = null, ref = null, replyUrl = null] = read;
  return read.length === 4 && ticket ? { ticket, conversation, ref, replyUrl } : null;
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
