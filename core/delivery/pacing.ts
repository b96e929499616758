/**
 * Pace of a lane: the generic cell rate algorithm (ITU-T I.371), kept as one instant in the lane's row; and how slowly a
 * lane goes while its platform allows less than it was said to. A limit that was lowered shows itself only by refusing,
 * one that was restored only by not refusing: the pace is halved where a message was refused, and tried upwards again.
 */

export type Pace = {
  /** Messages a second. */
  readonly rate: number;
  /** How many may go at once after a quiet time. */
  readonly burst: number;
};

/** A stretch at a part of the rate, from the end of a silence on. */
export type Slow = {
  readonly from: Date;
  readonly until: Date;
  /** Part of the rate: a half, a quarter, … at least a sixteenth; 1 = no burst, but not slowly. */
  readonly share: number;
};

/** How far a pace has been used. */
export type PaceState = {
  /** Theoretical arrival time of the next message; null = nothing went yet. */
  readonly nextArrival: Date | null;
  /** The last slow stretch, however long ago; null = there was none. */
  readonly slow: Slow | null;
};

/** Milliseconds that a message may go ahead of its theoretical arrival. */
const tolerance = ({ rate, burst }: Pace): number => ((burst - 1) * 1000) / rate;

/** Messages of a large burst that a sender keeps back. */
const keptBack = 2;
const largeBurst = 5;

/**
 * The pace a sender keeps where this one is allowed: the platform counts when a request arrives, not when it was sent, and
 * one that overtakes another on the way would be refused.
 */
export const withMargin = <P extends Pace>(allowed: P): P =>
  allowed.burst < largeBurst ? allowed : { ...allowed, burst: allowed.burst - keptBack };

/** The send instants of the next `count` messages and the lane's new theoretical arrival time. */
export const reserve = (
  pace: Pace,
  state: PaceState,
  request: { readonly now: Date; readonly count: number },
): { readonly at: readonly Date[]; readonly nextArrival: Date } => {
  const ahead = tolerance(pace);
  const now = request.now.getTime();
  let arrival = earliestArrival(pace, state, now);
  const at = Array.from({ length: request.count }, () => {
    const instant = Math.max(now, arrival - ahead);
    arrival += intervalAt(pace, state, instant);
    return new Date(Math.ceil(instant));
  });
  return { at, nextArrival: new Date(Math.ceil(arrival)) };
};

/** How many of at most `most` messages fit before `until`. */
export const roomUntil = (
  pace: Pace,
  state: PaceState,
  span: { readonly now: Date; readonly until: Date; readonly most: number },
): number => {
  const ahead = tolerance(pace);
  const now = span.now.getTime();
  const until = span.until.getTime();
  let arrival = earliestArrival(pace, state, now);
  for (let room = 0; room < span.most; room += 1) {
    const instant = Math.max(now, arrival - ahead);
    if (instant > until) return room;
    arrival += intervalAt(pace, state, instant);
  }
  return span.most;
};

/** A quiet time earns a burst, but not on a lane that is slow or is being tried: it would be refused many times at once. */
const earliestArrival = (pace: Pace, { nextArrival, slow }: PaceState, now: number): number => {
  const earliest = goingAt(pace, slow, now).step === 'past' ? now : now + tolerance(pace);
  return Math.max(nextArrival?.getTime() ?? earliest, earliest);
};

const intervalAt = (pace: Pace, { slow }: PaceState, instant: number): number =>
  1000 / (pace.rate * goingAt(pace, slow, Math.ceil(instant)).share);

/** Milliseconds of a first slow stretch at half the rate, and of the longest; each twice as long at half as much. */
const firstStretch = 7_000;
const longestStretch = 72_000;

/** A stretch after which the limit is found as low as before is followed by one so many times as long. */
const growth = 1.5;

/** No lane goes more slowly than this part of its rate. */
export const leastShare = 1 / 16;

/** How many times over a burst could be spent before a part of the rate, or the whole of it, is taken to be allowed. */
const burstsOfPart = 8;
const burstsOfWhole = 2;

/** A refusal within so many milliseconds of going at the rate again says that it went too early. */
const againMilliseconds = 30_000;

/** The rate at which what a slow stretch left unused is used, as a share, and how much of a burst that may be. */
const catchUpShare = 1.25;
const caughtUp = 0.8;

