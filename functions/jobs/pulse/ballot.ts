/** Sealed ballots: stored under keys that only the wave's secret can derive, one per person, the newest kept. */
import type { ChatMessage } from '../../../core/conversation/message.ts';
import type { Address, EventTarget } from '../../../core/ports.ts';
import {
  type CastBallot,
  castBallots,
  findAddresses,
  findMembers,
  findVoters,
  takesBallots,
} from '../../../core/store/pulse/ballots.ts';
import { ballotKey } from '../../../core/survey/ballot/ballot.ts';
import { openVoter, readLink } from '../../../core/survey/ballot/link.ts';
import { isSameKey, readTicket, stateAt, type Ticket } from '../../../core/survey/ballot/ticket.ts';
import { linkUsed } from '../../../core/survey/link-message.ts';
import { formReplaced, pulseClosed, pulseReceived } from '../../../core/survey/pulse-message.ts';
import type { Context } from '../context.ts';
import { introduce } from '../conversation/introduce.ts';
import type { Handling } from '../conversation/reaction.ts';
import { toldOnce, useLinks } from './used-links.ts';
import { waveSecretName } from './wave-secrets.ts';

/** A box off the queue; one from a page of the agency's own names nobody: its link does. */
export type Cast = {
  readonly key: string;
  /** The platform's own time of the act; the door's where there is none. */
  readonly at: Date;
  /** JWE compact serialisation. */
  readonly sealed: string;
} & (
  | { readonly ticket: string; readonly from: Address; readonly target: EventTarget }
  | { readonly link: string }
);

/**
 * Takes boxes in the order given, each wave's in one transaction, and refuses kindly what comes too late, by a used link
 * or by a form of other keys; what was answered is never seen here. Taking a box again changes nothing. Throws for what
 * cannot be judged yet, after all else is taken.
 */
export const takeBallots = async (context: Context, casts: readonly Cast[]): Promise<void> => {
  const boxes = casts.flatMap((cast) => readCast(context, cast));
  const { strangers, unlaunched } = await take(context, boxes);
  const introduced: Read[] = [];
  let unclear = 0;
  for (const { box, from } of strangers) {
    const met = await introduce(context, { kind: 'ballot', from });
    if (met === 'known') introduced.push(box);
    else if (met === 'unclear') unclear += 1;
  }
  if (introduced.length > 0) await take(context, introduced);
  // The door has known the signature and thanked for the box: it waits among the dead letters until its key is back.
  if (boxes.length < casts.length)
    throw new Error(`${casts.length - boxes.length} ballots are signed with none of our keys`);
  if (unclear > 0)
    throw new Error(`whose ${unclear} ballots are, the chat's directory did not say`);
  // It waits like these until its wave is launched again.
  if (unlaunched > 0) throw new Error(`${unlaunched} ballots are of a wave that the store lacks`);
};

type Stranger = { readonly box: Read; readonly from: Address };

/** What is left of boxes: whose sender is not on the roster under the id they wrote from, and how many have no wave yet. */
type Left = { readonly strangers: readonly Stranger[]; readonly unlaunched: number };

/** Takes what can be taken. */
const take = async (context: Context, read: readonly Read[]): Promise<Left> => {
  const waves = new Map<string, Read[]>();
  for (const box of read) {
    const { wave } = box.ticket;
    waves.set(wave, [...(waves.get(wave) ?? []), box]);
  }
  const strangers: Stranger[] = [];
  let unlaunched = 0;
  for (const [wave, boxes] of waves) {
    const ends = await takeOfWave(context, wave, boxes);
    await tell(context, ends.told);
    strangers.push(...ends.strangers);
    unlaunched += ends.unlaunched;
  }
  return { strangers, unlaunched };
};

type Read = { readonly cast: Cast; readonly ticket: Ticket; readonly voter: string | null };
/** What is said of a box that was not taken, or taken without a word from the door. */
type Told = Read & {
  readonly person: number | null;
  readonly message: ChatMessage;
  readonly how?: 'replace' | 'reply';
};
type Voted = Read & { readonly person: number };

const readCast = ({ ticketKey, log }: Context, cast: Cast): readonly Read[] => {
  const read =
    'link' in cast
      ? readLink(cast.link, ticketKey, cast.at)
      : { voter: null, ...readTicket(cast.ticket, ticketKey, cast.at) };
  if (read.state !== 'forged') return [{ cast, ticket: read.ticket, voter: read.voter }];
  log.error('ballot.forged', { key: cast.key });
  return [];
};

type Ends = Left & { readonly told: readonly Told[] };

