/** The sender: lease a lane, commit intents, one POST each at the allowed pace, settle every outcome with a reason. */
import { createHash } from 'node:crypto';
import { localDate, nextWindow } from '../../core/calendar/work-time.ts';
import { isRecall } from '../../core/delivery/amendment.ts';
import type { Verdict } from '../../core/delivery/recheck.ts';
import { isStream, streams } from '../../core/delivery/streams.ts';
import { loadRecalls } from '../../core/store/amendments.ts';
import { loadCalendar } from '../../core/store/calendars.ts';
import { loadCancelled } from '../../core/store/campaign.ts';
import {
  type Lease,
  lanesWithWork,
  leaseLane,
  releaseLane,
  reservePace,
} from '../../core/store/lanes.ts';
import { nextDue } from '../../core/store/manifest.ts';
import {
  type Claimed,
  claimDue,
  commitIntents,
  followChat,
  moveNudges,
  type Settlement,
  settle,
} from '../../core/store/outbox.ts';
import { type Compose, composer } from './compose.ts';
import type { Context, Job } from './context.ts';
import { type Judging, judge } from './judge.ts';
import { type Replace, recaller } from './recall.ts';
import { type Intent, type Result, settleBatch, settlement } from './settle.ts';

/** A run ends well before its lease of 60 s. */
const runMilliseconds = 45_000;
const batchSize = 50;
const inFlight = 16;

export const sendJob: Job = {
  next: (context) => nextDue(context.db),
  run: async (context, now) => {
    await followChat(context.db, now);
    // Side by side: a lane that is told to wait keeps no other waiting.
    const lanes = await lanesWithWork(context.db, now);
    const runs = await Promise.allSettled(lanes.map((lane) => sendLane(context, lane)));
    const failures = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    if (failures.length > 0) throw new AggregateError(failures, 'lanes failed');
  },
};

/** One run over one lane; somebody else's lease or a paused lane is left alone. */
export const sendLane = async (context: Context, lane: number): Promise<void> => {
  const started = context.clock.now();
  const lease = await leaseLane(context.db, lane, { holder: context.holder, now: started });
  if (lease === null) return;
  const until = new Date(started.getTime() + runMilliseconds);
  const calendar = await loadCalendar(context.db);
  const recalled = await loadRecalls(context.db);
  try {
    let more = true;
    while (more && context.clock.now() < until)
      more = await sendBatch(context, lease, { calendar, recalled, until });
  } finally {
    await releaseLane(context.db, lease);
  }
};

type Run = Omit<Judging, 'now' | 'cancelled'> & { readonly until: Date };

const sendBatch = async (context: Context, lease: Lease, run: Run): Promise<boolean> => {
  const claimed = await claimBatch(context, lease, run);
  if (claimed === null) return false;
  const compose = await composer(context, claimed.intents);
  const replace = await recaller(context, lease, claimed.intents);
  const posts: Promise<[Intent, Result]>[] = [];
  const flying = new Set<Promise<unknown>>();
  for (const intent of claimed.intents) {
    await context.clock.sleep(intent.at.getTime() - context.clock.now().getTime());
    if (flying.size >= inFlight) await Promise.race(flying);
    const post = postOne(context, intent, { compose, replace, lease, calendar: run.calendar }).then(
      (outcome): [Intent, Result] => [intent, outcome],
    );
    posts.push(post);
    const settled = post.finally(() => flying.delete(settled));
    flying.add(settled);
  }
  const outcomes = await Promise.all(posts);
  const goOn = await settleBatch(context, lease, outcomes);
  return goOn && claimed.more;
};

/** Locks due rows, looks at each once more, and commits what is to be sent before any byte leaves. */
const claimBatch = async (
  context: Context,
  lease: Lease,
  run: Run,
): Promise<{ readonly intents: readonly Intent[]; readonly more: boolean } | null> => {
  const now = context.clock.now();
  return context.db.transaction().execute(async (trx) => {
    const pace = await reservePace(trx, lease, { most: batchSize, now, until: run.until });
    if (pace === null || pace.room === 0) return null;
    const rows = await claimDue(trx, lease, { now, most: pace.room });
    if (rows.length === 0) return null;
    // Asked after the rows are locked: a cancellation told to be over lets no later intent through.
    const judging = { ...run, now, cancelled: await loadCancelled(trx) };
    const judged = rows.map((row) => ({ row, verdict: judge(context, judging, row) }));
    const going = judged.filter(({ verdict }) => verdict.act === 'send').map(({ row }) => row);
    const at = await pace.take(going.length);
    const intents = going.map((row, index) => ({
      ...row,
      key: row.key ?? nudgeKey(row),
      at: at[index] ?? now,
    }));
    await commitIntents(trx, lease, { now, rows: intents });
    const held = judged.filter(({ verdict }) => verdict.act !== 'send');
    await settle(trx, lease, {
      now,
      rows: held.flatMap(({ row, verdict }) => ended(row, verdict)),
    });
    await moveHeld(trx, held, now);
    // A claim that was not filled found everything that is due.
    return { intents, more: rows.length === pace.room };
  });
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

/** The deadline is looked at once more just before the write; then exactly one POST. */
const postOne = async (
  context: Context,
  intent: Intent,
  {
    compose,
    replace,
    lease,
    calendar,
  }: Pick<Run, 'calendar'> & {
    readonly compose: Compose;
    readonly replace: Replace;
    readonly lease: Lease;
  },
): Promise<Result> => {
  const chat = context.chats.get(intent.address.platform);
  if (chat === undefined) return { state: 'lane-paused', reason: 'platform-not-configured' };
  if (isRecall(intent.stream)) return replace(chat, intent);
  const message = await compose(intent).catch((error: unknown) => {
    const kind = error instanceof Error ? error.name : '';
    context.log.error('message.not-composed', { stream: intent.stream, item: intent.item, kind });
    return 'broken' as const;
  });
  if (message === null) return 'not-needed';
  // Nothing left: one message that cannot be put into words keeps no other from going.
  if (message === 'broken') return { state: 'retry', reason: 'not-composed', afterSeconds: null };
  if (context.clock.now() >= intent.expires)
    return { state: 'retry', reason: 'deadline', afterSeconds: null };
  // Its turn in the pace came after the window had closed: the next claim moves it.
  if (nextWindow(calendar, intent.person, context.clock.now()).moved !== null)
    return { state: 'retry', reason: 'window', afterSeconds: null };
  // A process that stood still wakes to find its lane in other hands.
  if (context.clock.now() >= lease.until)
    return { state: 'retry', reason: 'lease-over', afterSeconds: null };
  const key = lease.deduplicates ? { honoured: intent.key } : intent.key;
  return chat.deliver(intent.address, message, key);
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
