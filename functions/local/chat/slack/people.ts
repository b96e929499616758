/** People of the local workspace: what they press, fill in and type becomes signed requests to the door. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { slashCommand } from '../../../../bot/slack/forms/payloads.ts';
import { slackSignature } from '../../../../bot/slack/verify.ts';
import { commentId } from '../../../../core/conversation/message.ts';
import type { InputBlock } from './blocks/blocks.ts';
import { checkModal } from './blocks/rules.ts';
import { type HomePress, person, pressedHome, trigger } from './home.ts';
import { channelOf, type OpenModal, type WorkspaceState } from './state.ts';

/** A request as Slack signs it; a form unless `body` is JSON. */
export const signSlackRequest = (signed: {
  readonly secret: string;
  readonly body: string;
  readonly now: Date;
  readonly contentType?: string;
}): Request => {
  const bytes = new TextEncoder().encode(signed.body);
  const time = String(Math.floor(signed.now.getTime() / 1000));
  return new Request('http://langkah.localhost/slack/events', {
    method: 'POST',
    headers: {
      'content-type': signed.contentType ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': time,
      'x-slack-signature': slackSignature({ secret: signed.secret, time, body: bytes }),
    },
    body: bytes,
  });
};

type SlackPress = {
  readonly userId: string;
  readonly ref: string;
  /** The button's element as in the message's blocks. */
  readonly action: unknown;
};

type SlackSubmission = {
  readonly userId: string;
  readonly viewId: string;
  /** Slack's `view.state.values`, as `filledIn` makes it. */
  readonly values: unknown;
};

/** What the person sees after sending a form. */
type SlackSettled =
  | { readonly state: 'updated'; readonly view: Readonly<Record<string, unknown>> }
  | { readonly state: 'closed' }
  /** The form stays; texts by block id. */
  | { readonly state: 'refused'; readonly errors: Readonly<Record<string, string>> }
  | { readonly state: 'failed'; readonly status: number };

export type SlackPeople = {
  readonly press: (press: SlackPress) => Request;
  readonly submit: (submission: SlackSubmission) => Request;
  readonly command: (typed: { readonly userId: string; readonly text: string }) => Request;
  readonly type: (typed: { readonly userId: string; readonly text: string }) => Request;
  readonly openHome: (person: { readonly userId: string }) => Request;
  /** Presses a button of the person's Home, or chooses an option of a select in it by its value. */
  readonly pressHome: (press: HomePress) => Request;
  /** Starts a global shortcut. */
  readonly shortcut: (start: { readonly userId: string; readonly callbackId: string }) => Request;
  /** Does what the client does with the door's answer to a submitted form. */
  readonly settle: (viewId: string, answer: Response) => Promise<SlackSettled>;
};

/** The people of a workspace. */
export const slackPeople = (state: WorkspaceState): SlackPeople => {
  const signed = (body: string, contentType?: string): Request =>
    signSlackRequest({
      secret: state.signingSecret,
      body,
      now: state.clock.now(),
      ...(contentType === undefined ? {} : { contentType }),
    });
  const interaction = (payload: object): Request =>
    signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  const event = (inner: object): Request =>
    signed(JSON.stringify(envelope(state, inner)), 'application/json');
  return {
    press: (press) => interaction(pressed(state, press)),
    submit: (submission) => interaction(submitted(state, submission)),
    command: (typed) => signed(new URLSearchParams(commanded(state, typed)).toString()),
    type: ({ userId, text }) =>
      event({
        type: 'message',
        channel_type: 'im',
        channel: channelOf(userId),
        user: userId,
        text,
        ts: state.stamp(),
      }),
    openHome: ({ userId }) => event({ type: 'app_home_opened', tab: 'home', user: userId }),
    pressHome: (press) => interaction(pressedHome(state, press)),
    shortcut: ({ userId, callbackId }) =>
      interaction({
        ...person(state, userId),
        type: 'shortcut',
        callback_id: callbackId,
        action_ts: state.stamp(),
        trigger_id: trigger(state, userId),
      }),
    settle: (viewId, answer) => settle(state, viewId, answer),
  };
};

