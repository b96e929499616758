/** Messages in doubt: interrupted ones are noted, those that can be looked up are, the rest end by their stream's policy. */
import { versionIn } from '../../../core/content/source-lock.ts';
import type { Found, LookUp } from '../../../core/ports.ts';
import { type Lane, listLanes, saveFindings } from '../../../core/store/outbox/lanes.ts';
import {
  type Doubt,
  endInterrupted,
  endUnseen,
  holdLookUps,
  settleDoubts,
  takeDoubts,
} from '../../../core/store/outbox/reconcile.ts';
import type { Context, Job } from '../context.ts';

/** Look-ups of one lane that are under way at once. */
const atOnce = 4;

/** Milliseconds after which a run begins no further look-ups: sending comes first. */
const runMilliseconds = 15_000;

export const reconcileJob: Job = {
  next: async (_context, { outlook }) => outlook.doubt,
  run: async (context, now) => {
    const { db, log } = context;
    const interrupted = await endInterrupted(db, now);
    const lanes = (await listLanes(db)).flatMap((lane) => lookUpOf(context, lane));
    // Side by side: a workspace that hangs keeps no other waiting.
    const runs = await Promise.all(lanes.map((one) => lookInto(context, one)));
    const lookable = lanes.flatMap(({ lane }, index) =>
      runs[index]?.permitted === false ? [] : [lane.id],
    );
    const ended = await endUnseen(db, { now, lookable });
    const found = sum(runs.map((run) => run.found));
    const absent = sum(runs.map((run) => run.absent));
    if (interrupted + found + absent + ended.unconfirmed + ended.repeated > 0)
      log.warn('outbox.in-doubt', { interrupted, found, absent, ...ended });
  },
};

type Looking = { readonly lane: Lane; readonly lookUp: LookUp };

/** A lane whose messages can be looked up as far as anybody knows. */
const lookUpOf = ({ chats }: Context, lane: Lane): readonly Looking[] => {
  const lookUp = chats.get(lane.platform)?.lookUp ?? null;
  return lookUp === null || lane.history === false ? [] : [{ lane, lookUp }];
};

type Run = { readonly permitted: boolean; readonly found: number; readonly absent: number };

/** One lane's look-ups of this run: as many as its pace allows, until it gives no answer or says that it never will. */
const lookInto = async (context: Context, { lane, lookUp }: Looking): Promise<Run> => {
  const counts = { permitted: true, found: 0, absent: 0 };
  // Without a valid token there is nothing to ask with.
  if (lane.pausedReason !== null) return counts;
  const until = context.clock.now().getTime() + runMilliseconds;
  const version = versionIn(context.catalogue);
  // One question tells whether a workspace may be asked at all.
  let most = lane.history === true ? atOnce : 1;
  while (context.clock.now().getTime() < until) {
    const now = context.clock.now();
    const doubts = await takeDoubts(context.db, lane.id, { now, pace: lookUp, most });
    if (doubts.length === 0) return counts;
    const answers = await Promise.all(doubts.map((doubt) => find(lookUp, doubt)));
    await settleDoubts(context.db, answers, { now: context.clock.now(), version });
    const seen = { found: countOf(answers, 'found'), absent: countOf(answers, 'absent') };
    counts.found += seen.found;
    counts.absent += seen.absent;
    if (most === 1 && seen.found + seen.absent > 0) {
      await saveFindings(context.db, lane.id, { history: true, now });
      most = atOnce;
    }
    if (await turnedAway(context, { lane, lookUp }, answers))
      return { ...counts, permitted: false };
    if (countOf(answers, 'unclear') > 0) return counts;
  }
  return counts;
};

type Answer = readonly [Doubt, Found];

const find = async (lookUp: LookUp, doubt: Doubt): Promise<Answer> => [
  doubt,
  await lookUp.find(doubt.address, { key: doubt.key, since: doubt.since }),
];

const countOf = (answers: readonly Answer[], state: Found['state']): number =>
  answers.filter(([, found]) => found.state === state).length;

/** Notes what a workspace said about being asked; true when nothing can be looked up there. */
const turnedAway = async (
  { db, clock, log }: Context,
  { lane, lookUp }: Looking,
  answers: readonly Answer[],
): Promise<boolean> => {
  const now = clock.now();
  const founds = answers.map(([, found]) => found);
  const refusal = founds.find((found) => found.state === 'not-permitted');
  if (refusal !== undefined) {
    await saveFindings(db, lane.id, { history: false, now });
    log.warn('lane.no-history', { lane: lane.id, reason: refusal.reason });
    return true;
  }
  const seconds = founds.flatMap((found) =>
    found.state === 'unclear' && found.afterSeconds !== null ? [found.afterSeconds] : [],
  );
  if (seconds.length > 0)
    await holdLookUps(db, lane.id, {
      until: new Date(now.getTime() + Math.max(...seconds) * 1000),
      pace: lookUp,
    });
  return false;
};

const sum = (counts: readonly number[]): number =>
  counts.reduce((total, count) => total + count, 0);
