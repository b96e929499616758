/** A trend as a native chart of a card. */
import type { ILineChart } from '@microsoft/teams.cards';
import { clip } from '../../core/conversation/clip.ts';
import type { ChatMessage, Part } from '../../core/conversation/message.ts';
import { type Element, factSet, textBlock } from './card/elements.ts';
import { teamsLimits } from './limits.ts';
import { plain } from './text.ts';

type ChartPart = Extract<Part, { type: 'chart' }>;

/** The native chart, its words where a client cannot draw it, and the numbers for everyone. */
export const chartElements = (
  part: ChartPart,
  message: ChatMessage,
  longest: number,
): readonly Element[] => {
  const shown = part.series.slice(0, teamsLimits.series);
  const chart: ILineChart = {
    type: 'Chart.Line',
    title: plain(part.title, longest),
    showTitle: true,
    showLegend: shown.length > 1,
    // A missing point is left out: the type has no empty value, and 0 would be a lie.
    data: shown.map(({ name, values }) => ({
      legend: plain(name, longest),
      values: part.categories.flatMap((x, at) => {
        const y = values[at];
        return y === null || y === undefined ? [] : [{ x: plain(x, longest), y }];
      }),
    })),
    fallback: textBlock(clip(part.alternative, longest), {}),
  };
  // One digit, as in the words: two roundings of one number would be two numbers.
  const number = new Intl.NumberFormat(message.language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const line = (values: readonly (number | null)[]): string =>
    part.categories
      .map((category, at) => {
        const value = values[at];
        return `${category}: ${value === null || value === undefined ? '–' : number.format(value)}`;
      })
      .join(' · ');
  return [
    chart,
    factSet(
      part.series.map(({ name, values }) => [clip(name, longest), clip(line(values), longest)]),
    ),
  ];
};
