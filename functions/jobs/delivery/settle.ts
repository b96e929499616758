/** What became of a batch of messages: every outcome a state with a reason, a warned lane waits or stops. */
import { versionIn } from '../../../core/content/source-lock.ts';
import { catalogueItem, isRecall } from '../../../core/delivery/amendment.ts';
import { retryMinutes } from '../../../core/delivery/pacing.ts';
import type { Address, Outcome } from '../../../core/ports.ts';
import type { Claimed } from '../../../core/store/outbox/claims.ts';
import { holdLane, type Lease, pauseLane } from '../../../core/store/outbox/lanes.ts';
import {
  type Again,
  type Seen,
  type Settlement,
  settle,
} from '../../../core/store/outbox/outbox.ts';
import {
  recordReached,
  recordUnreachable,
  type SentRow,
  tellsReach,
} from '../../../core/store/outbox/sent.ts';
import { noteOffered } from '../../../core/store/people/pace-offer.ts';
import type { Context } from '../context.ts';
import { decideTried, settleTried, type Tried } from './reminders.ts';

/** A claimed nudge with its stored key and its place in the lane's pace. */
export type Intent = Claimed & { readonly key: string; readonly at: Date };

/** Why a message that was claimed and never left goes back: another was refused, the lease was lost, the run broke off. */
export const laneWaits = 'lane-waits';
export const leaseOver = 'lease-over';
export const runFailed = 'run-failed';

/** These say nothing of the message: it keeps its place, or one refusal would send a whole batch behind the crowd. */
const ofTheLane: readonly string[] = [laneWaits, leaseOver, runFailed];

/** Tries after which a message whose lane was told to wait lets others go first: the silence may be meant for its chat alone. */
const patience = 5;

/** Whether a message goes again in its place: what it waits for its whole lane waits for. */
const keepsPlace = (
  { attempt }: Intent,
  { reason, afterSeconds }: Extract<Outcome, { state: 'retry' }>,
): boolean => ofTheLane.includes(reason) || (afterSeconds !== null && attempt < patience);

/** What one POST came to, or that it was not needed any more. */
export type Result = Outcome | 'not-needed';

/** What a claimed row becomes; fields not named stay as they are. */
export const settlement = (
  row: Claimed,
  end: Pick<Settlement, 'state' | 'reason'> & Partial<Settlement>,
): Settlement => ({
  personId: row.personId,
  stream: row.stream,
  slot: row.slot,
  state: end.state,
  reason: end.reason,
  due: end.due ?? null,
  ref: end.ref ?? null,
  conversation: end.conversation ?? null,
  seen: end.seen,
});

/** Settles a batch; false when the lane must stop. */
export const settleBatch = async (
  context: Context,
  lease: Lease,
  outcomes: readonly Landed[],
): Promise<boolean> => {
  if (outcomes.length === 0) return true;
  const now = context.clock.now();
  const seenIn = sightings(context);
  const reminders: Landed[] = [];
  const rows: Settlement[] = [];
  const left: LeftBehind = { reached: [], offered: [], refused: [] };
  for (const [intent, outcome] of outcomes) {
    if (intent.stream === 'pulse-reminder') {
      reminders.push([intent, outcome]);
      continue;
    }
    const row = toSettlement(intent, outcome, { now, seenIn });
    rows.push(row);
    leaveBehind(left, intent, row);
  }
  const alone = reminders.length === 0 && Object.values(left).every(({ length }) => length === 0);
  if (alone) await settle(context.db, lease, { now, rows });
  else {
    const decided = await decideTried(context, triedOf(reminders, now));
    // A sent message and what it leaves behind are one: a crash between them would forget who was welcomed.
    await context.db.transaction().execute(async (trx) => {
      await settle(trx, lease, { now, rows });
      await settleTried(context, { trx, lease }, decided);
      await recordReached(trx, left.reached, now);
      await noteOffered(trx, left.offered);
      await recordUnreachable(trx, left.refused);
    });
  }
  return heedLane(context, lease, outcomes);
};

/** One intent and what became of it. */
export type Landed = readonly [Intent, Result];

/** What settled rows change outside the outbox. */
type LeftBehind = {
  readonly reached: SentRow[];
  readonly offered: number[];
  readonly refused: { readonly address: Address; readonly reason: string }[];
};

