/** Pace of a lane: the generic cell rate algorithm (ITU-T I.371), kept as one instant in the lane's row. */

export type Pace = {
  /** Messages a second. */
  readonly rate: number;
  /** How many may go at once after a quiet time. */
  readonly burst: number;
};

/** The send instants of the next `count` messages and the lane's new theoretical arrival time. */
export const reserve = (
  pace: Pace,
  nextArrival: Date | null,
  request: { readonly now: Date; readonly count: number },
): { readonly at: readonly Date[]; readonly nextArrival: Date } => {
  const interval = 1000 / pace.rate;
  const tolerance = (pace.burst - 1) * interval;
  const now = request.now.getTime();
  let arrival = Math.max(nextArrival?.getTime() ?? now, now);
  const at = Array.from({ length: request.count }, () => {
    const instant = Math.max(now, arrival - tolerance);
    arrival = Math.max(arrival, instant) + interval;
    return new Date(Math.ceil(instant));
  });
  return { at, nextArrival: new Date(Math.ceil(arrival)) };
};

/** How many messages fit before `until`. */
export const roomUntil = (
  pace: Pace,
  nextArrival: Date | null,
  span: { readonly now: Date; readonly until: Date },
): number => {
  const interval = 1000 / pace.rate;
  const now = span.now.getTime();
  const arrival = Math.max(nextArrival?.getTime() ?? now, now);
  const latest = span.until.getTime() + (pace.burst - 1) * interval;
  return Math.max(0, Math.floor((latest - arrival) / interval) + 1);
};

/** Minutes before the next try after `attempt` tries: 1, 2, 4, … at most 60. */
export const retryMinutes = (attempt: number): number =>
  Math.min(60, 2 ** Math.max(0, attempt - 1));
