/** Every file that HR may take away, with what is in it. */
import { formatDate } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { Downloads } from '../../parts/downloads.tsx';
import { ScoreChoice, UnitChoice, WaveChoice } from '../tabs/choices.tsx';
import type { TabInput } from '../tabs/tab.ts';
import { type FileView, fileKinds, fileLinks, releaseLinks } from './files.ts';

/** Ekspor: the choices above hold for every file. */
export const exportsTab = (input: TabInput) => {
  const { page, query, release } = input;
  const { say } = page;
  const views = Object.keys(fileKinds) as FileView[];
  return (
    <Card title={say('exports.title')} id="ekspor">
      <div class="choices">
        <ScoreChoice page={page} score={query.score} />
        <WaveChoice {...input} />
        <UnitChoice input={input} />
      </div>
      <p class="quiet">{say('exports.note')}</p>
      {views.map((view) => (
        <>
          <h3>{say(`hr.tab.${view}`)}</h3>
          <p>{say(`exports.${view}`)}</p>
          <Downloads titled label={say(`hr.tab.${view}`)} files={fileLinks(page, view)} />
        </>
      ))}
      <h3>{say('exports.release')}</h3>
      <p>{say('exports.release.text', { date: formatDate(release.closedOn, page.language) })}</p>
      <Downloads titled label={say('exports.release')} files={releaseLinks(page, release.wave)} />
    </Card>
  );
};
