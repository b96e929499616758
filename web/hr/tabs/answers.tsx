/** How a group answered each item: diverging bars, the favourable share with its interval, the same as a table. */
import type { Item } from '../../../core/content/schema.ts';
import type { Language } from '../../../core/language.ts';
import { answersOf, groupOf } from '../../../core/results/read.ts';
import type { AnswerCell, Group, HiddenReason, Release } from '../../../core/results/release.ts';
import { formatPercent } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { Downloads } from '../../parts/downloads.tsx';
import { hiddenWords } from '../../parts/hidden-cell.tsx';
import { heatClass } from '../../results/colour.ts';
import { groupName } from '../../results/figures.ts';
import { answerSheet } from '../../results/sheets.ts';
import type { Page } from '../../site.ts';
import { fileLinks } from '../files/files.ts';
import { ClosedOn, UnitChoice, WaveChoice } from './choices.tsx';
import { SheetTable } from './sheet-table.tsx';
import type { TabInput } from './tab.ts';

/** Sebaran. */
export const answersTab = (input: TabInput) => {
  const { page, facts, query, release } = input;
  const { say } = page;
  const group = groupOf(release, query.unit ?? 0);
  const texts = itemTexts(facts.items, page.language);
  return (
    <Card title={say('answers.title')} id="sebaran">
      <div class="choices">
        <WaveChoice {...input} />
        <UnitChoice input={input} barred={nothingShown} />
      </div>
      <p class="quiet">
        {say('answers.note')} {say('answers.range')}
      </p>
      <Legend page={page} />
      {group === undefined ? null : (
        <>
          <h3>{groupName(release, group)}</h3>
          <ClosedOn page={page} release={release} />
          <ol class="plain-list answers">
            {release.items.map(({ id }, index) => (
              <li>
                <p id={`butir-${index}`}>
                  {texts.get(id) ?? id}{' '}
                  {facts.items.find((item) => item.id === id)?.reverse ? (
                    <span class="quiet">{say('method.reverse')}</span>
                  ) : null}
                </p>
                <Answer page={page} cell={answersOf(release, group.unit, id)} />
              </li>
            ))}
          </ol>
          <details>
            <summary>{say('table.show')}</summary>
            <SheetTable
              id="sebaran-tabel"
              sheet={answerSheet(page, release, { unit: group.unit, texts })}
            />
          </details>
        </>
      )}
      <Downloads label={say('files')} files={fileLinks(page, 'sebaran')} />
    </Card>
  );
};

/** The items' words by id. */
export const itemTexts = (
  items: readonly Item[],
  language: Language,
): ReadonlyMap<string, string> => new Map(items.map(({ id, text }) => [id, text[language]]));

/** Why no answer of the group is shown; null when one is. */
const nothingShown = (release: Release, { unit }: Group): HiddenReason | null => {
  const cells = release.items.map(({ id }) => answersOf(release, unit, id));
  const [first] = cells;
  return first === undefined || first.shown || cells.some(({ shown }) => shown)
    ? null
    : first.hidden;
};

const Answer = ({ page, cell }: { page: Page; cell: AnswerCell }) => {
  const { say, language } = page;
  if (!cell.shown)
    return (
      <p class="hatched answer-hidden">
        <span class="hatched-words">{hiddenWords(say, cell.hidden)}</span>
      </p>
    );
  const { share, low, high, range } = cell.favourable;
  const percent = (value: number): string => formatPercent(value, language);
  const words = say('answers.words', {
    share: percent(share),
    interval: `${percent(low)}–${percent(high)}`,
    range: `${percent(range.low)}–${percent(range.high)}`,
    n: cell.band,
  });
  return (
    <>
      <div class="likert" aria-hidden="true" style={`--start:${startOf(cell.points)}%`}>
        {cell.points.map((part, index) =>
          part === 0 ? null : (
            <span class={`heat-cell ${heatClass(index + 1)}`} style={`--part:${part * 50}%`}>
              {part >= 0.12 ? percent(part) : ''}
            </span>
          ),
        )}
      </div>
      <p class="quiet">{words}</p>
    </>
  );
};

/** Where the bar begins, so that the middle of the neutral answers lies in the middle; the bar takes half the width. */
const startOf = ([least = 0, little = 0, neutral = 0]: readonly number[]): number =>
  Math.max(0, 50 - 50 * (least + little + neutral / 2));

const Legend = ({ page }: { page: Page }) => (
  <ul class="plain-list likert-legend" aria-label={page.say('answers.points')}>
    {([1, 2, 3, 4, 5] as const).map((point) => (
      <li>
        <span class={`heat-cell ${heatClass(point)}`} aria-hidden="true"></span>
        {page.say(`answers.point.${point}`)}
      </li>
    ))}
  </ul>
);
