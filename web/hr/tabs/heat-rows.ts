/** The body of the heat map as markup, fast enough for an agency of five hundred units. */

import type { Language } from '../../../core/language.ts';
import { cellOf, type ShownCell } from '../../../core/results/read.ts';
import type {
  Group,
  HiddenReason,
  Measure,
  Release,
  Score,
} from '../../../core/results/release.ts';
import { formatInterval, formatScore } from '../../format.ts';
import { escapeText } from '../../parts/escape.ts';
import { hiddenWords } from '../../parts/hidden-cell.tsx';
import { heatClass } from '../../results/colour.ts';
import { groupName } from '../../results/figures.ts';
import type { PageSay } from '../../texts.ts';

export type HeatRows = {
  readonly say: PageSay;
  readonly language: Language;
  readonly release: Release;
  readonly score: Score;
  readonly aspects: readonly Measure['aspect'][];
  readonly groups: readonly Group[];
};

/** One row a group; neighbouring cells hidden for one reason become one cell, so that its words are read once. */
export const heatRows = (of: HeatRows): string => {
  const words = wordsOf(of.say);
  let markup = '';
  for (const group of of.groups) markup += row(of, group, words);
  return markup;
};

type HiddenWords = Readonly<Record<HiddenReason, string>>;

const wordsOf = (say: PageSay): HiddenWords => ({
  small: escapeText(hiddenWords(say, 'small')),
  few: escapeText(hiddenWords(say, 'few')),
  protect: escapeText(hiddenWords(say, 'protect')),
  depth: escapeText(hiddenWords(say, 'depth')),
});

const row = (
  { language, release, score, aspects }: HeatRows,
  group: Group,
  words: HiddenWords,
): string => {
  let markup = `<tr><th scope="row"><span class="unit" style="--depth:${group.depth}">${escapeText(groupName(release, group))}</span></th>`;
  let hidden: HiddenReason | null = null;
  let span = 0;
  for (const aspect of aspects) {
    const cell = cellOf(release, group.unit, { score, aspect });
    const reason = cell.shown ? null : cell.hidden;
    if (reason !== hidden) {
      markup += hiddenCell(hidden, span, words);
      span = 0;
    }
    hidden = reason;
    if (cell.shown) markup += heatCell(cell, language);
    else span += 1;
  }
  return `${markup}${hiddenCell(hidden, span, words)}</tr>`;
};

const hiddenCell = (reason: HiddenReason | null, span: number, words: HiddenWords): string =>
  reason === null
    ? ''
    : `<td class="hatched" colspan="${span}"><span class="hatched-words">${words[reason]}</span></td>`;

/** One shown figure on its colour: mean, interval and n band. */
export const heatCell = (cell: ShownCell, language: Language): string =>
  `<td class="heat-cell ${heatClass(cell.mean)}"><b>${formatScore(cell.mean, language)}</b> <i>${formatInterval(cell, language)}</i> <small>n&nbsp;${cell.band}</small></td>`;