/** At what share of the rate a lane goes; `past` = at the rate, and no slow stretch is near. */
type Going = { readonly share: number; readonly step: 'slow' | 'try' | 'catch-up' | 'past' };

const past: Going = { share: 1, step: 'past' };

/**
 * After a slow stretch a lane goes at twice its share, and so on up to the rate. Once the rate is known to be allowed
 * again, the platform has kept what was not used since it was restored.
 */
const goingAt = (pace: Pace, slow: Slow | null, at: number): Going => {
  if (slow === null) return past;
  if (at < slow.until.getTime()) return { share: slow.share, step: 'slow' };
  const { share, since } = climbed(pace, slow, at);
  if (share < 1) return { share, step: 'try' };
  const known = since + burstsOfWhole * spending(pace, 1);
  const caught = known + catchUpMilliseconds(pace, slow);
  if (at >= known && at < caught) return { share: catchUpShare, step: 'catch-up' };
  return at < Math.max(caught, since + againMilliseconds) ? { share: 1, step: 'try' } : past;
};

/** The share that a lane has come back to, and since when it has gone at that. */
const climbed = (pace: Pace, { until, share: least }: Slow, at: number) => {
  let share = Math.min(1, 2 * least);
  let since = until.getTime();
  while (share < 1 && at >= since + burstsOfPart * spending(pace, share)) {
    since += burstsOfPart * spending(pace, share);
    share *= 2;
  }
  return { share, since };
};

/** Milliseconds in which as much as a burst goes. */
const spending = ({ rate, burst }: Pace, share: number): number => (burst * 1000) / (rate * share);

/**
 * Never more than the stretch left unused, nor than the platform keeps: the allowed pace holds over any span. At its
 * beginning up to one interval may have been no longer than before, and one message more may fall into the catching up.
 */
const catchUpMilliseconds = (pace: Pace, { from, until, share }: Slow): number => {
  const interval = 1000 / pace.rate;
  const slowly = until.getTime() - from.getTime() - interval / share;
  const unused = (1 - share) * slowly - (1 - 1 / catchUpShare) * interval;
  return Math.max(0, Math.min(unused, caughtUp * tolerance(pace))) / (catchUpShare - 1);
};

/**
 * The state of a pace whose platform refused a message reserved for `sent` and asked for silence until `until`: no burst
 * then, and half the share at which that message went, for longer when the limit was only being tried.
 */
export const afterSilence = (
  pace: Pace,
  state: PaceState,
  { sent, until }: { readonly sent: Date; readonly until: Date },
): { readonly nextArrival: Date; readonly slow: Slow } => {
  const held = arrivalAfter(pace, until).getTime();
  const nextArrival = new Date(Math.max(state.nextArrival?.getTime() ?? held, held));
  return { nextArrival, slow: slowAfter(pace, state.slow, { sent, until }) };
};

/** The theoretical arrival time after a silence until `until`: one message may go then, and no burst. */
export const arrivalAfter = (pace: Pace, until: Date): Date =>
  new Date(until.getTime() + tolerance(pace));

const slowAfter = (
  pace: Pace,
  slow: Slow | null,
  { sent, until }: { readonly sent: Date; readonly until: Date },
): Slow => {
  const begin = (share: number, length: number): Slow => ({
    from: until,
    until: new Date(until.getTime() + length),
    share,
  });
  if (slow === null) return begin(1 / 2, firstStretch);
  const length = slow.until.getTime() - slow.from.getTime();
  // It was on its way when the last refusal came: one moment is one finding, and only its silence may last longer.
  if (sent < slow.from) return until > slow.from ? begin(slow.share, length) : slow;
  const going = goingAt(pace, slow, sent.getTime());
  if (going.step === 'past') return begin(1 / 2, firstStretch);
  // The rate had been found allowed; the platform had only kept less than was caught up on.
  if (going.step === 'catch-up') return begin(1, length);
  const share = Math.max(leastShare, going.share / 2);
  const deeper = 1 / (2 * share);
  const longer = Math.max(firstStretch * deeper, length * growth);
  return begin(share, Math.min(longestStretch * deeper, longer));
};

/** Minutes before the next try after `attempt` tries: 1, 2, 4, … at most 60. */
export const retryMinutes = (attempt: number): number =>
  Math.min(60, 2 ** Math.max(0, attempt - 1));
