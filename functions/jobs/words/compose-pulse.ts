/** The pulse put into words: a form in chat, or a personal link to the agency's own page. */
import { dayBegins, localDate } from '../../../core/calendar/zone.ts';
import { atRisk } from '../../../core/content/source-lock.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import type { Language } from '../../../core/language.ts';
import type { Claimed } from '../../../core/store/outbox/claims.ts';
import { invitedSince } from '../../../core/store/outbox/sent.ts';
import { findMarks, findMembers } from '../../../core/store/pulse/ballots.ts';
import { findWave, type WaveRow } from '../../../core/store/pulse/waves.ts';
import { heardKeys } from '../../../core/store/pulse/withdrawal.ts';
import { ballotKey } from '../../../core/survey/ballot/ballot.ts';
import { sealVoter, signLink } from '../../../core/survey/ballot/link.ts';
import { remindedMark } from '../../../core/survey/ballot/marks.ts';
import { publicKeySchema, signTicket, type Ticket } from '../../../core/survey/ballot/ticket.ts';
import { ballotPath } from '../../../core/survey/form.ts';
import { freshLink, linkInvitation, linkReminder } from '../../../core/survey/link-message.ts';
import { pulseInvitation, pulseReminder } from '../../../core/survey/pulse-message.ts';
import type { Context } from '../context.ts';
import type { Handling } from '../conversation/reaction.ts';
import { waveSecretName } from '../pulse/wave-secrets.ts';

type Reminder = Pick<Claimed, 'personId' | 'item'>;

export type Pulse = {
  readonly wave: WaveRow;
  /** Null once it is destroyed. */
  readonly secret: string | null;
  /** Who has answered, taken the answers back, or been sent this reminder before; told of the batch's reminders only. */
  readonly needsNone: (reminder: Reminder) => boolean;
};

/** The waves that a batch asks for. */
export const openPulses = async (
  context: Context,
  batch: readonly Claimed[],
): Promise<ReadonlyMap<string, Pulse>> => {
  const pulses = new Map<string, Pulse>();
  const wanted = batch.filter(({ stream }) => stream.startsWith('pulse'));
  for (const id of new Set(wanted.map(({ item }) => waveOf(item)))) {
    const wave = await findWave(context.db, id);
    if (wave === null) continue;
    const reminders = wanted.filter(
      ({ stream, item }) => stream !== 'pulse' && waveOf(item) === id,
    );
    const secret = await context.secrets.get(waveSecretName(id, 'secret'));
    const needsNone = await needlessAmong(context, { wave, secret, reminders });
    pulses.set(id, { wave, secret, needsNone });
  }
  return pulses;
};

/** A reminder's item is `wave/number`, an invitation's the wave. */
export const waveOf = (item: string): string => item.split('/')[0] ?? item;

type Wanted = {
  readonly wave: WaveRow;
  readonly secret: string | null;
  readonly reminders: readonly Reminder[];
};

const needlessAmong = async (
  { db, agency, clock }: Context,
  { wave, secret, reminders }: Wanted,
): Promise<Pulse['needsNone']> => {
  if (secret === null) return () => true;
  if (reminders.length === 0) return () => false;
  const heard = await heardKeys(db, wave.id);
  const gone = await findMarks(
    db,
    reminders.map((reminder) => remindedMark(secret, reminder)),
  );
  // Who is invited late, after a lane stood still, is not reminded of it in the same minutes.
  const invited = await invitedSince(db, {
    wave: wave.id,
    from: localDate(agency.zone, wave.opensAt),
    people: reminders.map(({ personId }) => personId),
    since: dayBegins(agency.zone, clock.now()),
  });
  return (reminder) =>
    invited.has(reminder.personId) ||
    heard.has(ballotKey(secret, reminder.personId)) ||
    gone.has(remindedMark(secret, reminder));
};

/** The invitation or reminder of one person; null = the wave is not open, or the person needs no reminder. */
export const composePulse = (
  context: Context,
  pulse: Pulse | undefined,
  { stream, personId, item, language }: Pick<Claimed, 'stream' | 'personId' | 'item' | 'language'>,
): ChatMessage | null => {
  const reminder = stream === 'pulse-reminder';
  if (pulse === undefined || (reminder && pulse.needsNone({ personId, item }))) return null;
  return wordsOf(context, pulse, {
    personId,
    language,
    what: reminder ? 'reminder' : 'invitation',
  });
};

/** The form once more, or a new link, for whoever asks; null = the wave is not open, or not theirs. */
export const askAgain = async (
  { context, trx, person }: Handling,
  waveId: string,
): Promise<ChatMessage | null> => {
  const wave = await findWave(trx, waveId);
  if (wave === null || !(await findMembers(trx, waveId, [person.id])).has(person.id)) return null;
  const secret = await context.secrets.get(waveSecretName(waveId, 'secret'));
  const reader = { personId: person.id, language: person.language, what: 'again' } as const;
  return wordsOf(context, { wave, secret }, reader);
};

/** Each way of answering has its own words for the same occasions. */
const inChat = { invitation: pulseInvitation, reminder: pulseReminder, again: pulseInvitation };
const onPage = { invitation: linkInvitation, reminder: linkReminder, again: freshLink };

const wordsOf = (
  context: Context,
  { wave, secret }: Pick<Pulse, 'wave' | 'secret'>,
  reader: {
    readonly personId: number;
    readonly language: Language;
    readonly what: keyof typeof inChat;
  },
): ChatMessage | null => {
  const { catalogue, ticketKey, agency, clock } = context;
  const ticket = ticketOf(context, wave, reader.language);
  if (wave.status !== 'open' || clock.now() >= wave.closesAt || ticket.items.length === 0)
    return null;
  if (agency.ballotPage === null)
    return inChat[reader.what](catalogue, { ticket, signed: signTicket(ticket, ticketKey) });
  if (secret === null) return null;
  const voter = sealVoter(secret, wave.id, reader.personId);
  const url = `${agency.ballotPage}${ballotPath}/${signLink({ ticket, voter }, ticketKey)}`;
  return onPage[reader.what](catalogue, { ticket, url });
};

/** The ticket of a wave in a language: it carries the form's items and the public key to the door. */
const ticketOf = ({ catalogue }: Context, wave: WaveRow, language: Language): Ticket => {
  const blocked = atRisk(catalogue);
  return {
    wave: wave.id,
    // An item whose source changed is not asked until it is approved again.
    items: wave.items.filter((id) => !blocked.has(id)),
    publicKey: publicKeySchema.parse(wave.publicKey),
    closesAt: wave.closesAt.toISOString(),
    language,
  };
};
