/** What a claimed nudge says: its item put into words for this reader, from content and published figures only. */

import { atRisk } from '../../core/content/source-lock.ts';
import type { ChatMessage } from '../../core/conversation/message.ts';
import { catalogueItem } from '../../core/delivery/amendment.ts';
import type { Language } from '../../core/language.ts';
import { leaderMessage } from '../../core/leadership/summary-message.ts';
import { correctionMessage } from '../../core/learning/correction-message.ts';
import { lessonMessage } from '../../core/learning/lesson-message.ts';
import { withPaceOffer } from '../../core/learning/pace-offer.ts';
import { welcomeMessage } from '../../core/learning/welcome-message.ts';
import type { Claimed } from '../../core/store/outbox.ts';
import { ballotKeys, findWave, type WaveRow } from '../../core/store/waves.ts';
import { ballotKey } from '../../core/survey/ballot.ts';
import { pulseInvitation, pulseReminder } from '../../core/survey/pulse-message.ts';
import { publicKeySchema, signTicket } from '../../core/survey/ticket.ts';
import type { Context } from './context.ts';
import { type LeaderBook, openLeaderBook } from './leader-book.ts';
import { waveSecretName } from './waves.ts';

/** Puts one nudge into words; null = it is not needed any more and nothing is sent. */
export type Compose = (nudge: Claimed) => Promise<ChatMessage | null>;

/** Loads once what a batch needs, then composes each of its nudges. */
export const composer = async (context: Context, batch: readonly Claimed[]): Promise<Compose> => {
  const pulses = await openPulses(context, batch);
  const book = batch.some(({ stream }) => stream === 'leader')
    ? await openLeaderBook(context)
    : null;
  // The same item in the same language is the same message: views then draw it once for a whole batch.
  const said = new Map<string, ChatMessage | null>();
  return async (nudge) => {
    const shared = ['lesson', 'pulse', 'correction'].includes(nudge.stream);
    const key = `${nudge.stream} ${nudge.item} ${nudge.language} ${nudge.offerPace}`;
    const known = shared ? said.get(key) : undefined;
    if (known !== undefined) return known;
    const message = compose(context, { pulses, book }, nudge);
    if (shared) said.set(key, message);
    return message;
  };
};

type Books = { readonly pulses: ReadonlyMap<string, Pulse>; readonly book: LeaderBook | null };
type Pulse = {
  readonly wave: WaveRow;
  /** Who has a ballot already; told only where reminders are in the batch. */
  readonly hasBallot: (personId: number) => boolean;
};

const compose = (context: Context, books: Books, nudge: Claimed): ChatMessage | null => {
  const { catalogue } = context;
  switch (nudge.stream) {
    case 'welcome':
      return welcomeMessage(catalogue, nudge.language, context.agency);
    case 'lesson':
    case 'lesson-later': {
      const lesson = catalogue.lessons.get(nudge.item);
      if (lesson === undefined) return null;
      return nudge.offerPace && nudge.stream === 'lesson'
        ? withPaceOffer(catalogue, lessonMessage(catalogue, lesson, nudge.language))
        : lessonMessage(catalogue, lesson, nudge.language);
    }
    case 'correction': {
      const id = catalogueItem(nudge.item);
      const item = catalogue.lessons.get(id) ?? catalogue.prompts.get(id);
      return item === undefined ? null : correctionMessage(catalogue, item, nudge.language);
    }
    case 'leader': {
      const prompt = catalogue.prompts.get(nudge.item);
      if (prompt === undefined || books.book === null) return null;
      const figures = books.book(nudge.unitId, nudge.language);
      return leaderMessage(catalogue, nudge.language, { figures, prompt });
    }
    default:
      return composePulse(context, books.pulses.get(waveOf(nudge.item)), nudge);
  }
};

const composePulse = (
  context: Context,
  pulse: Pulse | undefined,
  nudge: Claimed,
): ChatMessage | null => {
  if (pulse?.wave.status !== 'open' || context.clock.now() >= pulse.wave.closesAt) return null;
  const reminder = nudge.stream === 'pulse-reminder';
  if (reminder && pulse.hasBallot(nudge.personId)) return null;
  const { ticket, signed } = waveTicket(context, pulse.wave, nudge.language);
  if (ticket.items.length === 0) return null;
  const words = reminder ? pulseReminder : pulseInvitation;
  return words(context.catalogue, { signed, ticket });
};

/** The signed ticket of a wave in a language: it carries the form's items and the public key to the door. */
const waveTicket = (
  { catalogue, ticketKey }: Pick<Context, 'catalogue' | 'ticketKey'>,
  wave: WaveRow,
  language: Language,
) => {
  const blocked = atRisk(catalogue);
  const ticket = {
    wave: wave.id,
    // An item whose source changed is not asked until it is approved again.
    items: wave.items.filter((id) => !blocked.has(id)),
    publicKey: publicKeySchema.parse(wave.publicKey),
    closesAt: wave.closesAt.toISOString(),
    language,
  };
  return { ticket, signed: signTicket(ticket, ticketKey) };
};

/** A reminder's item is `wave/number`, an invitation's the wave. */
const waveOf = (item: string): string => item.split('/')[0] ?? item;

const openPulses = async (
  context: Context,
  batch: readonly Claimed[],
): Promise<ReadonlyMap<string, Pulse>> => {
  const pulses = new Map<string, Pulse>();
  const wanted = batch.filter(({ stream }) => stream.startsWith('pulse'));
  for (const id of new Set(wanted.map(({ item }) => waveOf(item)))) {
    const wave = await findWave(context.db, id);
    if (wave === null) continue;
    const reminded = wanted.some(({ stream, item }) => stream !== 'pulse' && waveOf(item) === id);
    pulses.set(id, {
      wave,
      hasBallot: reminded ? await ballotLookUp(context, id) : () => false,
    });
  }
  return pulses;
};

const ballotLookUp = async (
  context: Context,
  waveId: string,
): Promise<(personId: number) => boolean> => {
  const secret = await context.secrets.get(waveSecretName(waveId, 'secret'));
  if (secret === null) return () => true;
  const keys = await ballotKeys(context.db, waveId);
  return (personId) => keys.has(ballotKey(secret, personId));
};
