/** The Slack door: verify, do what cannot wait, put the rest on the queue, answer. No SQL, no SDK. */
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import { sayIn } from '../../core/content/say.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import type { Inbound, SealedBallot } from '../../core/conversation/event.ts';
import { actionIds, type ChatMessage } from '../../core/conversation/message.ts';
import { noticeMessage } from '../../core/conversation/notice.ts';
import type { Language } from '../../core/language.ts';
import type { Log, Queue } from '../../core/ports.ts';
import { type Answers, answerOf, sealBallot } from '../../core/survey/ballot.ts';
import { pulseClosed, pulseReceived } from '../../core/survey/pulse-message.ts';
import { readTicket, type Ticket } from '../../core/survey/ticket.ts';
import { openForm } from './open-form.ts';
import {
  decodeSlack,
  dedupeKey,
  parseSlack,
  readAnswers,
  readPress,
  readSubmission,
  withoutAnswers,
} from './parse.ts';
import { requireSecrets, verifySlack } from './verify.ts';
import { slackNoticeModal } from './view.ts';

export type SlackDoorDeps = {
  /** One secret an app; two of one app while it is being rotated. */
  readonly signingSecrets: readonly string[];
  /** The key that signs tickets of forms. */
  readonly ticketKey: string;
  /** The current bot token of a workspace, from a cache of minutes; null when the app is not installed there. */
  readonly botToken: (workspaceId: string) => Promise<string | null>;
  readonly fetch: typeof fetch;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
};

type Payload = Readonly<Record<string, unknown>>;

/**
 * Answers one request of Slack within its three seconds. An empty secret or key throws ConfigError at once;
 * a request that could not be kept gets 500, so that the person sees it and Slack sends an event again.
 */
export const slackDoor = (deps: SlackDoorDeps): ((request: Request) => Promise<Response>) => {
  requireSecrets(deps.signingSecrets);
  return async (request) => {
    const now = deps.clock.now();
    const { headers } = request;
    const bytes = new Uint8Array(await request.arrayBuffer());
    const verdict = verifySlack({ headers, body: bytes, secrets: deps.signingSecrets, now });
    if (!verdict.ok) {
      deps.log.warn('slack-refused', { reason: verdict.reason });
      return new Response(null, { status: verdict.status });
    }
    const payload = decodeSlack(headers.get('content-type'), bytes);
    if (payload === null) return new Response(null, { status: 400 });
    try {
      return await answer(deps, payload, now);
    } catch (error) {
      deps.log.error('slack-door-failed', {
        error: error instanceof Error ? error.name : 'unknown',
      });
      return new Response(null, { status: 500 });
    }
  };
};

const done = (): Response => new Response(null, { status: 200 });

const answer = async (deps: SlackDoorDeps, payload: Payload, now: Date): Promise<Response> => {
  if (payload['type'] === 'url_verification')
    return Response.json({ challenge: z.string().parse(payload['challenge']) });
  if (payload['ssl_check'] !== undefined) return done();
  if (payload['type'] === 'app_rate_limited') {
    deps.log.warn('slack-events-throttled', { workspace: String(payload['team_id'] ?? '') });
    return done();
  }
  const press = readPress(payload);
  if (press?.said.action === actionIds.openPulse) {
    await openForm(deps, press, now);
    return done();
  }
  if (readSubmission(payload) !== null) return takeBallot(deps, payload, now);
  // What says nothing to us (edits, other people's bots) is not kept even for a moment.
  if (parseSlack(payload, now, null) !== null) await keep(deps, { payload, now, ballot: null });
  return done();
};

const keep = async (
  deps: SlackDoorDeps,
  taken: { readonly payload: Payload; readonly now: Date; readonly ballot: SealedBallot | null },
): Promise<void> => {
  const inbound: Inbound = {
    platform: 'slack',
    key: dedupeKey(taken.payload),
    receivedAt: taken.now.toISOString(),
    body: withoutAnswers(taken.payload),
    ballot: taken.ballot,
  };
  await deps.queue.put(JSON.stringify(inbound));
};

/** Seals the answers before anything is kept; the thanks are the same bytes whatever was answered. */
const takeBallot = async (deps: SlackDoorDeps, payload: Payload, now: Date): Promise<Response> => {
  const signed = readSubmission(payload)?.form.ticket ?? '';
  const read = readTicket(signed, deps.ticketKey, now);
  if (read.state === 'forged') {
    deps.log.warn('slack-ticket-forged');
    const unknown = noticeMessage(deps.catalogue, 'id', { key: 'system.expired' });
    return updatedModal(deps, unknown, 'id');
  }
  const { ticket } = read;
  if (read.state === 'closed')
    return updatedModal(deps, pulseClosed(deps.catalogue, ticket.language), ticket.language);
  const given = answersOf(ticket, payload);
  // Some clients send a form without its inputs; an empty box would wipe out an earlier ballot.
  if (given.comment === null && Object.keys(given.answers).length === 0)
    return refusedForm(deps, ticket);
  const { publicKey, wave, items } = ticket;
  const sealed = await sealBallot(publicKey, { wave, items, ...given });
  await keep(deps, { payload, now, ballot: { ticket: signed, sealed } });
  const thanks = pulseReceived(deps.catalogue, { signed, ticket });
  return updatedModal(deps, thanks, ticket.language);
};

const answersOf = (
  ticket: Ticket,
  payload: Payload,
): { readonly answers: Answers; readonly comment: string | null } => {
  const { answers: choices, comment } = readAnswers(stateOf(payload));
  const answers = ticket.items.flatMap((item) => {
    const answered = answerOf(choices[item] ?? '');
    return answered === undefined ? [] : [[item, answered] as const];
  });
  return { answers: Object.fromEntries(answers), comment };
};

/** Keeps the form and what is in it, and says below its first question what is missing. */
const refusedForm = ({ catalogue }: SlackDoorDeps, { items, language }: Ticket): Response =>
  Response.json({
    response_action: 'errors',
    errors: { [items[0] ?? '']: sayIn(catalogue, language)('slack.empty-form') },
  });

const viewState = z.object({ view: z.object({ state: z.object({ values: z.unknown() }) }) });
const stateOf = (payload: Payload): unknown => viewState.safeParse(payload).data?.view.state.values;

const updatedModal = (
  { catalogue }: SlackDoorDeps,
  message: ChatMessage,
  language: Language,
): Response =>
  Response.json({
    response_action: 'update',
    view: slackNoticeModal(message, sayIn(catalogue, language)('slack.close')),
  });