/** Takes a wave's boxes; what is to be said of them is said after the commit. */
const takeOfWave = async (
  context: Context,
  wave: string,
  boxes: readonly Read[],
): Promise<Ends> => {
  const closed = (box: Read & { readonly person?: number }): Told => ({
    ...box,
    person: box.person ?? null,
    message: pulseClosed(context.catalogue, box.ticket.language),
  });
  const secret = await context.secrets.get(waveSecretName(wave, 'secret'));
  if (secret === null) return { told: boxes.map(closed), strangers: [], unlaunched: 0 };
  return context.db.transaction().execute(async (trx) => {
    const now = context.clock.now();
    const state = await takesBallots(trx, wave);
    if (state === 'missing') return unlaunchedEnds(context, boxes, closed);
    const open = state === 'closed' ? null : state;
    const marks = { trx, secret, now };
    const { voted, strangers } = await findPeople(trx, { wave, secret }, boxes);
    const members = await findMembers(
      trx,
      wave,
      voted.map(({ person }) => person),
    );
    const counts = ({ cast, ticket, person }: Voted): boolean =>
      open !== null &&
      cast.at < open.until &&
      stateAt(ticket, cast.at) === 'open' &&
      members.has(person);
    const opens = ({ ticket }: Voted): boolean => isSameKey(ticket.publicKey, open?.publicKey);
    const timely = voted.filter(counts);
    const { fresh, used } = await useLinks(marks, timely.filter(opens));
    await castBallots(
      trx,
      wave,
      fresh.map((box) => boxOf(secret, box)),
    );
    const late = voted.filter((box) => !counts(box)).map(closed);
    const second = used.map((box) => ({
      ...box,
      message: linkUsed(context.catalogue, box.ticket),
    }));
    const lost = timely
      .filter((box) => !opens(box))
      .map((box) => ({ ...box, message: formReplaced(context.catalogue, box.ticket) }));
    const refused = await toldOnce(marks, [...late, ...second, ...lost]);
    const told = [...refused, ...fresh.flatMap((box) => thanks(context, box))];
    return { told, strangers, unlaunched: 0 };
  });
};

/**
 * Of a wave that has its keys and is not in the store, which was restored to before the launch: it is launched again as
 * long as its forms are open, so nobody is told that it is closed.
 */
const unlaunchedEnds = (
  { clock, log }: Context,
  boxes: readonly Read[],
  closed: (box: Read) => Told,
): Ends => {
  const over = boxes.filter(({ ticket }) => stateAt(ticket, clock.now()) === 'closed');
  const waiting = boxes.filter((box) => !over.includes(box));
  for (const { cast } of waiting) log.error('ballot.no-wave', { key: cast.key });
  return { told: over.map(closed), strangers: [], unlaunched: waiting.length };
};

/** For a box whose sender the door could not thank. */
const thanks = ({ catalogue }: Context, { cast, ticket, ...box }: Voted): readonly Told[] => {
  if (!('from' in cast) || cast.target.unanswered !== true) return [];
  const message = pulseReceived(catalogue, { signed: cast.ticket, ticket });
  return [{ ...box, cast, ticket, message, how: 'replace' }];
};

const boxOf = (secret: string, { cast, person }: Voted): CastBallot => ({
  ballotKey: ballotKey(secret, person),
  platformTime: cast.at,
  sealed: cast.sealed,
});

type Trx = Handling['trx'];

/** Who gave each box: the sender on the roster, or the one whom the link was made for. */
const findPeople = async (
  trx: Trx,
  { wave, secret }: { readonly wave: string; readonly secret: string },
  boxes: readonly Read[],
): Promise<{ readonly voted: readonly Voted[]; readonly strangers: readonly Stranger[] }> => {
  const senders = boxes.flatMap((box) =>
    'from' in box.cast ? [{ box, from: box.cast.from }] : [],
  );
  const found = await findVoters(
    trx,
    senders.map(({ from }) => from),
  );
  const people = new Map(senders.map(({ box }, at) => [box.cast, found[at] ?? null]));
  const voted = boxes.flatMap((box) => {
    const known = people.get(box.cast) ?? null;
    const person = box.voter === null ? known : openVoter(secret, wave, box.voter);
    return person === null ? [] : [{ ...box, person }];
  });
  const strangers = senders.filter(({ box }) => people.get(box.cast) === null);
  return { voted, strangers };
};

/** At the message it came from, or to the chat where the person is best reached; a lost answer is logged only. */
const tell = async (context: Context, told: readonly Told[]): Promise<void> => {
  const linked = told.flatMap(({ cast, person }) => ('link' in cast ? (person ?? []) : []));
  const addresses = await findAddresses(context.db, linked);
  for (const { cast, person, ...said } of told) {
    const place = 'from' in cast ? cast : nowhere(addresses.get(person ?? 0));
    if (place !== null) await answer(context, { ...place, key: cast.key }, said);
  }
};

type Place = { readonly from: Address; readonly target: EventTarget };

/** No message of ours stands there to be answered below. */
const nowhere = (from: Address | undefined): Place | null =>
  from === undefined ? null : { from, target: { ref: null, replyUrl: null } };

const answer = async (
  { chats, log }: Context,
  { key, ...place }: Place & { readonly key: string },
  { message, how = 'reply' }: Pick<Told, 'message' | 'how'>,
): Promise<void> => {
  const outcome = await chats.get(place.from.platform)?.answer(place, message, how);
  if (outcome?.state !== 'sent')
    log.warn('answer.not-sent', { key, state: outcome?.state ?? 'no-chat' });
};
