/** The trend over waves, one chart a score, for the chosen unit against the agency. */
import { scores } from '../../core/results/release.ts';
import { Card } from '../parts/card.tsx';
import { agencyOf } from '../results/figures.ts';
import { trendFigure } from '../results/trend-figure.tsx';
import { UnitChoice } from './choices.tsx';
import { scoreWord } from './query.ts';
import type { TabInput } from './tab.ts';

/** Tren. */
export const trendTab = async (input: TabInput) => {
  const { page, facts, query, release } = input;
  const agency = agencyOf(release);
  const chosen = release.groups.find(({ unit }) => unit === query.unit) ?? agency;
  const units = [chosen, agency].flatMap((group, index, all) =>
    group && (index === 0 || group.unit !== all[0]?.unit) ? [group] : [],
  );
  const charts = await Promise.all(
    scores.map((score) =>
      trendFigure(page, {
        id: `tren-${scoreWord[score]}`,
        title: page.say('trend.title', {
          score: page.say(`score.${score}`),
          name: chosen?.name ?? '',
        }),
        score,
        releases: facts.releases,
        units,
      }),
    ),
  );
  return (
    <>
      <div class="choices">
        <UnitChoice {...input} />
      </div>
      <p class="quiet">{page.say('trend.note')}</p>
      <div class="pair">
        {charts.map((chart, index) => (
          <Card title={page.say(`score.${scores[index] ?? 'concern'}`)} id={`skor-${index}`}>
            {chart}
          </Card>
        ))}
      </div>
    </>
  );
};
