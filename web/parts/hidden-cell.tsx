/** A figure that is not shown: hatched, and said in words; never blank, never zero. */
import type { StandInReason } from '../../core/results/read.ts';
import type { HiddenReason } from '../../core/results/release.ts';
import type { PageSay } from '../texts.ts';

/** Why a figure is not shown, in the product's decided words. */
export const hiddenWords = (say: PageSay, reason: StandInReason): string => say(`hidden.${reason}`);

/** A table cell over `span` columns that are hidden for one reason. */
export const HiddenCell = ({
  say,
  reason,
  span = 1,
}: {
  say: PageSay;
  reason: HiddenReason;
  span?: number;
}) => (
  <td class="hatched" colspan={span}>
    <span class="hatched-words">{hiddenWords(say, reason)}</span>
  </td>
);