const replyUrl = (state: WorkspaceState, userId: string, ref: string | null): string => {
  const kind = ref === null ? 'commands' : 'actions';
  const url = `https://hooks.slack.com/${kind}/${state.workspaceId}/${randomUUID()}`;
  state.replyUrls.set(url, { userId, ref, at: state.clock.now(), uses: 0 });
  return url;
};

const buttonSchema = z.looseObject({ type: z.literal('button'), action_id: z.string() });

const contentSchema = z.looseObject({ text: z.string() });

const pressed = (state: WorkspaceState, { userId, ref, action }: SlackPress): object => {
  const stored = state.messages.get(ref);
  if (stored?.userId !== userId) throw new Error(`${userId} has no message ${ref}`);
  const channel = channelOf(userId);
  return {
    ...person(state, userId),
    type: 'block_actions',
    container: { type: 'message', message_ts: ref, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: 'directmessage' },
    message: { type: 'message', ts: ref, bot_id: 'B0', ...contentSchema.parse(stored.payload) },
    state: { values: {} },
    trigger_id: trigger(state, userId),
    response_url: replyUrl(state, userId, ref),
    actions: [{ ...buttonSchema.parse(action), block_id: 'b', action_ts: state.stamp() }],
  };
};

const submitted = (state: WorkspaceState, submission: SlackSubmission): object => {
  const opened = state.modals.get(submission.viewId);
  if (opened?.userId !== submission.userId)
    throw new Error(`${submission.userId} has no modal ${submission.viewId}`);
  return {
    ...person(state, opened.userId),
    type: 'view_submission',
    trigger_id: trigger(state, opened.userId),
    view: {
      id: opened.viewId,
      hash: opened.hash,
      app_installed_team_id: state.workspaceId,
      ...opened.view,
      state: { values: submission.values },
    },
    response_urls: [],
  };
};

/** `view.state.values` of a modal filled in: option values by question id (one left out stays open), and the comment. */
export const filledIn = (
  { view }: OpenModal,
  filled: {
    readonly answers: Readonly<Record<string, string>>;
    readonly comment: string | null;
  },
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    view.blocks
      .filter((block): block is InputBlock => block.type === 'input')
      .map(({ block_id = '', element }) => {
        const { type, action_id = '' } = element;
        if (type === 'plain_text_input') {
          const value = block_id === commentId ? filled.comment : null;
          return [block_id, { [action_id]: { type, value } }];
        }
        if (type !== 'radio_buttons') throw new Error(`nobody here fills in a ${type}`);
        const chosen = element.options.find(({ value }) => value === filled.answers[block_id]);
        return [block_id, { [action_id]: { type, selected_option: chosen ?? null } }];
      }),
  );

const commanded = (
  state: WorkspaceState,
  { userId, text }: { readonly userId: string; readonly text: string },
): Record<string, string> => ({
  command: slashCommand,
  text,
  user_id: userId,
  team_id: state.workspaceId,
  channel_id: channelOf(userId),
  api_app_id: 'A0LANGKAH',
  is_enterprise_install: 'false',
  response_url: replyUrl(state, userId, null),
  trigger_id: trigger(state, userId),
});

const envelope = (state: WorkspaceState, inner: object): object => ({
  type: 'event_callback',
  team_id: state.workspaceId,
  api_app_id: 'A0LANGKAH',
  event_id: `Ev${randomUUID()}`,
  event_time: Math.floor(state.clock.now().getTime() / 1000),
  event: inner,
});

const answerSchema = z.object({
  response_action: z.enum(['update', 'clear', 'errors']),
  view: z.looseObject({}).optional(),
  errors: z.record(z.string(), z.string()).optional(),
});

const settle = async (
  state: WorkspaceState,
  viewId: string,
  answer: Response,
): Promise<SlackSettled> => {
  const opened = state.modals.get(viewId);
  if (opened === undefined || !answer.ok) return { state: 'failed', status: answer.status };
  const text = await answer.text();
  const read = text === '' ? null : answerSchema.parse(JSON.parse(text));
  if (read?.response_action === 'errors') return { state: 'refused', errors: read.errors ?? {} };
  state.modals.delete(viewId);
  if (read?.response_action !== 'update') return { state: 'closed' };
  const view = checkModal(read.view);
  if (view === null) throw new Error('the door answered a form with a view that Slack refuses');
  return { state: 'updated', view };
};
