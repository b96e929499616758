/** The sender's claim: due rows are locked, looked at once more, and committed as intents before any byte leaves. */
import { createHash } from 'node:crypto';
import { localDate } from '../../core/calendar/work-time.ts';
import { reserve, roomUntil } from '../../core/delivery/pacing.ts';
import type { Verdict } from '../../core/delivery/recheck.ts';
import { isStream, streams } from '../../core/delivery/streams.ts';
import { loadCancelled } from '../../core/store/campaign.ts';
import { type Lease, renewLease } from '../../core/store/lanes.ts';
import {
  type Claimed,
  claimDue,
  commitIntents,
  moveNudges,
  type Settlement,
  settle,
} from '../../core/store/outbox.ts';
import type { Context } from './context.ts';
import { type Judging, judge } from './judge.ts';
import { type Intent, settlement } from './settle.ts';

/**
 * A batch is what the lane's pace lets through in about a second, and on a slow lane as many as may be under way: so much stands as an
 * intent when a process dies.
 */
const batchMilliseconds = 1_000;
const fewInBatch = 16;
const mostInBatch = 1_000;

/** What a run over one lane goes by; `until` is its end. */
export type Run = Omit<Judging, 'now' | 'cancelled'> & { readonly until: Date };

/** Intents that are committed and not yet sent, and the lease they stand under. */
export type Batch = {
  readonly lease: Lease;
  readonly intents: readonly Intent[];
  readonly claimedAt: Date;
  /** Whether more may be due than this batch had room for. */
  readonly more: boolean;
};

/** The next batch of a lane; null when nothing is due, the pace allows nothing before the run ends, or the lane is lost. */
export const claimBatch = async (
  context: Context,
  lease: Lease,
  run: Run,
): Promise<Batch | null> => {
  const now = context.clock.now();
  return context.db.transaction().execute(async (trx) => {
    const renewed = await renewLease(trx, lease, now);
    if (renewed === null) return null;
    const most = roomFor(renewed, run, now);
    const rows = most === 0 ? [] : await claimDue(trx, renewed, { now, most });
    if (rows.length === 0) return null;
    // Asked after the rows are locked: a cancellation told to be over lets no later intent through.
    const judging = { ...run, now, cancelled: await loadCancelled(trx) };
    const judged = rows.map((row) => ({ row, verdict: judge(context, judging, row) }));
    const going = judged.filter(({ verdict }) => verdict.act === 'send');
    const { at, nextArrival } = reserve(renewed.pace, renewed.pace, { now, count: going.length });
    const intents = going.map(({ row }, index) => ({
      ...row,
      key: row.key ?? nudgeKey(row),
      at: at[index] ?? now,
    }));
    await commitIntents(trx, renewed, { now, rows: intents, nextArrival });
    const held = judged.filter(({ verdict }) => verdict.act !== 'send');
    const rowsEnded = held.flatMap(({ row, verdict }) => ended(row, verdict));
    await settle(trx, renewed, { now, rows: rowsEnded });
    await moveHeld(trx, held, now);
    // A claim that was not filled found everything that is due.
    return { lease: renewed, intents, claimedAt: now, more: rows.length === most };
  });
};

/** How many messages fit into a second, or few into the rest of the run. */
const roomFor = ({ pace }: Lease, { until }: Run, now: Date): number => {
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
  trx: Parameters<typeof moveNudges>[0],
  held: readonly { readonly row: Claimed; readonly verdict: Verdict }[],
  now: Date,
): Promise<void> => {
  const moved = held.flatMap(({ row, verdict }) =>
    verdict.act === 'move' && isStream(row.stream)
      ? [
          {
            ...row,
            ...verdict,
            from: localDate(row.person.zone, row.due),
            class: streams[row.stream].class,
          },
        ]
      : [],
  );
  for (const attention of new Set(moved.map((row) => row.class)))
    await moveNudges(trx, {
      now,
      class: attention,
      rows: moved.filter((row) => row.class === attention),
    });
};

/** Name space of nudge keys, a fixed random UUID. */
const keySpace = '6f0c5f6e-3d1b-4d0a-9c57-1b0f6c0d9a11';

/** UUIDv5 (RFC 9562) of a nudge's name; computed once, then stored. */
const nudgeKey = ({ personId, stream, slot }: Claimed): string => {
  const space = Buffer.from(keySpace.replaceAll('-', ''), 'hex');
  const hash = createHash('sha1').update(space).update(`${personId}/${stream}/${slot}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.subarray(0, 16).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
};
