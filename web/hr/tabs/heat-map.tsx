/** The heat map: groups by aspects, in tree order, on an absolute scale with every number printed. */
import { raw } from 'hono/html';
import type { Group, Release, Score } from '../../../core/results/release.ts';
import { formatDate } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { Downloads } from '../../parts/downloads.tsx';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import { heatClass } from '../../results/colour.ts';
import { askedAspects, groupsBelow } from '../../results/figures.ts';
import { heatSheet } from '../../results/sheets.ts';
import type { Page } from '../../site.ts';
import { fileLinks } from '../files/files.ts';
import { hrLink } from '../query.ts';
import { ScoreChoice, UnitChoice, WaveChoice } from './choices.tsx';
import { heatRows } from './heat-rows.ts';
import { SheetTable } from './sheet-table.tsx';
import type { TabInput } from './tab.ts';

/** The tab with its selectors and its legend; the same numbers as a plain table are one link away. */
export const heatMapTab = (input: TabInput) => {
  const { page, release, query } = input;
  const { say } = page;
  const { score, asTable } = query;
  return (
    <Card title={say('heat.title')} id="peta-panas">
      <div class="choices">
        <ScoreChoice page={page} score={score} />
        <WaveChoice {...input} />
        <UnitChoice input={input} />
      </div>
      {asTable ? (
        <SheetTable id="peta-panas-tabel" sheet={heatSheet(page, release, query)} />
      ) : (
        <>
          <Legend page={page} score={score} />
          <HeatTable page={page} release={release} score={score} unit={query.unit} />
        </>
      )}
      <p>
        <a href={hrLink(page, { tampilan: asTable ? null : 'tabel' })}>
          {say(asTable ? 'heat.show' : 'table.show')}
        </a>
      </p>
      <p class="quiet">
        {say('heat.note')} {score === 'condition' ? say('heat.rotates') : null}{' '}
        {release.depth === 'units' ? null : say(`heat.depth.${release.depth}`)}
      </p>
      <Downloads label={say('files')} files={fileLinks(page, 'peta-panas')} />
    </Card>
  );
};

const HeatTable = ({
  page,
  release,
  score,
  unit,
}: {
  page: Page;
  release: Release;
  score: Score;
  unit: number | null;
}) => {
  const { say, language } = page;
  const aspects = askedAspects(release, score);
  const groups = groupsBelow(release, unit);
  const rows = (some: readonly Group[]): string =>
    heatRows({ say, language, release, score, aspects, groups: some });
  const grades = groups.filter(({ kind }) => kind === 'grade');
  return (
    <ScrollTable
      id="peta-panas-isi"
      caption={say('heat.caption', {
        score: say(`score.${score}`),
        date: formatDate(release.closedOn, language),
      })}
      className="heat"
    >
      <thead>
        <tr>
          <th scope="col">{say('unit')}</th>
          {aspects.map((aspect) => (
            <th scope="col">{say(`aspect.${aspect}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>{raw(rows(groups.filter(({ kind }) => kind === 'unit')))}</tbody>
      {grades.length === 0 ? null : (
        <tbody>
          <tr>
            <th scope="rowgroup" colspan={1 + aspects.length} class="rowgroup">
              {say('grades')}
            </th>
          </tr>
          {raw(rows(grades))}
        </tbody>
      )}
    </ScrollTable>
  );
};

const Legend = ({ page, score }: { page: Page; score: Score }) => (
  <div class="heat-legend">
    <span>{page.say(`heat.less.${score}`)}</span>
    <ol class="plain-list" aria-label={page.say('heat.scale')}>
      {[1, 2, 3, 4, 5].map((value) => (
        <li class={`heat-cell ${heatClass(value)}`}>{value}</li>
      ))}
    </ol>
    <span>{page.say(`heat.more.${score}`)}</span>
  </div>
);
