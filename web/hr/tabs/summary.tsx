/** The summary: four figures, one sentence of meaning, the agency's aspects. */
import { raw } from 'hono/html';
import { agencyOf, cellOf, participationIn } from '../../../core/results/read.ts';
import { type Release, scores } from '../../../core/results/release.ts';
import { formatDate } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { HiddenCell, hiddenWords } from '../../parts/hidden-cell.tsx';
import { KeyFigure } from '../../parts/key-figure.tsx';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import { askedAspects } from '../../results/figures.ts';
import { bandWords, meaning, ReadFigure, ScoreFigure } from '../../results/words.tsx';
import type { Page } from '../../site.ts';
import { hrLink } from '../query.ts';
import { WaveChoice } from './choices.tsx';
import { heatCell } from './heat-rows.ts';
import type { TabInput } from './tab.ts';

/** Ringkasan. */
export const summaryTab = (input: TabInput) => {
  const { page, facts, release } = input;
  const agency = agencyOf(release);
  if (agency === undefined) return <EmptyState title={page.say('hr.empty')} advice="" />;
  const { unit } = agency;
  return (
    <>
      <div class="choices">
        <WaveChoice {...input} />
      </div>
      <dl class="figures">
        {scores.map((score) => (
          <ScoreFigure page={page} now={release} releases={facts.releases} of={{ unit, score }} />
        ))}
        <ParticipationFigure page={page} release={release} unit={unit} />
        <ReadFigure page={page} adoption={facts.adoption} unit={unit} />
      </dl>
      <p class="meaning">{meaning(page, { now: release, releases: facts.releases, unit })}</p>
      <Card title={page.say('summary.aspects', { name: agency.name })} id="aspek">
        <AspectTable page={page} release={release} unit={unit} />
        <p>
          <a href={hrLink(page, { tab: 'peta-panas' })}>{page.say('summary.to-heat')}</a>
        </p>
      </Card>
    </>
  );
};

type Of = { readonly page: Page; readonly release: Release; readonly unit: number };

const ParticipationFigure = ({ page, release, unit }: Of) => {
  const { band, hidden = 'few' } = participationIn(release, unit);
  return (
    <KeyFigure
      label={page.say('participation')}
      value={band === null ? null : bandWords(band)}
      hidden={hiddenWords(page.say, hidden)}
      detail={page.say('participation.detail', {
        date: formatDate(release.closedOn, page.language),
      })}
    />
  );
};

const AspectTable = ({ page, release, unit }: Of) => {
  const aspects = askedAspects(release, 'concern').filter((aspect) => aspect !== 'all');
  return (
    <ScrollTable id="aspek-isi" caption={page.say('summary.aspects.caption')} className="heat">
      <thead>
        <tr>
          <th scope="col">{page.say('score')}</th>
          {aspects.map((aspect) => (
            <th scope="col">{page.say(`aspect.${aspect}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {scores.map((score) => (
          <tr>
            <th scope="row">{page.say(`score.${score}`)}</th>
            {aspects.map((aspect) => {
              const cell = cellOf(release, unit, { score, aspect });
              return cell.shown ? (
                raw(heatCell(cell, page.language))
              ) : (
                <HiddenCell say={page.say} reason={cell.hidden} />
              );
            })}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
};
