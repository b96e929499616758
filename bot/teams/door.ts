/** The Teams door: verify, seal, queue, answer; no SQL, no SDK, nothing of an answer left outside its box. */

import type { Clock } from '../../core/clock.ts';
import { sayIn } from '../../core/content/say.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import { answerNow } from '../../core/conversation/answer-now.ts';
import type { Inbound, SealedBallot } from '../../core/conversation/event.ts';
import { type ActionId, actionIds, type ChatMessage } from '../../core/conversation/message.ts';
import { noticeMessage } from '../../core/conversation/notice.ts';
import { readActionValue } from '../../core/conversation/values.ts';
import type { Log, Queue } from '../../core/ports.ts';
import { type Answer, answerOf, sealBallot } from '../../core/survey/ballot/ballot.ts';
import { type ReadTicket, readTicket, type Ticket } from '../../core/survey/ballot/ticket.ts';
import { pulseClosed, pulseInvitation, pulseReceived } from '../../core/survey/pulse-message.ts';
import { teamsLimits } from './limits.ts';
import {
  actionData,
  dedupeKey,
  parseTeams,
  readAnswers,
  readPress,
  withoutAnswers,
} from './parse.ts';
import { plain } from './text.ts';
import type { TeamsVerifier } from './verify.ts';
import { cardType, teamsCard } from './view.ts';

export type TeamsDoor = (request: Request) => Promise<Response>;

type Deps = {
  readonly verify: TeamsVerifier;
  /** Signs and checks form tickets. */
  readonly ticketKey: string;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
};

type Activity = Readonly<Record<string, unknown>>;
type Press = { readonly action: ActionId; readonly value: string };

/** What the person is shown at once: a card in place of the pressed one, or a short text beside it. */
type Shown = { readonly message: ChatMessage } | { readonly text: string };

/** Takes one request of Teams; a fault inside is a 500 without a word, the log has the rest. */
export const teamsDoor =
  (deps: Deps): TeamsDoor =>
  async (request) => {
    try {
      const verified = await deps.verify({ headers: request.headers, body: await request.text() });
      if (!verified.ok) {
        deps.log.warn('teams-refused', { reason: verified.reason });
        return new Response(null, { status: verified.status });
      }
      return await take(deps, verified.activity);
    } catch (error) {
      // The name alone: a message could repeat what was being read.
      deps.log.error('teams-door-failed', { error: error instanceof Error ? error.name : 'other' });
      return new Response(null, { status: 500 });
    }
  };

const take = async (deps: Deps, activity: Activity): Promise<Response> => {
  const press = readPress(activity);
  if (activity['type'] === 'invoke')
    return press === null
      ? new Response(null, { status: 501 })
      : invokeAnswer(await answerPress(deps, activity, press));
  // Whatever a message asks for, a press of an older client too, is answered from behind the queue.
  const form = press?.action === actionIds.submitPulse ? await readForm(deps, activity) : null;
  await enqueue(deps, activity, form?.ballot ?? null);
  return new Response(null);
};

const answerPress = (deps: Deps, activity: Activity, press: Press): Promise<Shown> => {
  switch (press.action) {
    case actionIds.submitPulse:
      return submit(deps, activity);
    case actionIds.openPulse:
      return Promise.resolve(open(deps, press.value));
    default:
      return act(deps, activity, press);
  }
};

/** A button: its answer if it needs no database, else a receipt; then the queue does the rest. */
const act = async (deps: Deps, activity: Activity, press: Press): Promise<Shown> => {
  const message = answerNow(press, deps.catalogue);
  if (!(await enqueue(deps, activity, null))) return expired(deps, press.value);
  if (message !== null) return { message };
  return { text: sayIn(deps.catalogue, languageOf(press.value))('teams.received') };
};

/** "Ubah jawaban": the form once more, empty, for nobody here knows the earlier answers. */
const open = (deps: Deps, signed: string): Shown => {
  const read = readTicket(signed, deps.ticketKey, deps.clock.now());
  if (read.state !== 'open') return notOpen(deps, read);
  return { message: pulseInvitation(deps.catalogue, { signed, ticket: read.ticket }) };
};

/** A form: queued without its answers, thanked the same way whatever they were. */
const submit = async (deps: Deps, activity: Activity): Promise<Shown> => {
  const { ballot, shown } = await readForm(deps, activity);
  const queued = ballot === null || (await enqueue(deps, activity, ballot));
  return queued ? shown : expired(deps, '');
};

/** The box of a form, sealed here, or null when there is nothing to seal; and what the person is shown of it. */
const readForm = async (
  deps: Deps,
  activity: Activity,
): Promise<{ readonly ballot: SealedBallot | null; readonly shown: Shown }> => {
  const form = readAnswers(actionData(activity));
  if (form === null) return { ballot: null, shown: expired(deps, '') };
  const read = readTicket(form.ticket, deps.ticketKey, deps.clock.now());
  if (read.state !== 'open') return { ballot: null, shown: notOpen(deps, read) };
  const { ticket } = read;
  const answers = onScale(ticket, form.answers);
  // Some clients send a form without its inputs; an empty box would wipe out an earlier ballot.
  if (Object.keys(answers).length === 0 && form.comment === null)
    return {
      ballot: null,
      shown: { text: sayIn(deps.catalogue, ticket.language)('teams.empty-form') },
    };
  const { wave, items } = ticket;
  const sealed = await sealBallot(ticket.publicKey, {
    wave,
    items,
    answers,
    comment: form.comment,
  });
  return {
    ballot: { ticket: form.ticket, sealed },
    shown: { message: pulseReceived(deps.catalogue, { signed: form.ticket, ticket }) },
  };
};

/** Answers to items of this form with values of its scale. */
const onScale = (
  ticket: Ticket,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, Answer>> => {
  const answers: Record<string, Answer> = {};
  for (const item of ticket.items) {
    const answer = answerOf(given[item] ?? '');
    if (answer !== undefined) answers[item] = answer;
  }
  return answers;
};

const notOpen = (deps: Deps, read: ReadTicket): Shown =>
  read.state === 'forged'
    ? expired(deps, '')
    : { message: pulseClosed(deps.catalogue, read.ticket.language) };

const expired = ({ catalogue }: Deps, value: string): Shown => ({
  message: noticeMessage(catalogue, languageOf(value), { key: 'system.expired' }),
});

const languageOf = (value: string): 'id' | 'en' => readActionValue(value)?.language ?? 'id';

/** Puts the activity, its inputs cut out, on the queue; false when it says nothing to us and was not queued. */
const enqueue = async (
  { queue, clock, log }: Deps,
  activity: Activity,
  ballot: SealedBallot | null,
): Promise<boolean> => {
  const now = clock.now();
  const body = withoutAnswers(activity);
  if (parseTeams(body, now, ballot) === null) {
    log.info('teams-activity-ignored', { type: String(activity['type']) });
    return false;
  }
  const key = dedupeKey(body);
  const inbound: Inbound = { platform: 'teams', key, receivedAt: now.toISOString(), body, ballot };
  await queue.put(JSON.stringify(inbound));
  return true;
};

/** The invoke's answer in the HTTP body; the client puts the card in place of the pressed one. */
const invokeAnswer = (shown: Shown): Response =>
  Response.json(
    'message' in shown
      ? { statusCode: 200, type: cardType, value: teamsCard(shown.message) }
      : {
          statusCode: 200,
          type: 'application/vnd.microsoft.activity.message',
          value: plain(shown.text, teamsLimits.text),
        },
  );
