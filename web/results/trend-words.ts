/** Why a wave leaves a gap in a line. */
import type { TrendPoint } from '../../core/results/read.ts';
import type { PageSay } from '../texts.ts';

/** The words of a gap; empty where there is none. */
export const gapWords = (say: PageSay, gap: TrendPoint['gap']): string =>
  gap === null ? '' : say(gap === 'apart' ? 'trend.apart' : `hidden.${gap}`);
