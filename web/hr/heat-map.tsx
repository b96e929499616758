/** The heat map: units by aspects, in tree order, on an absolute scale with every number printed. */
import { aspects } from '../../core/content/schema.ts';
import { cellOf } from '../../core/results/read.ts';
import type { Cell, Group, Release, Score } from '../../core/results/release.ts';
import { formatDate, formatInterval, formatScore } from '../format.ts';
import { Card } from '../parts/card.tsx';
import { HiddenCell, hiddenWords } from '../parts/hidden-cell.tsx';
import { ScrollTable } from '../parts/scroll-table.tsx';
import { heatStyle } from '../results/colour.ts';
import { inTreeOrder } from '../results/figures.ts';
import type { Page } from '../site.ts';
import { ScoreChoice, WaveChoice } from './choices.tsx';
import type { TabInput } from './tab.ts';

const columns = ['all', ...aspects] as const;

/** The tab with its selectors, its legend and the same numbers as a plain table. */
export const heatMapTab = (input: TabInput) => {
  const { page, release, query } = input;
  const { say, language } = page;
  const values = {
    score: say(`score.${query.score}`),
    date: formatDate(release.closedOn, language),
  };
  return (
    <Card title={say('heat.title')} id="peta-panas">
      <div class="choices">
        <ScoreChoice page={page} score={query.score} />
        <WaveChoice {...input} />
      </div>
      <Legend page={page} score={query.score} />
      <ScrollTable id="peta-panas-isi" caption={say('heat.caption', values)} className="heat">
        <thead>
          <tr>
            <th scope="col">{say('unit')}</th>
            {columns.map((aspect) => (
              <th scope="col">{say(`aspect.${aspect}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inTreeOrder(release.groups).map((group) => (
            <HeatRow page={page} release={release} group={group} score={query.score} />
          ))}
        </tbody>
      </ScrollTable>
      <p class="quiet">{say('heat.note')}</p>
      <details>
        <summary>{say('table.show')}</summary>
        <PlainTable page={page} release={release} score={query.score} />
      </details>
    </Card>
  );
};

type RowInput = {
  readonly page: Page;
  readonly release: Release;
  readonly group: Group;
  readonly score: Score;
};

const HeatRow = ({ page, release, group, score }: RowInput) => (
  <tr>
    <th scope="row">
      <span class="unit" style={`--depth:${group.depth}`}>
        {group.name}
      </span>
    </th>
    {runs(columns.map((aspect) => cellOf(release, group.unit, { score, aspect }))).map(
      ({ cell, span }) =>
        cell.shown ? (
          <HeatCell page={page} cell={cell} />
        ) : (
          <HiddenCell say={page.say} reason={cell.hidden} span={span} />
        ),
    )}
  </tr>
);

/** One shown figure on its colour: mean, interval and n band. */
export const HeatCell = ({ page, cell }: { page: Page; cell: Extract<Cell, { shown: true }> }) => (
  <td class="heat-cell" style={heatStyle(cell.mean)}>
    <b>{formatScore(cell.mean, page.language)}</b>{' '}
    <span class="heat-interval">{formatInterval(cell, page.language)}</span>{' '}
    <span class="heat-n">n&nbsp;{cell.band}</span>
  </td>
);

/** Neighbouring cells hidden for one reason become one cell, so that its words are read once. */
const runs = (cells: readonly Cell[]): readonly { cell: Cell; span: number }[] => {
  const joined: { cell: Cell; span: number }[] = [];
  for (const cell of cells) {
    const last = joined.at(-1);
    if (last && !last.cell.shown && !cell.shown && last.cell.hidden === cell.hidden) last.span += 1;
    else joined.push({ cell, span: 1 });
  }
  return joined;
};

const Legend = ({ page, score }: { page: Page; score: Score }) => (
  <div class="heat-legend">
    <span>{page.say(`heat.less.${score}`)}</span>
    <ol class="plain-list" aria-label={page.say('heat.scale')}>
      {[1, 2, 3, 4, 5].map((value) => (
        <li class="heat-cell" style={heatStyle(value)}>
          {value}
        </li>
      ))}
    </ol>
    <span>{page.say(`heat.more.${score}`)}</span>
  </div>
);

const PlainTable = ({ page, release, score }: { page: Page; release: Release; score: Score }) => {
  const { say, language } = page;
  const rows = inTreeOrder(release.groups).flatMap((group) =>
    columns.map((aspect) => ({
      group,
      aspect,
      cell: cellOf(release, group.unit, { score, aspect }),
    })),
  );
  return (
    <ScrollTable
      id="peta-panas-tabel"
      caption={say('heat.table', { score: say(`score.${score}`) })}
    >
      <thead>
        <tr>
          <th scope="col">{say('unit')}</th>
          <th scope="col">{say('aspect')}</th>
          <th scope="col">{say('mean')}</th>
          <th scope="col">{say('interval')}</th>
          <th scope="col">n</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ group, aspect, cell }) => (
          <tr>
            <th scope="row">{group.name}</th>
            <td>{say(`aspect.${aspect}`)}</td>
            {cell.shown ? (
              <>
                <td>{formatScore(cell.mean, language)}</td>
                <td>{formatInterval(cell, language)}</td>
                <td>{cell.band}</td>
              </>
            ) : (
              <td colspan={3}>{hiddenWords(say, cell.hidden)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
};
