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
import type { Answer, Answers } from '../../core/survey/ballot.ts';
import { pulseClosed, pulseReceived } from '../../core/survey/pulse-message.ts';
import { readTicket, type Ticket } from '../../core/survey/ticket.ts';
import { readAnswers, withoutAnswers } from './answers.ts';
import { openForm } from './open-form.ts';
import { decodeSlack, dedupeKey, parseSlack, readPress, readSubmission } from './parse.ts';
import { requireSecrets, verifySlack } from './verify.ts';
import { slackNoticeModal } from './view.ts';

export type SlackDoorDeps = SlackAnswerDeps & {
  /** One secret an app; two of one app while it is being rotated. */
  readonly signingSecrets: readonly string[];
};

/** What answering needs once it is known that Slack has spoken. */
export type SlackAnswerDeps = {
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

/** A request as it came, and what it is answered: plain values, for the web's own classes cost a cold start dear. */
export type SlackRequest = { readonly headers: Pick<Headers, 'get'>; readonly body: Uint8Array };
export type SlackReply = { readonly status: number; readonly json: object | null };

/**
 * Answers one request of Slack within its three seconds. An empty secret or key throws ConfigError at once;
 * a request that could not be kept gets 500, so that the person sees it and Slack sends an event again.
 */
export const slackReplies = (
  deps: SlackDoorDeps,
): ((request: SlackRequest) => Promise<SlackReply>) => {
  requireSecrets(deps.signingSecrets);
  return async ({ headers, body }) => {
    const now = deps.clock.now();
    const verdict = verifySlack({ headers, body, secrets: deps.signingSecrets, now });
    if (!verdict.ok) {
      deps.log.warn('slack-refused', { reason: verdict.reason });
      return bare(verdict.status);
    }
    const payload = decodeSlack(headers.get('content-type'), body);
    return payload === null ? bare(400) : reply(deps, payload);
  };
};

/** The same for a host that speaks in the web's own requests and responses. */
export const slackDoor = (deps: SlackDoorDeps): ((request: Request) => Promise<Response>) => {
  const replies = slackReplies(deps);
  return async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    return responseOf(await replies({ headers: request.headers, body }));
  };
};

/** Answers a payload that is surely Slack's: a signature or a socket of our own has proven it. */
export const answerSlack = async (deps: SlackAnswerDeps, payload: Payload): Promise<Response> =>
  responseOf(await reply(deps, payload));

const responseOf = ({ status, json }: SlackReply): Response =>
  json === null ? new Response(null, { status }) : Response.json(json, { status });

const reply = async (deps: SlackAnswerDeps, payload: Payload): Promise<SlackReply> => {
  try {
    return await answer(deps, payload, deps.clock.now());
  } catch (error) {
    deps.log.error('slack-door-failed', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    return bare(500);
  }
};

const bare = (status: number): SlackReply => ({ status, json: null });
const done = (): SlackReply => bare(200);
const telling = (json: object): SlackReply => ({ status: 200, json });

const answer = async (deps: SlackAnswerDeps, payload: Payload, now: Date): Promise<SlackReply> => {
  if (payload['type'] === 'url_verification')
    return telling({ challenge: z.string().parse(payload['challenge']) });
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
  const submission = readSubmission(payload);
  if (submission !== null)
    return takeBallot(deps, payload, { signed: submission.form.ticket, now });
  // What says nothing to us (edits, other people's bots) is not kept even for a moment.
  if (parseSlack(payload, now, null) !== null) await keep(deps, { payload, now, ballot: null });
  return done();
};

const keep = async (
  deps: SlackAnswerDeps,
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
const takeBallot = async (
  deps: SlackAnswerDeps,
  payload: Payload,
  { signed, now }: { readonly signed: string; readonly now: Date },
): Promise<SlackReply> => {
  const read = readTicket(signed, deps.ticketKey, now);
  if (read.state === 'forged') {
    deps.log.warn('slack-ticket-forged');
    const unknown = noticeMessage(deps.catalogue, 'id', { key: 'system.expired' });
    return updatedModal(deps, unknown, 'id');
  }
  const { ticket } = read;
  if (read.state === 'closed')
    return updatedModal(deps, pulseClosed(deps.catalogue, ticket.language), ticket.language);
  // Loaded with the first ballot: what seals is large, and most requests carry none.
  const { answerOf, sealBallot } = await import('../../core/survey/ballot.ts');
  const given = answersOf(ticket, payload, answerOf);
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
  answerOf: (value: string) => Answer | undefined,
): { readonly answers: Answers; readonly comment: string | null } => {
  const { answers: choices, comment } = readAnswers(stateOf(payload));
  const answers = ticket.items.flatMap((item) => {
    const answered = answerOf(choices[item] ?? '');
    return answered === undefined ? [] : [[item, answered] as const];
  });
  return { answers: Object.fromEntries(answers), comment };
};

/** Keeps the form and what is in it, and says below its first question what is missing. */
const refusedForm = ({ catalogue }: SlackAnswerDeps, { items, language }: Ticket): SlackReply =>
  telling({
    response_action: 'errors',
    errors: { [items[0] ?? '']: sayIn(catalogue, language)('slack.empty-form') },
  });

const viewState = z.object({ view: z.object({ state: z.object({ values: z.unknown() }) }) });
const stateOf = (payload: Payload): unknown => viewState.safeParse(payload).data?.view.state.values;

const updatedModal = (
  { catalogue }: SlackAnswerDeps,
  message: ChatMessage,
  language: Language,
): SlackReply =>
  telling({
    response_action: 'update',
    view: slackNoticeModal(message, sayIn(catalogue, language)('slack.close')),
  });
