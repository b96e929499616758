/** The HR page: its tabs and the one that is open. */
import { formatDate } from '../format.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Frame } from '../parts/frame.tsx';
import { Notice } from '../parts/notice.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { Page } from '../site.ts';
import { exportsTab } from './files/exports.tsx';
import { hrLink, readQuery, tabs } from './query.ts';
import { answersTab } from './tabs/answers.tsx';
import { commentsTab } from './tabs/comments.tsx';
import { heatMapTab } from './tabs/heat-map.tsx';
import { methodTab } from './tabs/method.tsx';
import { OpenParticipation, participationTab } from './tabs/participation.tsx';
import { summaryTab } from './tabs/summary.tsx';
import type { HrFacts } from './tabs/tab.ts';
import { trendTab } from './tabs/trend.tsx';
import { wavesTab } from './waves/page.tsx';

const views = {
  ringkasan: summaryTab,
  'peta-panas': heatMapTab,
  tren: trendTab,
  sebaran: answersTab,
  partisipasi: participationTab,
  komentar: commentsTab,
  ekspor: exportsTab,
  metode: methodTab,
} as const;

/** The whole page as markup. */
export const hrPage = async (page: Page, facts: HrFacts) => {
  const { say, language } = page;
  const query = readQuery(page.query, facts.releases);
  const { release, tab } = query;
  const content = release
    ? await views[tab]({ page, facts, query, release })
    : tab === 'partisipasi' &&
      facts.openWave && <OpenParticipation page={page} wave={facts.openWave} />;
  return (
    <Frame page={page} title={say('hr.title')}>
      <h1>{say('hr.title')}</h1>
      <p class="lead">{say('hr.lead')}</p>
      {facts.openWave ? (
        <Notice>
          {say('hr.open', { closes: formatDate(facts.openWave.closesOn, language) })}{' '}
          <a href={hrLink(page, { tab: 'partisipasi' })}>{say('hr.open.link')}</a>
        </Notice>
      ) : null}
      <Tabs
        label={say('hr.tabs')}
        tabs={[
          ...tabs.map((name) => ({
            href: hrLink(page, { tab: name }),
            label: say(`hr.tab.${name}`),
            current: name === tab,
          })),
          wavesTab(page, false),
        ]}
      />
      {content || <BeforeFirst page={page} facts={facts} />}
    </Frame>
  );
};

const BeforeFirst = ({ page, facts }: { page: Page; facts: HrFacts }) => (
  <EmptyState
    title={page.say('hr.empty')}
    advice={
      facts.openWave
        ? page.say('hr.empty.open', {
            closes: formatDate(facts.openWave.closesOn, page.language),
          })
        : page.say('hr.empty.advice')
    }
  />
);
