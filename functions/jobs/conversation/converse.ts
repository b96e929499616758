/** Behind the queue: one event, once; what it changes is committed before the person gets the answer. */
import { createHmac } from 'node:crypto';
import { answerNow } from '../../../core/conversation/answer-now.ts';
import type { ChatEvent, Inbound } from '../../../core/conversation/event.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { Platform } from '../../../core/ports.ts';
import {
  type KnownPerson,
  type Met,
  meet,
  setReachable,
} from '../../../core/store/people/conversation.ts';
import type { Context } from '../context.ts';
import { planAll } from '../delivery/plan.ts';
import { noteMember } from '../directory.ts';
import { changeInstallation } from '../installations.ts';
import { takeBallots } from '../pulse/ballot.ts';
import { answered, progressOf, takeAction, withdrawn } from './act.ts';
import { atHome } from './at-home.ts';
import { obey } from './command.ts';
import { showHome } from './home.ts';
import { introduce } from './introduce.ts';
import { type Handling, type Reaction, reply, silent } from './reaction.ts';

/** Hands one queued payload to its platform's dispatcher, which calls back with our event. */
export type Dispatch = (inbound: Inbound) => Promise<void>;

/** The handlers of both platforms: each SDK routes, `onEvent` decides. */
export type Dispatchers = ReadonlyMap<Platform, Dispatch>;

/** Handles one event exactly once: a key seen before says nothing and changes nothing but what was left unplanned. */
export const onEvent = async (context: Context, told: ChatEvent): Promise<void> => {
  if (told.kind === 'member') return noteMember(context, told);
  if (told.kind === 'installation') return changeInstallation(context, told);
  const event = { ...told, from: await atHome(context, told.from) };
  if (event.kind === 'ballot') {
    // Ballots need no mark of their own: one that comes again changes nothing.
    await takeBallots(context, [{ ...event, ...event.ballot }]);
    return;
  }
  const now = context.clock.now();
  const met = await handle(context, event, now);
  if (met === null) return;
  // Not on the roster under this id: the chat may say who it is, and the event is theirs then.
  const introduced = met.personId === null && (await introduce(context, event)) === 'known';
  const done = introduced
    ? await handle(context, { ...event, key: `${event.key}/introduced` }, now)
    : met;
  if (done === null) return;
  const { personId, reaction } = done;
  if (personId !== null && (reaction === null || reaction.replan))
    await planAll(context, now, { only: personId, renew: true });
  if (reaction !== null) await say(context, event, { personId, reaction });
};

/** What one person did or said, but a ballot. */
type Spoken = Exclude<ChatEvent, { readonly kind: 'ballot' | 'member' | 'installation' }>;

/** What an event came to; no reaction when it was seen before. */
type Handled = { readonly reaction: Reaction | null; readonly personId: number | null };

/** What an event comes to, committed; null when nothing is left to do. */
const handle = async (context: Context, event: Spoken, now: Date): Promise<Handled | null> => {
  const sighting = { mark: markOf(event.key, context.ticketKey), from: event.from, now };
  const progress = progressOf(event, context.catalogue);
  // A lesson's press, by far the most frequent event, needs one statement and so no transaction around it.
  if (progress !== null && event.kind === 'action') {
    const met = await meet(context.db, sighting, progress);
    return handled(context, event, {
      ...met,
      react: async (person) =>
        met.recalled
          ? withdrawn(context.catalogue, progress.item, person.language)
          : answered(event, context.catalogue),
    });
  }
  return context.db.transaction().execute(async (trx) => {
    const met = await meet(trx, sighting);
    return handled(context, event, {
      ...met,
      react: (person) => react({ context, trx, person, now }, event),
    });
  });
};

const handled = async (
  context: Context,
  event: Spoken,
  met: Met & { readonly react: (person: KnownPerson) => Promise<Reaction> },
): Promise<Handled | null> => {
  if (!met.first) return seenBefore(context, event, met.person);
  if (met.person === null) return { reaction: notOnRoster(context, event), personId: null };
  const reaction = await met.react(met.person);
  // What was left out while the person was out of reach is planned now.
  const back = met.person.returned && event.kind !== 'removed';
  return { reaction: back ? { ...reaction, replan: true } : reaction, personId: met.person.id };
};

/**
 * Whoever committed it before may have died, or lost the database, before the plan: planning twice adds nothing. A lesson's
 * press plans nothing.
 */
const seenBefore = (
  { catalogue }: Context,
  event: Spoken,
  person: KnownPerson | null,
): Handled | null =>
  person === null || progressOf(event, catalogue) !== null
    ? null
    : { reaction: null, personId: person.id };

/**
 * An event's key may name the person and the moment: a keyed hash of it tells twice from once as well, and nobody who has
 * the database alone can try all people and moments.
 */
const markOf = (key: string, secret: string): string => {
  const [platform = ''] = key.split('/');
  return `${platform}/${createHmac('sha256', secret).update(key).digest('base64url')}`;
};

const react = async (handling: Handling, event: Spoken): Promise<Reaction> => {
  switch (event.kind) {
    case 'action':
      return takeAction(handling, event);
    case 'text':
      return obey(handling, event);
    case 'installed':
      await setReachable(handling.trx, event.from, null);
      return { answer: null, replan: true };
    case 'removed':
      await setReachable(handling.trx, event.from, 'removed-by-person');
      return silent;
    case 'home':
    case 'seen':
      return silent;
  }
};

/** Only what a person typed or pressed is answered; nothing about strangers is kept. */
const notOnRoster = (context: Context, event: ChatEvent): Reaction => {
  if (!['text', 'action', 'home'].includes(event.kind)) return silent;
  const message = noticeMessage(context.catalogue, 'id', {
    key: 'answer.unknown-person',
    values: { contact: context.agency.contact },
  });
  return reply(message);
};

const say = async (
  context: Context,
  event: ChatEvent,
  done: { readonly reaction: Reaction; readonly personId: number | null },
): Promise<void> => {
  const { answer } = done.reaction;
  if (event.kind === 'home' || event.target.home === true) {
    const { personId } = done;
    const to = event.kind === 'action' ? event : null;
    const said = answer === null ? null : { message: answer.message, to };
    return showHome(context, event, { personId, said });
  }
  const chat = context.chats.get(event.from.platform);
  if (answer === null || chat === undefined) return;
  // A door that answers by itself has already replaced the pressed message.
  const answered =
    event.kind === 'action' &&
    answer.how === 'replace' &&
    answer.overDoor !== true &&
    event.target.unanswered !== true &&
    chat.capabilities.answersInDoor &&
    answerNow(event, context.catalogue) !== null;
  if (answered) return;
  const outcome = await chat.answer(
    { from: event.from, target: event.target },
    answer.message,
    answer.how,
  );
  if (outcome.state !== 'sent')
    context.log.warn('answer.not-sent', { key: event.key, state: outcome.state });
};
