/** The trend over waves as an SVG: a line with its interval band, and gaps where a figure is hidden. */
import type { LocalDate } from '../../core/clock.ts';

/** One wave of a line; null where it is hidden, which leaves a gap and is never bridged. */
export type TrendPoint = {
  readonly date: LocalDate;
  readonly figure: { readonly mean: number; readonly low: number; readonly high: number } | null;
};

/** `context` is drawn quieter, for comparison. */
export type TrendLine = {
  readonly name: string;
  readonly weight: 'main' | 'context';
  readonly points: readonly TrendPoint[];
};

export type TrendSpec = {
  readonly lines: readonly TrendLine[];
  readonly dateLabel: (date: LocalDate) => string;
  readonly scoreLabel: (score: number) => string;
  /** Pixels; a narrow copy is drawn for phones so that its text stays legible. */
  readonly width: number;
  readonly colours: TrendColours;
};

export type TrendColours = {
  readonly main: string;
  readonly context: string;
  /** Inside of a point of the context line. */
  readonly ground: string;
};

/** The reader's own mode decides. */
export const pageColours: TrendColours = {
  main: 'var(--accent)',
  context: 'var(--quiet)',
  ground: 'var(--panel)',
};

/** The SVG's markup, hidden from the accessibility tree: its frame carries role and name. */
export const trendSvg = async (spec: TrendSpec): Promise<string> => {
  // Loaded on first use: a page without a chart, and every other door, start without them.
  const [plot, { parseHTML }] = await Promise.all([
    import('@observablehq/plot'),
    import('linkedom'),
  ]);
  const dates = [...new Set(spec.lines.flatMap(({ points }) => points.map(({ date }) => date)))];
  const svg = plot.plot({
    document: parseHTML('<!doctype html><html><body></body></html>').document,
    className: 'trend',
    width: spec.width,
    height: 240,
    marginLeft: 32,
    marginRight: 36,
    marginBottom: 32,
    style: { fontSize: '14px', fontFamily: 'inherit' },
    x: {
      type: 'utc',
      domain: around(dates),
      ticks: every(dates, Math.max(2, Math.floor(spec.width / 110))).map(instant),
      tickFormat: (at: Date) => spec.dateLabel(at.toISOString().slice(0, 10)),
      label: null,
    },
    y: {
      domain: [1, 5],
      ticks: [1, 2, 3, 4, 5],
      tickFormat: (score: number) => spec.scoreLabel(score),
      label: null,
      grid: true,
    },
    marks: [...spec.lines]
      .sort((a, b) => Number(a.weight === 'main') - Number(b.weight === 'main'))
      .flatMap((line) => marksOf(plot, line, spec.colours)),
  });
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  return svg.outerHTML;
};

type Plot = typeof import('@observablehq/plot');

const marksOf = (plot: Plot, { points, weight }: TrendLine, colours: TrendColours) => {
  const rows = points.map(({ date, figure }) => ({
    date: instant(date),
    // Not a number leaves a gap in a line and in an area.
    mean: figure?.mean ?? Number.NaN,
    low: figure?.low ?? Number.NaN,
    high: figure?.high ?? Number.NaN,
  }));
  const colour = colours[weight];
  return [
    ...(weight === 'main'
      ? [plot.areaY(rows, { x: 'date', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.16 })]
      : []),
    plot.ruleX(rows, {
      x: 'date',
      y1: 'low',
      y2: 'high',
      stroke: colour,
      strokeOpacity: 0.6,
      strokeWidth: 2,
    }),
    plot.lineY(rows, {
      x: 'date',
      y: 'mean',
      stroke: colour,
      strokeWidth: weight === 'main' ? 2.5 : 2,
      ...(weight === 'main' ? {} : { strokeDasharray: '5 4' }),
    }),
    plot.dot(rows, {
      x: 'date',
      y: 'mean',
      r: 4.5,
      stroke: colour,
      strokeWidth: 2,
      fill: weight === 'main' ? colour : colours.ground,
    }),
  ];
};

const instant = (date: LocalDate): Date => new Date(`${date}T00:00:00Z`);

const week = 7 * 86_400_000;

/** From the first to the last date with a week of air, so that one wave alone stands in the middle. */
const around = (dates: readonly LocalDate[]): readonly [Date, Date] => {
  const times = dates.map((date) => instant(date).getTime());
  return [new Date(Math.min(...times) - week), new Date(Math.max(...times) + week)];
};

/** At most `most` of the dates, evenly taken, the newest always among them. */
const every = (dates: readonly LocalDate[], most: number): readonly LocalDate[] => {
  const sorted = [...dates].sort();
  const step = Math.max(1, Math.ceil(sorted.length / most));
  return sorted.filter((_, index) => (sorted.length - 1 - index) % step === 0);
};
