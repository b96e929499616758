/** The trend as shown on a page: drawing, legend, and the same numbers as a table. */
import { raw } from 'hono/html';
import { type TrendPoint, trend } from '../../core/results/read.ts';
import type { Measure, Release } from '../../core/results/release.ts';
import { formatDate, formatDay, formatInterval, formatScore } from '../format.ts';
import { ScrollTable } from '../parts/scroll-table.tsx';
import type { Page } from '../site.ts';
import { pageColours, type TrendLine, trendSvg } from './trend-chart.ts';
import { gapWords } from './trend-words.ts';

export type TrendOf = {
  /** Prefix of the element ids, unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly measure: Measure;
  readonly releases: readonly Release[];
  /** The group of the main line first; a second one is drawn for comparison. */
  readonly units: readonly { readonly unit: number; readonly name: string }[];
};

/** A named line with its points, as the release lets them be joined. */
type Line = { readonly name: string; readonly points: readonly TrendPoint[] };

/** The lines of a trend, the main one first. */
export const trendLines = ({
  units,
  releases,
  measure,
}: Omit<TrendOf, 'id' | 'title'>): readonly Line[] =>
  units.map(({ unit, name }) => ({ name, points: trend(releases, unit, measure) }));

/** Lines as the drawing takes them. */
export const drawn = (lines: readonly Line[]): readonly TrendLine[] =>
  lines.map(({ name, points }, index) => ({
    name,
    weight: index === 0 ? 'main' : 'context',
    points: points.map(({ closedOn, cell }) => ({ date: closedOn, figure: cell })),
  }));

/** Draws the chart twice, wide and narrow, of which the style sheet shows one. */
export const trendFigure = async (page: Page, of: TrendOf) => {
  const lines = trendLines(of);
  const spec = {
    lines: drawn(lines),
    dateLabel: (date: string) => formatDay(date, page.language),
    scoreLabel: (score: number) => String(score),
    colours: pageColours,
  };
  const [wide, narrow] = await Promise.all([
    trendSvg({ ...spec, width: 500 }),
    trendSvg({ ...spec, width: 300 }),
  ]);
  const titleId = `${of.id}-judul`;
  const summaryId = `${of.id}-isi`;
  return (
    <figure class="chart">
      <figcaption class="unseen" id={titleId}>
        {of.title}
      </figcaption>
      <ul class="plain-list legend">
        {spec.lines.map(({ name, weight }) => (
          <li class={`legend-${weight}`}>{name}</li>
        ))}
      </ul>
      <div class="chart-frame" role="img" aria-labelledby={`${titleId} ${summaryId}`}>
        <div class="chart-wide">{raw(wide)}</div>
        <div class="chart-narrow">{raw(narrow)}</div>
      </div>
      <p class="chart-words" id={summaryId}>
        {trendWords(page, lines[0])} {page.say('trend.scale')}
      </p>
      <details>
        <summary>{page.say('table.show')}</summary>
        <TrendTable page={page} of={of} lines={lines} />
      </details>
    </figure>
  );
};

/** The main line in one sentence: its first and last shown waves. */
const trendWords = ({ say, language }: Page, line: Line | undefined): string => {
  const shown = (line?.points ?? []).flatMap(({ closedOn, cell }) =>
    cell ? [{ date: formatDate(closedOn, language), value: formatScore(cell.mean, language) }] : [],
  );
  const [first] = shown;
  const last = shown.at(-1);
  if (!line || !first || !last) return say('trend.words.none');
  const name = line.name;
  return shown.length === 1
    ? say('trend.words.one', { name, ...last })
    : say('trend.words.many', {
        name,
        first: first.value,
        firstDate: first.date,
        last: last.value,
        lastDate: last.date,
      });
};

const TrendTable = ({ page, of, lines }: { page: Page; of: TrendOf; lines: readonly Line[] }) => {
  const { say, language } = page;
  return (
    <ScrollTable id={`${of.id}-tabel`} caption={of.title}>
      <thead>
        <tr>
          <th scope="col">{say('wave.closed')}</th>
          {lines.map(({ name }) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {of.releases.map(({ closedOn }, index) => (
          <tr>
            <th scope="row">{formatDate(closedOn, language)}</th>
            {lines.map(({ points }) => {
              const point = points[index];
              return point?.cell ? (
                <td>
                  {formatScore(point.cell.mean, language)} ({formatInterval(point.cell, language)}),
                  n {point.cell.band}
                </td>
              ) : (
                <td class="hatched">
                  <span class="hatched-words">{gapWords(say, point?.gap ?? 'few')}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
};
