/** How figures of a group are coded before anybody sees them, so that few respondents are not given away. */
import type { Interval } from './interval.ts';
import {
  meanInterval,
  type Sample,
  spreadToldFrom,
  widestHalfWidth,
  widestVariance,
} from './mean.ts';
import type { Moments } from './moments.ts';
import { noAssumptionRange, shareInterval } from './proportion.ts';
import { asPrinted, fivePoints } from './scale.ts';

/** A mean of scores on the five points, with its interval. */
export type Estimate = Interval & { readonly mean: number };

/** A share between 0 and 1 with its exact interval and the range that assumes nothing of the silent. */
export type Share = Interval & { readonly share: number; readonly range: Interval };

/** Below this many respondents figures near the ends are coded. */
export const codedBelow = 20;

/** Response share above which the correction stops: a width of zero would tell that everybody answered. */
const highestShareTold = 0.8;

/**
 * Mean and variance as they may leave the close, and what every comparison between waves is made from. Below 20
 * respondents the mean is kept in [1 + 2/n, 5 − 2/n] and the sum of squares at 4 or more, so that a unanimous group
 * looks like one in which two people differ. Below 10 the variance is the largest possible, whatever was
 * answered.
 */
export const coded = ({ n, mean, variance }: Moments): Moments => {
  if (n >= codedBelow) return { n, mean, variance };
  const { min, max } = fivePoints;
  return {
    n,
    mean: Math.min(max - 2 / n, Math.max(min + 2 / n, mean)),
    variance: n < spreadToldFrom ? widestVariance(n) : Math.max(variance, 4 / (n - 1)),
  };
};

/**
 * The published estimate of a group's scores: coded, with an interval on the scale, as printed. `behind` are the moments
 * of other answers that would be told alike: the interval reaches over theirs, so that it is right of whichever of
 * them was given.
 */
export const publishedMean = (
  moments: Moments,
  invited: number,
  behind: readonly Moments[] = [],
): Estimate => {
  const told = coded(moments);
  const all = [told, ...behind].map((one) => intervalOf(one, invitedTold(told.n, invited)));
  const printed = printedInterval({
    low: Math.min(...all.map(({ low }) => low)),
    high: Math.max(...all.map(({ high }) => high)),
  });
  return {
    mean: asPrinted(told.mean),
    low: Math.max(fivePoints.min, printed.low),
    high: Math.min(fivePoints.max, printed.high),
  };
};

/** From ten respondents on the interval tells of their spread, below it does not. */
const intervalOf = (told: Moments, invited: number): Interval => {
  if (told.n >= spreadToldFrom) return meanInterval(told, invited);
  const half = widestHalfWidth({ n: told.n, invited });
  return { low: told.mean - half, high: told.mean + half };
};

/**
 * The published share of `hits` among `n` respondents; null below 10, where the mean is the one figure told. Below 20
 * the hits are kept in [2, n − 2], as the mean is. Two then stand for none, one and two, and n − 2 for all that are as
 * many or more: interval and range reach over those of each.
 */
export const publishedShare = (hits: number, n: number, invited: number): Share | null => {
  if (n < spreadToldFrom) return null;
  const small = n < codedBelow;
  const told = small ? Math.min(n - 2, Math.max(2, hits)) : hits;
  const fewest = small && told === 2 ? 0 : told;
  const most = small && told === n - 2 ? n : told;
  const sample = { n, invited: invitedTold(n, invited) };
  const over = (of: (hits: number, sample: Sample) => Interval): Interval =>
    printedInterval({ low: of(fewest, sample).low, high: of(most, sample).high });
  return {
    share: asPrinted(told / n),
    ...over(shareInterval),
    range: over(noAssumptionRange),
  };
};

/**
 * Several estimates as one: the mean of means and of bounds. It is a function of published figures alone,
 * so it discloses nothing new; its width is that of perfectly correlated parts, never too narrow.
 */
export const meanOfEstimates = (parts: readonly Estimate[]): Estimate => ({
  mean: asPrinted(average(parts.map(({ mean }) => mean))),
  ...printedInterval({
    low: average(parts.map(({ low }) => low)),
    high: average(parts.map(({ high }) => high)),
  }),
});

/** The moments that go with `meanOfEstimates`, from coded parts: their count is that of the fewest respondents. */
export const meanOfMoments = (parts: readonly Moments[]): Moments => ({
  n: Math.min(...parts.map(({ n }) => n)),
  mean: average(parts.map(({ mean }) => mean)),
  variance: average(parts.map(({ variance }) => Math.sqrt(variance))) ** 2,
});

/** Counts as readers see them: 6–9, 10–19, 20–49, 50–99, 100–199, 200–499, … */
export const countBand = (n: number): string => {
  if (n < spreadToldFrom) return '6–9';
  const power = 10 ** Math.floor(Math.log10(n) + 1e-12);
  const [from, to] = n < 2 * power ? [1, 2] : n < 5 * power ? [2, 5] : [5, 10];
  return `${from * power}–${to * power - 1}`;
};

/** Whole people, at least as many as were invited. */
const invitedTold = (n: number, invited: number): number =>
  Math.max(invited, Math.ceil(n / highestShareTold));

/** Rounded outwards: what lies in the interval lies in it as printed. */
const printedInterval = ({ low, high }: Interval): Interval => ({
  low: Math.floor(low * 100 + 1e-9) / 100,
  high: Math.ceil(high * 100 - 1e-9) / 100,
});

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