const leaveBehind = (left: LeftBehind, intent: Intent, row: Settlement): void => {
  const { personId, state, reason } = row;
  if (state === 'sent' && !isRecall(intent.stream)) {
    const sent = {
      stream: row.stream,
      personId,
      conversation: row.conversation,
      address: intent.address,
    };
    if (tellsReach(sent)) left.reached.push(sent);
    if (intent.offerPace) left.offered.push(personId);
  }
  // A message of ours that the platform refused says nothing about the person, nor does one that is gone and so not recalled.
  if (isRecall(intent.stream) || state !== 'unreachable' || reason === null) return;
  if (!reason.startsWith('refused:')) left.refused.push({ address: intent.address, reason });
};

/** What a person has seen with a sent message, by the item of the outbox. */
const sightings = ({ catalogue }: Context): ((intent: Intent) => Seen | undefined) => {
  const version = versionIn(catalogue);
  const known = new Map<string, Seen>();
  return ({ stream, item: name }) => {
    if (isRecall(stream)) return undefined;
    const item = catalogueItem(name);
    const seen = known.get(name) ?? { item, version: version(item) };
    known.set(name, seen);
    return seen;
  };
};

/** What one try of reminders came to. */
const triedOf = (reminders: readonly Landed[], now: Date): Tried => {
  const gone = new Set<Intent>();
  let again: Again | null = null;
  for (const [intent, outcome] of reminders) {
    if (outcome === 'not-needed') continue;
    if (outcome.state === 'retry' || outcome.state === 'lane-paused')
      again ??= toSettlement(intent, outcome, { now, seenIn: () => undefined });
    else gone.add(intent);
  }
  return { rows: reminders.map(([intent]) => intent), gone, again };
};

/** A lane that was told to wait waits; a lane whose token is gone stops and raises the alarm. */
const heedLane = async (
  context: Context,
  lease: Lease,
  outcomes: readonly Landed[],
): Promise<boolean> => {
  const refused = refusalIn(outcomes);
  if (refused !== null) {
    const { sent, seconds } = refused;
    const until = new Date(context.clock.now().getTime() + seconds * 1000);
    await holdLane(context.db, lease, { sent, until });
    if (seconds > longSilence) context.log.warn('lane.held', { lane: lease.lane, seconds });
  }
  const paused = outcomes.map(([, outcome]) => outcome).find(isPaused);
  if (paused === undefined) return true;
  await pauseLane(context.db, lease, paused.reason);
  context.log.error('lane.paused', { lane: lease.lane, reason: paused.reason });
  return false;
};

/** Seconds of silence of which somebody is told. */
const longSilence = 60;

const isPaused = (outcome: Result): outcome is Extract<Outcome, { state: 'lane-paused' }> =>
  outcome !== 'not-needed' && outcome.state === 'lane-paused';

/** The longest silence asked for, and when the last message it was asked for was to go; null where nobody asked. */
const refusalIn = (
  outcomes: readonly Landed[],
): { readonly sent: Date; readonly seconds: number } | null => {
  const refused = outcomes.flatMap(([{ at }, outcome]) => {
    if (outcome === 'not-needed' || outcome.state !== 'retry') return [];
    const { afterSeconds: seconds, reason } = outcome;
    // What was never sent says nothing of the limit.
    return seconds === null || reason === laneWaits ? [] : [{ at: at.getTime(), seconds }];
  });
  if (refused.length === 0) return null;
  return {
    sent: new Date(Math.max(...refused.map(({ at }) => at))),
    // What was refused is first in turn again: asked for no silence at all, it would be posted again at once.
    seconds: Math.max(1, ...refused.map(({ seconds }) => seconds)),
  };
};

const toSettlement = (
  intent: Intent,
  outcome: Result,
  { now, seenIn }: { readonly now: Date; readonly seenIn: ReturnType<typeof sightings> },
): Settlement => {
  if (outcome === 'not-needed')
    return settlement(intent, { state: 'skipped', reason: 'not-needed' });
  switch (outcome.state) {
    case 'sent':
      return settlement(intent, {
        state: 'sent',
        reason: null,
        ref: outcome.ref,
        conversation: outcome.conversation,
        seen: seenIn(intent),
      });
    case 'retry': {
      const wait = (outcome.afterSeconds ?? retryMinutes(intent.attempt + 1) * 60) * 1000;
      return settlement(intent, {
        state: 'retry',
        reason: outcome.reason,
        due: keepsPlace(intent, outcome) ? null : new Date(now.getTime() + Math.max(wait, 1000)),
      });
    }
    case 'unreachable':
      return settlement(intent, { state: 'unreachable', reason: outcome.reason });
    case 'lane-paused':
      return settlement(intent, { state: 'retry', reason: outcome.reason });
    case 'unknown':
      return settlement(intent, { state: 'unknown', reason: outcome.reason });
  }
};
