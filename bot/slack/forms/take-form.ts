/** A submitted pulse form: its answers sealed, and what the person sees in its place. */
import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { SealedBallot } from '../../../core/conversation/event.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { Language } from '../../../core/language.ts';
import { once } from '../../../core/once.ts';
import type { Log } from '../../../core/ports.ts';
import { readOr, shape } from '../../../core/shape.ts';
import { type Answers, answerOf, sealBallot } from '../../../core/survey/ballot/ballot.ts';
import { readTicket, type Ticket } from '../../../core/survey/ballot/ticket.ts';
import {
  pulseClosed,
  pulseReceived,
  type SignedTicket,
} from '../../../core/survey/pulse-message.ts';
import { slackNoticeModal } from '../view.ts';
import { readAnswers } from './answers.ts';

type Deps = { readonly ticketKey: string; readonly catalogue: Catalogue; readonly log: Log };
type Payload = Readonly<Record<string, unknown>>;

/** `ballot` is to be kept before `json` is answered; null where there is none to keep. */
export type TakenForm = { readonly ballot: SealedBallot | null; readonly json: object };

/** Seals what the form says; the thanks are the same bytes whatever was answered. */
export const takeForm = async (
  deps: Deps,
  payload: Payload,
  { ticket: signed, now }: { readonly ticket: string; readonly now: Date },
): Promise<TakenForm> => {
  const read = readTicket(signed, deps.ticketKey, now);
  if (read.state === 'forged') {
    deps.log.warn('slack-ticket-forged');
    const unknown = noticeMessage(deps.catalogue, 'id', { key: 'system.expired' });
    return { ballot: null, json: updatedModal(deps, unknown, 'id') };
  }
  const { ticket } = read;
  if (read.state === 'closed') {
    const closed = pulseClosed(deps.catalogue, ticket.language);
    return { ballot: null, json: updatedModal(deps, closed, ticket.language) };
  }
  const given = answersOf(ticket, payload);
  // Some clients send a form without its inputs; an empty box would wipe out an earlier ballot.
  if (given.comment === null && Object.keys(given.answers).length === 0)
    return { ballot: null, json: refusedForm(deps, ticket) };
  const { publicKey, wave, items } = ticket;
  const sealed = await sealBallot(publicKey, { wave, items, ...given });
  return { ballot: { ticket: signed, sealed }, json: thanksFor(deps, { signed, ticket }) };
};

/** Put into words once a ticket: an agency's answers come with a few, thousands in a minute. */
const thanksFor = (deps: Deps, { signed, ticket }: SignedTicket): object => {
  const { catalogue } = deps;
  const known = thanks(ticket);
  const json =
    known.get(catalogue) ??
    updatedModal(deps, pulseReceived(catalogue, { signed, ticket }), ticket.language);
  known.set(catalogue, json);
  return json;
};
const thanks = once((_ticket: Ticket) => new Map<Catalogue, object>());

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
const refusedForm = ({ catalogue }: Deps, { items, language }: Ticket): object => ({
  response_action: 'errors',
  errors: { [items[0] ?? '']: sayIn(catalogue, language)('slack.empty-form') },
});

const viewState = shape({ view: shape({ state: shape({ values: (values) => values }) }) });
const stateOf = (payload: Payload): unknown => readOr(viewState, payload)?.view.state.values;

const updatedModal = ({ catalogue }: Deps, message: ChatMessage, language: Language): object => ({
  response_action: 'update',
  view: slackNoticeModal(message, sayIn(catalogue, language)('slack.close')),
});
