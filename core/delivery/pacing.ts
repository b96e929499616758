/** Pace of a lane: the generic cell rate algorithm (ITU-T I.371), kept as one instant in the lane's row. */

export type Pace = {
  /** Messages a second. */
  readonly rate: number;
  /** How many may go at once after a quiet time. */
  readonly burst: number;
};

/** How far a pace has been used. */
export type PaceState = {
  /** Theoretical arrival time of the next message; null = nothing went yet. */
  readonly nextArrival: Date | null;
  /** Until then at half the rate, because the platform asked for silence; null = at the rate. */
  readonly slowUntil: Date | null;
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

/** Milliseconds at half pace after a silence: a limit that was lowered shows itself only by refusing. */
const slowMilliseconds = 4_000;

/** So long where the last slow stretch ended within as much: whoever is refused again at once was not slow for long enough. */
const slowAgainMilliseconds = 30_000;

/** The send instants of the next `count` messages and the lane's new theoretical arrival time. */
export const reserve = (
  pace: Pace,
  state: PaceState,
  request: { readonly now: Date; readonly count: number },
): { readonly at: readonly Date[]; readonly nextArrival: Date } => {
  const ahead = tolerance(pace);
  const now = request.now.getTime();
  let arrival = Math.max(state.nextArrival?.getTime() ?? now, now);
  const at = Array.from({ length: request.count }, () => {
    const instant = Math.max(now, arrival - ahead);
    arrival += intervalAt(pace, state, instant);
    return new Date(Math.ceil(instant));
  });
  return { at, nextArrival: new Date(Math.ceil(arrival)) };
};

const intervalAt = ({ rate }: Pace, { slowUntil }: PaceState, instant: number): number =>
  (slowUntil !== null && instant < slowUntil.getTime() ? 2000 : 1000) / rate;

/** How many of at most `most` messages fit before `until`. */
export const roomUntil = (
  pace: Pace,
  state: PaceState,
  span: { readonly now: Date; readonly until: Date; readonly most: number },
): number => {
  const ahead = tolerance(pace);
  const now = span.now.getTime();
  const until = span.until.getTime();
  let arrival = Math.max(state.nextArrival?.getTime() ?? now, now);
  for (let room = 0; room < span.most; room += 1) {
    const instant = Math.max(now, arrival - ahead);
    if (instant > until) return room;
    arrival += intervalAt(pace, state, instant);
  }
  return span.most;
};

/**
 * The state of a pace whose platform asked for silence until `until`: no burst then, and half the rate at first; for longer
 * when a slow stretch is only just over.
 */
export const afterSilence = (
  pace: Pace,
  { slowUntil: last }: Pick<PaceState, 'slowUntil'>,
  until: Date,
): PaceState & { readonly nextArrival: Date } => {
  // Before the stretch is over it may be an answer to what went before it.
  const since = last === null ? -1 : until.getTime() - last.getTime();
  const again = since >= 0 && since < slowAgainMilliseconds;
  const slow = again ? slowAgainMilliseconds : slowMilliseconds;
  return {
    nextArrival: new Date(until.getTime() + tolerance(pace)),
    slowUntil: new Date(until.getTime() + slow),
  };
};

/** Minutes before the next try after `attempt` tries: 1, 2, 4, … at most 60. */
export const retryMinutes = (attempt: number): number =>
  Math.min(60, 2 ** Math.max(0, attempt - 1));
