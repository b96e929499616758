/** A line chart as either client draws one: lines with gaps, and the same numbers as a table. */
import { h, svg } from './dom.ts';

export type ChartLine = {
  readonly name: string;
  /** By category, null where there is no point. */
  readonly values: readonly (number | null)[];
};

const width = 320;
const height = 140;
const margin = { top: 10, right: 16, bottom: 24, left: 32 };

/** The chart as a figure; colours come from the style sheet. */
export const lineChart = (chart: {
  readonly title: string;
  readonly categories: readonly string[];
  readonly lines: readonly ChartLine[];
  /** The numbers in the reader's language; null where the message gives them beside the chart. */
  readonly table: string | null;
}): HTMLElement =>
  h(
    'figure',
    { class: 'chat-chart' },
    h('figcaption', {}, chart.title),
    h(
      'ul',
      { class: 'plain-list legend' },
      ...chart.lines.map(({ name }, index) =>
        h('li', { class: index === 0 ? 'legend-main' : 'legend-context' }, name),
      ),
    ),
    drawing(chart.categories, chart.lines),
    chart.table === null ? null : numbers(chart.categories, chart.lines, chart.table),
  );

const numbers = (
  categories: readonly string[],
  lines: readonly ChartLine[],
  language: string,
): HTMLElement => {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const cell = (value: number | null | undefined): HTMLElement =>
    h('td', {}, value === null || value === undefined ? '–' : number.format(value));
  const heads = lines.map(({ name }) => h('th', { scope: 'col' }, name));
  const rows = categories.map((category, at) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, category),
      ...lines.map(({ values }) => cell(values[at])),
    ),
  );
  return h('table', {}, h('thead', {}, h('tr', {}, h('td'), ...heads)), h('tbody', {}, ...rows));
};

const drawing = (categories: readonly string[], lines: readonly ChartLine[]): Node => {
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  if (known.length === 0) return document.createTextNode('');
  const low = Math.floor(Math.min(...known) - 0.2);
  const high = Math.ceil(Math.max(...known) + 0.2);
  const x = (at: number): number =>
    margin.left +
    ((at + 0.5) / Math.max(1, categories.length)) * (width - margin.left - margin.right);
  const y = (value: number): number =>
    margin.top + ((high - value) / (high - low)) * (height - margin.top - margin.bottom);
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' },
    ...[low, high].flatMap((value) => [
      svg('line', {
        x1: margin.left,
        x2: width - margin.right,
        y1: y(value),
        y2: y(value),
        class: 'grid',
      }),
      svg('text', { x: 4, y: y(value) + 5 }, String(value)),
    ]),
    ...lines.flatMap((line, index) => points(line, index, { x, y })),
  );
};

type Scale = { readonly x: (at: number) => number; readonly y: (value: number) => number };

const points = ({ values }: ChartLine, index: number, { x, y }: Scale): SVGElement[] =>
  values.flatMap((value, at) => {
    if (value === null) return [];
    const before = values[at - 1];
    const join =
      before === null || before === undefined
        ? []
        : [
            svg('line', {
              x1: x(at - 1),
              y1: y(before),
              x2: x(at),
              y2: y(value),
              class: `line-${index}`,
            }),
          ];
    return [...join, svg('circle', { cx: x(at), cy: y(value), r: 4, class: `line-${index}` })];
  });
