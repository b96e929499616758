/** The trend as shown on a page: drawing, legend, and the same numbers as a table. */
import { raw } from 'hono/html';
import { cellOf } from '../../core/results/read.ts';
import type { Release, Score } from '../../core/results/release.ts';
import { formatDate, formatDay, formatInterval, formatScore } from '../format.ts';
import { hiddenWords } from '../parts/hidden-cell.tsx';
import { ScrollTable } from '../parts/scroll-table.tsx';
import type { Page } from '../site.ts';
import { type TrendLine, trendSvg } from './trend-chart.ts';

export type TrendOf = {
  /** Prefix of the element ids, unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly score: Score;
  readonly releases: readonly Release[];
  /** The unit of the main line first; a second one is drawn for comparison. */
  readonly units: readonly { readonly unit: number; readonly name: string }[];
};

/** Draws the chart twice, wide and narrow, of which the style sheet shows one. */
export const trendFigure = async (page: Page, of: TrendOf) => {
  const lines = of.units.map(
    ({ unit, name }, index): TrendLine => ({
      name,
      weight: index === 0 ? 'main' : 'context',
      points: of.releases.map((release) => {
        const cell = cellOf(release, unit, { score: of.score, aspect: 'all' });
        return { date: release.closedOn, figure: cell.shown ? cell : null };
      }),
    }),
  );
  const spec = {
    lines,
    dateLabel: (date: string) => formatDay(date, page.language),
    scoreLabel: (score: number) => String(score),
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
        {lines.map(({ name, weight }) => (
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
        <TrendTable page={page} of={of} />
      </details>
    </figure>
  );
};

/** The main line in one sentence: its first and last shown waves. */
const trendWords = ({ say, language }: Page, line: TrendLine | undefined): string => {
  const shown = (line?.points ?? []).flatMap(({ date, figure }) =>
    figure ? [{ date: formatDate(date, language), value: formatScore(figure.mean, language) }] : [],
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

const TrendTable = ({ page, of }: { page: Page; of: TrendOf }) => {
  const { say, language } = page;
  return (
    <ScrollTable id={`${of.id}-tabel`} caption={of.title}>
      <thead>
        <tr>
          <th scope="col">{say('wave.closed')}</th>
          {of.units.map(({ name }) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {of.releases.map((release) => (
          <tr>
            <th scope="row">{formatDate(release.closedOn, language)}</th>
            {of.units.map(({ unit }) => {
              const cell = cellOf(release, unit, { score: of.score, aspect: 'all' });
              return cell.shown ? (
                <td>
                  {formatScore(cell.mean, language)} ({formatInterval(cell, language)}), n{' '}
                  {cell.band}
                </td>
              ) : (
                <td class="hatched">
                  <span class="hatched-words">{hiddenWords(say, cell.hidden)}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
};
