/** A line chart as Slack draws it; pure. */
import type { Part } from '../../core/conversation/message.ts';
import { slackLimits as limits } from './limits.ts';
import { plain } from './text.ts';

/** A line chart as docs.slack.dev/reference/block-kit/blocks/data-visualization-block has it; the published types lack it. */
export type ChartBlock = {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[] };
  };
};

type Chart = Extract<Part, { type: 'chart' }>;

/**
 * The chart, or null when Slack could not draw it. Every line must have a point in every category, so a line without any
 * point is left out, and then each category in which a line has a gap; the words beside the chart say what is missing.
 */
export const lineChart = ({ title, categories, series }: Chart): ChartBlock | null => {
  const drawn = series
    .filter(({ values }) => values.some((value) => value !== null))
    .slice(0, limits.chartSeries);
  const whole = categories
    .map((_, index) => index)
    .filter((index) => drawn.every(({ values }) => Number.isFinite(values[index] ?? Number.NaN)))
    .slice(-limits.chartPoints);
  const labels = whole.map((index) => chartLabel(categories[index] ?? ''));
  const names = drawn.map(({ name }) => chartLabel(name));
  // Names cut to the same text could not be told apart, and Slack refuses them.
  if (drawn.length === 0 || whole.length === 0 || !allDiffer(labels) || !allDiffer(names))
    return null;
  return {
    type: 'data_visualization',
    title: plain(title, limits.chartTitle).text,
    chart: {
      type: 'line',
      series: drawn.map(({ values }, line) => ({
        name: names[line] ?? '',
        data: whole.map((index, point) => ({
          label: labels[point] ?? '',
          value: values[index] ?? 0,
        })),
      })),
      axis_config: { categories: labels },
    },
  };
};

const chartLabel = (text: string): string => plain(text, limits.chartLabel).text;

const allDiffer = (names: readonly string[]): boolean => new Set(names).size === names.length;
