/** The leader page: three numbers, one chart, one thing to do. */

import type { LearningRelease } from '../../core/results/learning.ts';
import { agencyOf, nearestShown, participationIn, trendGroup } from '../../core/results/read.ts';
import type { Measure, Release } from '../../core/results/release.ts';
import { formatDate } from '../format.ts';
import type { OpenWave } from '../hr/data.ts';
import { Card } from '../parts/card.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Frame } from '../parts/frame.tsx';
import { hiddenWords } from '../parts/hidden-cell.tsx';
import { KeyFigure } from '../parts/key-figure.tsx';
import { Notice } from '../parts/notice.tsx';
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

const measure: Measure = { score: 'concern', aspect: 'all' };

const parentIn = (units: readonly LeaderUnit[]) => (asked: number) =>
  units.find(({ unit }) => unit === asked)?.parent ?? null;

/** Numbers and chart of the unit, or of the nearest unit above it whose figures may be shown. */
const figures = async (page: Page, facts: LeaderFacts, own: LeaderUnit) => {
  const { say } = page;
  const release = facts.releases.at(-1);
  if (release === undefined)
    return { numbers: <BeforeFirst page={page} facts={facts} />, chart: null };
  const nearest = nearestShown(release, own.unit, parentIn(facts.units));
  if (nearest === null)
    return {
      numbers: <EmptyState title={say('leader.none')} advice={say('leader.none.advice')} />,
      chart: null,
    };
  const { group, hidden } = nearest;
  return {
    numbers: (
      <>
        {hidden === null ? null : (
          <Notice>
            {say('leader.above', {
              own: own.name,
              reason: hiddenWords(say, hidden),
              name: group.name,
            })}
          </Notice>
        )}
        <ThreeNumbers page={page} facts={facts} release={release} unit={group.unit} />
      </>
    ),
    chart: (
      <Card title={say('leader.chart')} id="grafik">
        {await chart(page, facts.releases, group.unit)}
      </Card>
    ),
  };
};

/** The unit's line beside the agency's, or that of the nearest unit above that carries one. */
const chart = (page: Page, releases: readonly Release[], unit: number) => {
  const latest = releases.at(-1);
  const agency = latest === undefined ? undefined : agencyOf(latest);
  const own = trendGroup(releases, unit, measure) ?? agency;
  const units = [own, agency].flatMap((group, index) =>
    group === undefined || (index > 0 && group.unit === own?.unit) ? [] : [group],
  );
  return trendFigure(page, {
    id: 'tren',
    title: page.say('trend.title', { score: page.say('score.concern'), name: own?.name ?? '' }),
    measure,
    releases,
    units,
  });
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
  const { band, hidden = 'few' } = participationIn(release, unit);
  return (
    <dl class="figures">
      <ReadFigure page={page} adoption={facts.adoption} unit={unit} />
      <ScoreFigure
        page={page}
        now={release}
        releases={facts.releases}
        of={{ unit, score: 'concern' }}
      />
      <KeyFigure
        label={say('participation')}
        value={band === null ? null : bandWords(band)}
        hidden={hiddenWords(say, hidden)}
        detail={say('participation.detail', { date: formatDate(release.closedOn, language) })}
      />
    </dl>
  );
};
