/** The selectors of the HR page: score as links, wave and unit as small forms that need no script. */
import type { Child } from 'hono/jsx';
import { type Score, scores } from '../../core/results/release.ts';
import { formatDate } from '../format.ts';
import { Choice } from '../parts/switches.tsx';
import { inTreeOrder } from '../results/figures.ts';
import type { Page } from '../site.ts';
import { hrLink, scoreWord } from './query.ts';
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
  <SelectForm page={page} name="periode" label={page.say('choice.wave')}>
    {[...facts.releases].reverse().map(({ wave, closedOn }) => (
      <option value={wave} selected={wave === release.wave}>
        {page.say('wave.closed-on', { date: formatDate(closedOn, page.language) })}
      </option>
    ))}
  </SelectForm>
);

/** Every unit of the wave, indented by depth. */
export const UnitChoice = ({ page, query, release }: TabInput) => (
  <SelectForm page={page} name="unit" label={page.say('choice.unit')}>
    {inTreeOrder(release.groups).map(({ unit, name, depth }) => (
      <option value={String(unit)} selected={unit === query.unit}>
        {`${'\u00a0\u00a0'.repeat(depth)}${name}`}
      </option>
    ))}
  </SelectForm>
);

/** A GET form of one select that keeps the rest of the address. */
const SelectForm = ({
  page,
  name,
  label,
  children,
}: {
  page: Page;
  name: string;
  label: string;
  children?: Child;
}) => (
  <form class="select-form" method="get" action={page.path}>
    {[...page.query]
      .filter(([key]) => key !== name)
      .map(([key, value]) => (
        <input type="hidden" name={key} value={value} />
      ))}
    <label for={`pilih-${name}`}>{label}</label>
    <select id={`pilih-${name}`} name={name}>
      {children}
    </select>
    <button type="submit">{page.say('choice.show')}</button>
  </form>
);
