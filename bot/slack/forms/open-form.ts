/** A modal within the three seconds of its trigger, and a word to the person when it does not open. */
import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { Language } from '../../../core/language.ts';
import type { Log } from '../../../core/ports.ts';
import { readTicket, type Ticket } from '../../../core/survey/ballot/ticket.ts';
import { pulseClosed, pulseForm } from '../../../core/survey/pulse-message.ts';
import { slackApiUrl } from '../limits.ts';
import type { readPress } from '../parse.ts';
import { slackMessage, slackModal, slackNoticeModal } from '../view.ts';

type Deps = {
  readonly ticketKey: string;
  readonly botToken: (workspaceId: string) => Promise<string | null>;
  readonly fetch: typeof fetch;
  readonly catalogue: Catalogue;
  readonly log: Log;
};
type Press = NonNullable<ReturnType<typeof readPress>>;

/** Milliseconds for opening, changing and telling: together below the three seconds in which Slack wants its answer. */
const openTimeout = 1_500;
const changeTimeout = 800;
const tellTimeout = 500;

/** Opens the pulse form of a pressed invitation; never throws for what Slack answers. */
export const openForm = async (deps: Deps, press: Press, now: Date): Promise<void> => {
  const signed = press.said.value;
  const read = readTicket(signed, deps.ticketKey, now);
  if (read.state === 'forged') {
    deps.log.warn('slack-ticket-forged');
    await tell(deps, press, noticeMessage(deps.catalogue, 'id', { key: 'system.expired' }));
    return;
  }
  const { language } = read.ticket;
  if (read.state === 'closed') {
    await tell(deps, press, pulseClosed(deps.catalogue, language));
    return;
  }
  const opened = await open(deps, press, { signed, ticket: read.ticket });
  if (opened === 'opened') return;
  const key = opened === 'too-late' ? 'slack.press-again' : 'slack.form-failed';
  await tell(deps, press, noticeMessage(deps.catalogue, language, { key }));
};

/** Errors of views.open that a new press heals (docs.slack.dev/reference/methods/views.open). */
const staleTrigger = ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'];

const answerSchema = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  view: z.object({ id: z.string().min(1), hash: z.string().optional() }).optional(),
});
type Answer = z.infer<typeof answerSchema>;

/** A light modal takes the trigger while it lives; the form takes the light one's place without it. */
const open = async (
  deps: Deps,
  press: Press,
  pulse: { readonly signed: string; readonly ticket: Ticket },
): Promise<'opened' | 'too-late' | 'failed'> => {
  const { from, target } = press.where;
  const fault = (reason: string) =>
    deps.log.error('slack-form-not-opened', { workspace: from.workspaceId, reason });
  try {
    const token = await deps.botToken(from.workspaceId);
    if (token === null) {
      fault('no-token');
      return 'failed';
    }
    const call = caller(deps, token);
    const { view, error } = await call('views.open', openTimeout, {
      trigger_id: press.triggerId ?? '',
      view: lightModal(deps.catalogue, pulse.ticket.language),
    });
    if (view === undefined) {
      if (staleTrigger.includes(error)) return 'too-late';
      fault(error);
      return 'failed';
    }
    const { conversation } = from;
    const changed = await call('views.update', changeTimeout, {
      view_id: view.id,
      hash: view.hash,
      view: slackModal(pulseForm(deps.catalogue, pulse), {
        ticket: pulse.signed,
        conversation,
        ...target,
      }),
    });
    if (changed.ok) return 'opened';
    fault(changed.error);
    return 'failed';
  } catch (error) {
    // The trigger does not outlive the wait: whatever went wrong, a new press is the way on.
    fault(error instanceof Error ? error.name : 'unknown');
    return 'too-late';
  }
};

/** What stands on the screen until the form is there, and says what to do should it not come. */
const lightModal = (catalogue: Catalogue, language: Language): ModalView =>
  slackNoticeModal(
    noticeMessage(catalogue, language, { key: 'slack.opening' }),
    sayIn(catalogue, language)('slack.close'),
  );

type Call = (
  method: string,
  timeout: number,
  body: object,
) => Promise<Answer & { readonly error: string }>;

const caller =
  (deps: Deps, token: string): Call =>
  async (method, timeout, body) => {
    const response = await deps.fetch(`${slackApiUrl}${method}`, {
      method: 'POST',
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
    const { error = `http-${response.status}`, ...rest } = answerSchema.parse(
      await response.json(),
    );
    return { ...rest, error };
  };

/** Says something to this person alone, below the pressed message; a failure is logged and nothing more. */
const tell = async (deps: Deps, press: Press, message: ChatMessage): Promise<void> => {
  const { replyUrl } = press.where.target;
  if (replyUrl === null) return;
  try {
    await deps.fetch(replyUrl, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        response_type: 'ephemeral',
        replace_original: false,
        ...slackMessage(message),
      }),
      signal: AbortSignal.timeout(tellTimeout),
    });
  } catch (error) {
    deps.log.warn('slack-not-told', { error: error instanceof Error ? error.name : 'unknown' });
  }
};
