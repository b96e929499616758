/** The selectors of the HR page: score as links, wave and group as small forms that need no script. */
import { raw } from 'hono/html';
import { publishedGroups } from '../../../core/results/read.ts';
import type { Group, HiddenReason, Release, Score } from '../../../core/results/release.ts';
import { scores } from '../../../core/results/release.ts';
import { formatDate } from '../../format.ts';
import { escapeText } from '../../parts/escape.ts';
import { hiddenWords } from '../../parts/hidden-cell.tsx';
import { Choice } from '../../parts/switches.tsx';
import { groupName } from '../../results/figures.ts';
import type { Page } from '../../site.ts';
import { hrLink, scoreWord } from '../query.ts';
import type { TabInput } from './tab.ts';

/** One score or the other. */
export const ScoreChoice = ({ page, score }: { page: Page; score: Score }) => (
  <Choice
    label={page.say('choice.score')}
    options={scores.map((each) => ({
      href: hrLink(page, { skor: scoreWord[each] }),
      label: page.say(`score.${each}`),
      chosen: each === score,
    }))}
  />
);

/** The published waves, newest first. */
export const WaveChoice = ({ page, facts, release }: TabInput) => (
  <SelectForm
    page={page}
    name="periode"
    label={page.say('choice.wave')}
    options={[...facts.releases].reverse().map(({ wave, closedOn }) => ({
      value: wave,
      label: page.say('wave.closed-on', { date: formatDate(closedOn, page.language) }),
      chosen: wave === release.wave,
    }))}
  />
);

/** The chosen wave in words, beside what is of it: paper shows no selectors. */
export const ClosedOn = ({ page, release }: Pick<TabInput, 'page' | 'release'>) => (
  <p class="quiet">
    {page.say('wave.closed-on', { date: formatDate(release.closedOn, page.language) })}
  </p>
);

/** Why a group cannot be chosen, or null. */
type Barred = (release: Release, group: Group) => HiddenReason | null;

/**
 * The groups of the wave that have figures, indented by depth. One of which nothing may be shown cannot be chosen,
 * and says why.
 */
export const UnitChoice = ({
  input: { page, query, release },
  barred = () => null,
}: {
  input: TabInput;
  barred?: Barred;
}) => (
  <SelectForm
    page={page}
    name="unit"
    label={page.say('choice.unit')}
    options={publishedGroups(release).map((group) => {
      const reason = barred(release, group);
      const why = reason === null ? '' : ` (${hiddenWords(page.say, reason)})`;
      return {
        value: String(group.unit),
        label: `${'\u00a0\u00a0'.repeat(group.depth)}${groupName(release, group)}${why}`,
        chosen: group.unit === query.unit,
        barred: reason !== null,
      };
    })}
  />
);

type Option = {
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
  readonly barred?: boolean;
};

/** A GET form of one select that keeps the rest of the address. */
const SelectForm = ({
  page,
  name,
  label,
  options,
}: {
  page: Page;
  name: string;
  label: string;
  options: readonly Option[];
}) => (
  <form class="select-form" method="get" action={page.path}>
    {[...page.query]
      .filter(([key]) => key !== name)
      .map(([key, value]) => (
        <input type="hidden" name={key} value={value} />
      ))}
    <label for={`pilih-${name}`}>{label}</label>
    <select id={`pilih-${name}`} name={name}>
      {raw(options.map(optionMarkup).join(''))}
    </select>
    <button type="submit">{page.say('choice.show')}</button>
  </form>
);

const optionMarkup = ({ value, label, chosen, barred }: Option): string =>
  `<option value="${escapeText(value)}"${chosen ? ' selected' : ''}${barred ? ' disabled' : ''}>${escapeText(label)}</option>`;
