/** The sender's claim: due rows are locked, looked at once more, and committed as intents before any byte leaves. */
import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { reserve, roomUntil } from '../../../core/delivery/pacing.ts';
import type { Verdict } from '../../../core/delivery/recheck.ts';
import { isStream, streams } from '../../../core/delivery/streams.ts';
import { isDuplicate } from '../../../core/store/database.ts';
import {
  type Claimed,
  claimDue,
  commitIntents,
  numberTips,
} from '../../../core/store/outbox/claims.ts';
import { type Lease, renewLease } from '../../../core/store/outbox/lanes.ts';
import { moveNudges, type Settlement, settle } from '../../../core/store/outbox/outbox.ts';
import { confirmOffers } from '../../../core/store/people/pace-offer.ts';
import { loadCancelled } from '../../../core/store/runs/campaign.ts';
import type { Tables } from '../../../core/store/schema.ts';
import type { Context } from '../context.ts';
import { type Judging, judge } from './judge.ts';
import { type Intent, settlement } from './settle.ts';

/**
 * A batch is what the lane's pace lets through in about a second, and on a slow lane a few: so much stands as an intent
 * when a process dies, and its place in the pace is lost.
 */
const batchMilliseconds = 1_000;
const fewInBatch = 8;
const mostInBatch = 2_000;

/** Batches of one lane that stand at once where it is fast: one is settled, one posted, one claimed. */
const batchesAtOnce = 3;

/** What a run over one lane goes by; `until` is its end. */
export type Run = Omit<Judging, 'now' | 'cancelled'> & { readonly until: Date };

/** A run, and milliseconds by which the batch before went later than its pace allowed: the platform counted from then. */
type RunSoFar = Run & { readonly late: number };

/** Intents that are committed and not yet sent, and the lease they stand under. */
export type Batch = {
  readonly lease: Lease;
  readonly intents: readonly Intent[];
  readonly claimedAt: Date;
  /** Milliseconds by which its messages go later than `at` at least, because those before them did. */
  readonly late: number;
  /** Whether more may be due than this batch had room for. */
  readonly more: boolean;
  /** Whether the next may be claimed while this one is posted: together they are still what goes in about a second. */
  readonly overlaps: boolean;
};

/** The next batch of a lane; null when nothing is due, the pace allows nothing before the run ends, or the lane is lost. */
export const claimBatch = async (
  context: Context,
  lease: Lease,
  run: RunSoFar,
): Promise<Batch | null> => {
  const claim = (): Promise<Batch | null> =>
    context.db.transaction().execute((trx) => claimUnder(context, trx, { lease, run }));
  return claim().catch((error: unknown) => {
    // Another lane has just taken the same tip of a person's week: at a second look it is counted.
    if (isDuplicate(error)) return claim();
    throw error;
  });
};

const claimUnder = async (
  context: Context,
  trx: Transaction<Tables>,
  { lease, run }: { readonly lease: Lease; readonly run: RunSoFar },
): Promise<Batch | null> => {
  const now = context.clock.now();
  const renewed = await renewLease(trx, lease, now);
  if (renewed === null) return null;
  const { pace } = renewed;
  const most = roomFor(pace, run, now);
  const rows = most === 0 ? [] : await claimDue(trx, renewed, { now, most });
  if (rows.length === 0) return null;
  // Asked after the rows are locked: a cancellation told to be over lets no later intent through.
  const judging = { ...run, now, cancelled: await loadCancelled(trx) };
  const going: Claimed[] = [];
  const held: Held[] = [];
  for (const row of rows) {
    const verdict = judge(context, judging, row);
    if (verdict.act === 'send') going.push(row);
    else held.push({ row, verdict });
  }
  await numberTips(trx, going.filter(({ counted }) => counted).map(tipOf));
  const { at, nextArrival } = reserve(pace, pace, { now, count: going.length });
  const offered = await confirmOffers(
    trx,
    going.filter(({ offerPace }) => offerPace).map(({ personId }) => personId),
  );
  const intents = going.map((row, index) => ({
    ...row,
    offerPace: row.offerPace && offered.has(row.personId),
    key: row.key ?? nudgeKey(row),
    at: at[index] ?? now,
  }));
  await commitIntents(trx, renewed, { now, rows: intents, nextArrival });
  const rowsEnded = held.flatMap(({ row, verdict }) => ended(row, verdict));
  await settle(trx, renewed, { now, rows: rowsEnded });
  await moveHeld(trx, held, now);
  return {
    lease: renewed,
    intents,
    claimedAt: now,
    late: leftOf(run.late, pace, now),
    // A claim that was not filled found everything that is due.
    more: rows.length === most,
    overlaps: renewed.pace.rate >= batchesAtOnce * mostInBatch,
  };
};

/** Whose tip it is, and the day whose attention it holds. */
const tipOf = ({ personId, heldDay }: Claimed) => ({ personId, day: heldDay });

/** A row that does not go now. */
type Held = { readonly row: Claimed; readonly verdict: Verdict };

/** What is left at `now` of the milliseconds that the batch before went late by; a quiet time has made up for the rest. */
const leftOf = (late: number, { nextArrival }: Lease['pace'], now: Date): number =>
  Math.max(0, late - Math.max(0, now.getTime() - (nextArrival?.getTime() ?? 0)));

/** How many messages fit into a second, or few into the rest of the run. */
const roomFor = (pace: Lease['pace'], { until }: Run, now: Date): number => {
  const second = new Date(Math.min(until.getTime(), now.getTime() + batchMilliseconds));
  return Math.max(
    roomUntil(pace, pace, { now, until: second, most: mostInBatch }),
    roomUntil(pace, pace, { now, until, most: fewInBatch }),
  );
};

const ended = (row: Claimed, verdict: Verdict): readonly Settlement[] => {
  const state = { skip: 'skipped', unreachable: 'unreachable', expire: 'expired' } as const;
  if (verdict.act === 'send' || verdict.act === 'move') return [];
  return [settlement(row, { state: state[verdict.act], reason: verdict.reason })];
};

const moveHeld = async (
  trx: Transaction<Tables>,
  held: readonly Held[],
  now: Date,
): Promise<void> => {
  const moved = held.flatMap(({ row, verdict }) =>
    verdict.act === 'move' && isStream(row.stream)
      ? [{ ...row, ...verdict, class: streams[row.stream].class }]
      : [],
  );
  for (const attention of new Set(moved.map((row) => row.class)))
    await moveNudges(trx, {
      now,
      class: attention,
      rows: moved.filter((row) => row.class === attention),
    });
};

/** Name space of nudge keys, a fixed random UUID; a name is written behind it. */
const spaceBytes = 16;
const named = Buffer.alloc(256);
named.write('6f0c5f6e3d1b4d0a9c571b0f6c0d9a11', 'hex');

/** UUIDv5 (RFC 9562) of a nudge's name; computed once, then stored. */
const nudgeKey = ({ personId, stream, slot }: Claimed): string => {
  const name = `${personId}/${stream}/${slot}`;
  const length = named.write(name, spaceBytes);
  if (length < Buffer.byteLength(name)) throw new Error(`the name ${name} is too long for a key`);
  const hex = hash('sha1', named.subarray(0, spaceBytes + length), 'hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
