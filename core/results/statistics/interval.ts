/** Intervals of published figures and what may be said of two of them. */

/** A two-sided 95 % interval. */
export type Interval = { readonly low: number; readonly high: number };

/**
 * Whether two figures are to be called "setara": their intervals share a point. There is no ranking. The rule is
 * careful on purpose: intervals that do not overlap differ at far less than 5 %.
 * Source: Schenker & Gentleman, The American Statistician 55 (2001) 182–186.
 */
export const areSetara = (one: Interval, other: Interval): boolean =>
  one.low <= other.high && other.low <= one.high;
