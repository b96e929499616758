/** The leader page: three numbers, one chart, one thing to do. */

import type { LearningRelease } from '../../core/results/learning.ts';
import { cellOf } from '../../core/results/read.ts';
import type { Release } from '../../core/results/release.ts';
import { formatDate } from '../format.ts';
import type { OpenWave } from '../hr/data.ts';
import { Card } from '../parts/card.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Frame } from '../parts/frame.tsx';
import { hiddenWords } from '../parts/hidden-cell.tsx';
import { KeyFigure } from '../parts/key-figure.tsx';
import { Notice } from '../parts/notice.tsx';
import { agencyOf, participationOf } from '../results/figures.ts';
import { trendFigure } from '../results/trend-figure.tsx';
import { bandWords, ReadFigure, ScoreFigure } from '../results/words.tsx';
import { oneOf, type Page } from '../site.ts';
import type { LeaderUnit, WeekPrompt } from './data.ts';
import { PromptCard } from './prompt.tsx';

export type LeaderFacts = {
  readonly units: readonly LeaderUnit[];
  readonly own: LeaderUnit | null;
  readonly releases: readonly Release[];
  readonly openWave: OpenWave | null;
  readonly adoption: LearningRelease | null;
  readonly prompt: WeekPrompt | null;
};

/** The whole page as markup. */
export const leaderPage = async (page: Page, facts: LeaderFacts) => {
  const { say } = page;
  const { own, prompt } = facts;
  const recorded = oneOf(['commit', 'done'] as const, page.query.get('tercatat'));
  const shown = own ? await figures(page, facts, own) : null;
  return (
    <Frame page={page} title={say('leader.title')}>
      <h1>{own ? say('leader.heading', { name: own.name }) : say('leader.title')}</h1>
      {facts.units.length > 1 ? <UnitForm page={page} facts={facts} /> : null}
      {recorded ? <Notice live>{say(`leader.recorded.${recorded}`)}</Notice> : null}
      {shown ? shown.numbers : null}
      <div class="pair">
        {shown ? shown.chart : null}
        {own && prompt ? <PromptCard page={page} unit={own.unit} prompt={prompt} /> : null}
        {own && !prompt ? (
          <EmptyState title={say('leader.no-prompt')} advice={say('leader.no-prompt.advice')} />
        ) : null}
      </div>
    </Frame>
  );
};

const UnitForm = ({ page, facts }: { page: Page; facts: LeaderFacts }) => (
  <form class="select-form" method="get" action={page.path}>
    <input type="hidden" name="bahasa" value={page.language} />
    <label for="pilih-unit">{page.say('choice.unit')}</label>
    <select id="pilih-unit" name="unit">
      {facts.units.map(({ unit, name, depth }) => (
        <option value={String(unit)} selected={unit === facts.own?.unit}>
          {`${'\u00a0\u00a0'.repeat(depth)}${name}`}
        </option>
      ))}
    </select>
    <button type="submit">{page.say('choice.show')}</button>
  </form>
);

/** Numbers and chart of the unit, or of the nearest unit above it whose figures may be shown. */
const figures = async (page: Page, facts: LeaderFacts, own: LeaderUnit) => {
  const { say } = page;
  const release = facts.releases.at(-1);
  if (release === undefined)
    return { numbers: <BeforeFirst page={page} facts={facts} />, chart: null };
  const shown = shownUnit(release, own.unit);
  if (shown === null)
    return {
      numbers: <EmptyState title={say('leader.none')} advice={say('leader.none.advice')} />,
      chart: null,
    };
  const agency = agencyOf(release);
  const trend = await trendFigure(page, {
    id: 'tren',
    title: say('trend.title', { score: say('score.concern'), name: shown.name }),
    score: 'concern',
    releases: facts.releases,
    units: [shown, ...(agency && agency.unit !== shown.unit ? [agency] : [])],
  });
  const ownCell = cellOf(release, own.unit, { score: 'concern', aspect: 'all' });
  return {
    numbers: (
      <>
        {ownCell.shown ? null : (
          <Notice>
            {say('leader.above', {
              own: own.name,
              reason: hiddenWords(say, ownCell.hidden),
              name: shown.name,
            })}
          </Notice>
        )}
        <ThreeNumbers page={page} facts={facts} release={release} unit={shown.unit} />
      </>
    ),
    chart: (
      <Card title={say('leader.chart')} id="grafik">
        {trend}
      </Card>
    ),
  };
};

const BeforeFirst = ({ page, facts }: { page: Page; facts: LeaderFacts }) => (
  <EmptyState
    title={page.say('hr.empty')}
    advice={
      facts.openWave
        ? page.say('hr.empty.open', { closes: formatDate(facts.openWave.closesOn, page.language) })
        : page.say('hr.empty.advice')
    }
  />
);

const ThreeNumbers = ({
  page,
  facts,
  release,
  unit,
}: {
  page: Page;
  facts: LeaderFacts;
  release: Release;
  unit: number;
}) => {
  const { say, language } = page;
  const band = participationOf(release, unit);
  return (
    <dl class="figures">
      <ReadFigure page={page} adoption={facts.adoption} unit={unit} />
      <ScoreFigure
        page={page}
        now={release}
        before={facts.releases.at(-2) ?? null}
        of={{ unit, score: 'concern' }}
      />
      <KeyFigure
        label={say('participation')}
        value={band === null ? null : bandWords(band)}
        hidden={hiddenWords(say, 'few')}
        detail={say('participation.detail', { date: formatDate(release.closedOn, language) })}
      />
    </dl>
  );
};

/** The unit itself when its concern is shown, else the nearest unit above with a shown one. */
const shownUnit = (release: Release, unit: number) => {
  let group = release.groups.find((each) => each.unit === unit);
  while (group) {
    const at = group;
    if (cellOf(release, at.unit, { score: 'concern', aspect: 'all' }).shown) return at;
    group = release.groups.find((each) => each.unit === at.parent);
  }
  return null;
};
