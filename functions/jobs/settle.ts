/** What became of a batch of messages: every outcome a state with a reason, a warned lane waits or stops. */
import { minute } from '../../core/clock.ts';
import { versionIn } from '../../core/content/source-lock.ts';
import { catalogueItem, isRecall } from '../../core/delivery/amendment.ts';
import { retryMinutes } from '../../core/delivery/pacing.ts';
import type { Outcome } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import { holdLane, type Lease, pauseLane } from '../../core/store/lanes.ts';
import { type Claimed, type Settlement, settle, settleReminders } from '../../core/store/outbox.ts';
import { noteOffered } from '../../core/store/pace-offer.ts';
import { recordReached, recordUnreachable, tellsReach } from '../../core/store/sent.ts';
import type { Context } from './context.ts';

/** A claimed nudge with its stored key and its place in the lane's pace. */
export type Intent = Claimed & { readonly key: string; readonly at: Date };

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
  due: null,
  ref: null,
  conversation: null,
  ...end,
});

/** Settles a batch; false when the lane must stop. */
export const settleBatch = async (
  context: Context,
  lease: Lease,
  outcomes: readonly (readonly [Intent, Result])[],
): Promise<boolean> => {
  if (outcomes.length === 0) return true;
  const now = context.clock.now();
  const reminders = outcomes.filter(([intent]) => intent.stream === 'pulse-reminder');
  const others = outcomes.filter(([intent]) => intent.stream !== 'pulse-reminder');
  const version = versionIn(context.catalogue);
  const rows = others.map(([intent, outcome]) => {
    const end = toSettlement(intent, outcome, now);
    const item = catalogueItem(intent.item);
    const shown = end.state === 'sent' && !isRecall(intent.stream);
    return { ...intent, ...end, seen: shown ? { item, version: version(item) } : undefined };
  });
  const left = leftBehind(rows);
  const write = async (db: Database): Promise<void> => {
    await settle(db, lease, { now, rows });
    await settleAllReminders({ ...context, db }, lease, reminders);
    await recordReached(db, left.reached, now);
    await noteOffered(db, left.offered);
    await recordUnreachable(db, left.refused);
  };
  // A sent message and what it leaves behind are one: a crash between them would forget who was welcomed.
  const alone = reminders.length === 0 && Object.values(left).every(({ length }) => length === 0);
  await (alone ? write(context.db) : context.db.transaction().execute(write));
  return heedLane(
    context,
    lease,
    outcomes.map(([, outcome]) => outcome),
  );
};

/** What settled rows change outside the outbox. */
const leftBehind = (rows: readonly (Settlement & Pick<Intent, 'address' | 'offerPace'>)[]) => {
  const sent = rows.filter(({ state, stream }) => state === 'sent' && !isRecall(stream));
  return {
    reached: sent.filter(tellsReach),
    offered: sent.flatMap(({ stream, offerPace, personId }) =>
      stream === 'lesson' && offerPace ? [personId] : [],
    ),
    refused: rows.flatMap(({ state, reason, personId }) =>
      // A message of ours that the platform refused says nothing about the person.
      state === 'unreachable' && reason?.startsWith('refused:') === false
        ? [{ personId, reason }]
        : [],
    ),
  };
};

/**
 * Reminders that nobody could be sent wait for another try, and those not needed wait with them: a row that waits
 * tells no more of its person than one that is settled.
 */
const settleAllReminders = async (
  context: Context,
  lease: Lease,
  reminders: readonly (readonly [Intent, Result])[],
): Promise<void> => {
  const now = context.clock.now();
  const turnedBack = reminders.flatMap(([intent, outcome]) =>
    outcome !== 'not-needed' && (outcome.state === 'retry' || outcome.state === 'lane-paused')
      ? [toSettlement(intent, outcome, now)]
      : [],
  );
  const [first] = turnedBack;
  const waits = ([, outcome]: readonly [Intent, Result]): boolean =>
    outcome === 'not-needed' || outcome.state === 'retry' || outcome.state === 'lane-paused';
  const waiting = first === undefined ? [] : reminders.filter(waits);
  const over = reminders.filter((reminder) => !waiting.includes(reminder));
  const { reason = null, due = null } = first ?? {};
  await settle(context.db, lease, {
    now,
    rows: waiting.map(([intent]) => settlement(intent, { state: 'retry', reason, due })),
  });
  await settleReminders(context.db, lease, { now, rows: over.map(([intent]) => intent) });
};

/** A lane that was told to wait waits; a lane whose token is gone stops and raises the alarm. */
const heedLane = async (
  context: Context,
  lease: Lease,
  outcomes: readonly Result[],
): Promise<boolean> => {
  const now = context.clock.now().getTime();
  const waits = outcomes.flatMap((outcome) =>
    outcome !== 'not-needed' && outcome.state === 'retry' && outcome.afterSeconds !== null
      ? [outcome.afterSeconds]
      : [],
  );
  if (waits.length > 0)
    await holdLane(context.db, lease, new Date(now + Math.max(...waits) * 1000));
  for (const outcome of outcomes) {
    if (outcome === 'not-needed' || outcome.state !== 'lane-paused') continue;
    await pauseLane(context.db, lease, outcome.reason);
    context.log.error('lane.paused', { lane: lease.lane, reason: outcome.reason });
    return false;
  }
  return true;
};

const toSettlement = (intent: Intent, outcome: Result, now: Date): Settlement => {
  if (outcome === 'not-needed')
    return settlement(intent, { state: 'skipped', reason: 'not-needed' });
  switch (outcome.state) {
    case 'sent':
      return settlement(intent, {
        state: 'sent',
        reason: 'delivered',
        ref: outcome.ref,
        conversation: outcome.conversation,
      });
    case 'retry': {
      const wait = (outcome.afterSeconds ?? retryMinutes(intent.attempt + 1) * 60) * 1000;
      return settlement(intent, {
        state: 'retry',
        reason: outcome.reason,
        due: new Date(now.getTime() + Math.max(wait, 1000)),
      });
    }
    case 'unreachable':
      return settlement(intent, { state: 'unreachable', reason: outcome.reason });
    case 'lane-paused':
      return settlement(intent, {
        state: 'retry',
        reason: outcome.reason,
        due: new Date(now.getTime() + minute),
      });
    case 'unknown':
      return settlement(intent, { state: 'unknown', reason: outcome.reason });
  }
};
