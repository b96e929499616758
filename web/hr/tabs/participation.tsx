/** Participation in bands of ten points, by unit; never a name, never a live count. */
import { publishedGroups } from '../../../core/results/read.ts';
import type { Release } from '../../../core/results/release.ts';
import { formatDate } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { Downloads } from '../../parts/downloads.tsx';
import { HiddenCell } from '../../parts/hidden-cell.tsx';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import { groupName } from '../../results/figures.ts';
import { bandWords } from '../../results/words.tsx';
import type { Page } from '../../site.ts';
import type { OpenWave } from '../data.ts';
import { fileLinks } from '../files/files.ts';
import { WaveChoice } from './choices.tsx';
import type { TabInput } from './tab.ts';

/** Partisipasi: the open wave first, then the chosen published one. */
export const participationTab = (input: TabInput) => {
  const { page, facts, release } = input;
  const { say, language } = page;
  return (
    <>
      {facts.openWave ? <OpenParticipation page={page} wave={facts.openWave} /> : null}
      <Card title={say('participation.closed')} id="ditutup">
        <div class="choices">
          <WaveChoice {...input} />
        </div>
        <BandTable
          page={page}
          id="ditutup-isi"
          caption={say('wave.closed-on', { date: formatDate(release.closedOn, language) })}
          groups={publishedGroups(release).map((group) => ({
            ...group,
            name: groupName(release, group),
          }))}
          participation={release.participation}
        />
        <p class="quiet">{say('participation.note')}</p>
        <Downloads label={say('files')} files={fileLinks(page, 'partisipasi')} />
      </Card>
    </>
  );
};

/** The open wave, which needs no release: it is all there is to see of the first one. */
export const OpenParticipation = ({ page, wave }: { page: Page; wave: OpenWave }) => {
  const { say, language } = page;
  return (
    <Card title={say('participation.open')} id="berjalan">
      <p>{say('participation.open.note', { closes: formatDate(wave.closesOn, language) })}</p>
      {wave.asOf === null ? (
        <p class="quiet">{say('participation.open.wait')}</p>
      ) : (
        <BandTable
          page={page}
          id="berjalan-isi"
          caption={say('participation.as-of', { date: formatDate(wave.asOf, language) })}
          groups={wave.groups}
          participation={wave.participation}
        />
      )}
      <p class="quiet">{say('participation.note')}</p>
    </Card>
  );
};

const BandTable = ({
  page,
  id,
  caption,
  groups,
  participation,
}: {
  page: Page;
  id: string;
  caption: string;
  groups: Release['groups'];
  participation: Release['participation'];
}) => (
  <ScrollTable id={id} caption={caption}>
    <thead>
      <tr>
        <th scope="col">{page.say('unit')}</th>
        <th scope="col">{page.say('level')}</th>
        <th scope="col">{page.say('participation')}</th>
      </tr>
    </thead>
    <tbody>
      {groups.map(({ unit, name, depth, levelLabel }) => {
        const { band = null, hidden = 'few' } =
          participation.find((one) => one.unit === unit) ?? {};
        return (
          <tr>
            <th scope="row">
              <span class="unit" style={`--depth:${depth}`}>
                {name}
              </span>
            </th>
            <td>{levelLabel || page.say('grade')}</td>
            {band === null ? (
              <HiddenCell say={page.say} reason={hidden} />
            ) : (
              <td>
                <span class="band" style={`--share:${middle(band)}%`}>
                  {bandWords(band)}
                </span>
              </td>
            )}
          </tr>
        );
      })}
    </tbody>
  </ScrollTable>
);

/** The middle of a band such as `60–69`, for its bar; 0 when the band names no number. */
const middle = (band: string): number => {
  const ends = (band.match(/\d+/g) ?? []).map(Number);
  return ends.length === 0 ? 0 : ends.reduce((sum, end) => sum + end, 0) / ends.length;
};
