/** Concern over the waves for the chosen group against the agency, and what of it is a change. */
import { agencyOf, cellOf, changeOf, groupOf, trendGroup } from '../../../core/results/read.ts';
import type { Group, Release } from '../../../core/results/release.ts';
import { formatScore } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { Downloads } from '../../parts/downloads.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { HiddenCell } from '../../parts/hidden-cell.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import { askedAspects, groupName } from '../../results/figures.ts';
import { trendFigure } from '../../results/trend-figure.tsx';
import { sinceWords } from '../../results/words.tsx';
import type { Page } from '../../site.ts';
import { fileLinks } from '../files/files.ts';
import { UnitChoice } from './choices.tsx';
import type { TabInput } from './tab.ts';

const measure = { score: 'concern', aspect: 'all' } as const;

/** Whose trend stands for a unit on the page and in its files; null where no group above carries one either. */
export const trendChoice = (
  page: Page,
  releases: readonly Release[],
  unit: number,
): { readonly shown: Group | null; readonly notice: string | null } => {
  const latest = releases.at(-1);
  const chosen = latest === undefined ? undefined : (groupOf(latest, unit) ?? agencyOf(latest));
  if (latest === undefined || chosen === undefined) return { shown: null, notice: null };
  const shown = trendGroup(releases, chosen.unit, measure);
  if (shown === null || shown.unit === chosen.unit) return { shown, notice: null };
  const names = { own: groupName(latest, chosen), name: groupName(latest, shown) };
  return { shown, notice: page.say('trend.above', names) };
};

/** Tren: of the anchors alone, for the other items change from wave to wave. */
export const trendTab = async (input: TabInput) => {
  const { page, facts, query } = input;
  const { say } = page;
  const latest = facts.releases.at(-1) ?? input.release;
  const { shown, notice } = trendChoice(page, facts.releases, query.unit ?? 0);
  return (
    <>
      <div class="choices">
        <UnitChoice input={{ ...input, release: latest }} barred={hiddenNow} />
      </div>
      <p class="quiet">{say('trend.note')}</p>
      {shown === null ? (
        <EmptyState title={say('trend.words.none')} advice={say('leader.none.advice')} />
      ) : (
        <>
          {notice === null ? null : <Notice>{notice}</Notice>}
          <div class="pair">
            <Card title={groupName(latest, shown)} id="tren-kelompok">
              {await chart(input, latest, shown)}
              <Downloads label={say('files')} files={fileLinks(page, 'tren')} />
            </Card>
            <Changes page={page} releases={facts.releases} latest={latest} group={shown} />
          </div>
        </>
      )}
    </>
  );
};

/** The line of a group, drawn against the agency's. */
const chart = ({ page, facts }: TabInput, latest: Release, shown: Group) => {
  const agency = agencyOf(latest);
  return trendFigure(page, {
    id: 'tren-kekhawatiran',
    title: page.say('trend.title', {
      score: page.say('score.concern'),
      name: groupName(latest, shown),
    }),
    measure,
    releases: facts.releases,
    units: [
      { unit: shown.unit, name: groupName(latest, shown) },
      ...(agency === undefined || agency.unit === shown.unit ? [] : [agency]),
    ],
  });
};

const hiddenNow = (release: Release, { unit }: Group) => {
  const cell = cellOf(release, unit, measure);
  return cell.shown ? null : cell.hidden;
};

const Changes = ({
  page,
  releases,
  latest,
  group,
}: {
  page: Page;
  releases: readonly Release[];
  latest: Release;
  group: Group;
}) => {
  const { say, language } = page;
  return (
    <Card title={say('changes.title')} id="perubahan">
      <ScrollTable
        id="perubahan-isi"
        caption={say('changes.caption', { name: groupName(latest, group) })}
        className="changes"
      >
        <thead>
          <tr>
            <th scope="col">{say('aspect')}</th>
            <th scope="col">{say('mean')}</th>
            <th scope="col">{say('changes.change')}</th>
          </tr>
        </thead>
        <tbody>
          {askedAspects(latest, 'concern').map((aspect) => {
            const cell = cellOf(latest, group.unit, { score: 'concern', aspect });
            return (
              <tr>
                <th scope="row">{say(`aspect.${aspect}`)}</th>
                {cell.shown ? (
                  <>
                    <td>{formatScore(cell.mean, language)}</td>
                    <td>
                      {sinceWords(
                        page,
                        { now: latest, releases },
                        changeOf(latest, group.unit, aspect),
                      )}
                    </td>
                  </>
                ) : (
                  <HiddenCell say={say} reason={cell.hidden} span={2} />
                )}
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
      <p class="quiet">{say('changes.note')}</p>
    </Card>
  );
};
