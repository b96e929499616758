/** Scales of answers: turning round, per cent of the range, and what counts as favourable. */

/** The lowest and the highest point of a scale. */
export type Scale = { readonly min: number; readonly max: number };

/** The five-point scale of every item of the survey and of every score. */
export const fivePoints: Scale = { min: 1, max: 5 };

/** The point as far from the other end: (min + max) − x. Its own inverse. */
export const reversed = (x: number, { min, max }: Scale = fivePoints): number => min + max - x;

/**
 * Per cent of maximum possible, 100 (x − min) / (max − min), between 0 and 100.
 * Source: Cohen, Cohen, Aiken & West, Multivariate Behavioral Research 34 (1999) 315–346.
 */
export const percentOfMaximum = (x: number, { min, max }: Scale = fivePoints): number =>
  (100 * (x - min)) / (max - min);

/**
 * Favourable points by number of points of a scale that starts at 1, where higher is better.
 * Source: the map of microsoft/vivaglint (MIT), R/utils.R.
 */
const favourableFrom = { 4: 4, 5: 4, 6: 4, 7: 6, 10: 8 } as const;

/** Lengths of scale whose favourable points are decided. */
export type ScaleLength = keyof typeof favourableFrom;

/** Whether point `x` of a scale 1…`length`, where higher is better, is favourable; "do not know" is no point. */
export const isFavourable = (x: number, length: ScaleLength = 5): boolean =>
  x >= favourableFrom[length];

/** A figure as readers see it: two decimals. It spares the reader; it protects nobody. */
export const asPrinted = (value: number): number => Math.round(value * 100) / 100;
