/** What a release's figures mean in words: a key figure, its change, one sentence. */
import type { LearningRelease } from '../../core/results/learning.ts';
import { cellOf } from '../../core/results/read.ts';
import type { Release, Score } from '../../core/results/release.ts';
import { formatChange, formatDate, formatInterval, formatScore, formatWeek } from '../format.ts';
import { hiddenWords } from '../parts/hidden-cell.tsx';
import { KeyFigure } from '../parts/key-figure.tsx';
import type { Page } from '../site.ts';
import { type Change, changeBetween, highestAspects } from './figures.ts';

/** A score over all aspects with its interval and what became of it since the wave before. */
export const ScoreFigure = ({
  page,
  now,
  before,
  of,
}: {
  page: Page;
  now: Release;
  before: Release | null;
  of: { readonly unit: number; readonly score: Score };
}) => {
  const { say, language } = page;
  const cell = cellOf(now, of.unit, { score: of.score, aspect: 'all' });
  const label = say(`score.${of.score}`);
  if (!cell.shown)
    return <KeyFigure label={label} value={null} hidden={hiddenWords(say, cell.hidden)} />;
  return (
    <KeyFigure
      label={label}
      value={formatScore(cell.mean, language)}
      detail={say('figure.interval', { interval: formatInterval(cell, language), n: cell.band })}
      since={sinceWords(page, { now, before, ...of })}
    />
  );
};

/** Who acted on a lesson in the newest published week, as a band. */
export const ReadFigure = ({
  page,
  adoption,
  unit,
}: {
  page: Page;
  adoption: LearningRelease | null;
  unit: number;
}) => {
  const { say, language } = page;
  const band = adoption?.units.find((each) => each.unit === unit)?.band ?? null;
  return (
    <KeyFigure
      label={say('read')}
      value={band === null ? null : bandWords(band)}
      hidden={adoption ? hiddenWords(say, 'few') : say('read.none')}
      detail={
        adoption ? say('read.detail', { week: formatWeek(adoption.week, language) }) : undefined
      }
    />
  );
};

type Compared = {
  readonly now: Release;
  readonly before: Release | null;
  readonly unit: number;
  readonly score: Score;
};

const change = ({ now, before, unit, score }: Compared): Change | null => {
  const measure = { score, aspect: 'all' } as const;
  const after = cellOf(now, unit, measure);
  const earlier = before ? cellOf(before, unit, measure) : null;
  return after.shown && earlier?.shown ? changeBetween(earlier, after) : null;
};

const sinceWords = ({ say, language }: Page, compared: Compared): string => {
  if (compared.before === null) return say('change.first');
  const changed = change(compared);
  if (changed === null) return say('change.unknown');
  if (changed.kind === 'unclear') return say('change.unclear');
  return say(`change.${changed.kind}`, {
    by: formatChange(changed.by, language),
    from: formatChange(changed.kind === 'up' ? changed.low : changed.high, language),
    to: formatChange(changed.kind === 'up' ? changed.high : changed.low, language),
    date: formatDate(compared.before.closedOn, language),
  });
};

/** One sentence: what changed since the last wave, and where concern stands highest. */
export const meaning = (
  page: Page,
  of: { readonly now: Release; readonly before: Release | null; readonly unit: number },
): string => {
  const { say } = page;
  const changed = of.before ? change({ ...of, score: 'concern' }) : null;
  const first =
    of.before === null
      ? say('meaning.first')
      : changed === null
        ? say('meaning.unknown')
        : say(`meaning.${changed.kind}`);
  const names = highestAspects(of.now, of.unit, 'concern').map((aspect) => say(`aspect.${aspect}`));
  if (names.length === 0) return `${first}.`;
  if (names.length === 5) return `${first}; ${say('meaning.level')}.`;
  const [top = ''] = names;
  const clause =
    names.length === 1
      ? say('meaning.highest', { name: top })
      : say('meaning.highest-par', { names: list(names, page.language) });
  return `${first}; ${clause}.`;
};

/** `Data, SDM, dan Budaya`. */
const list = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names);

/** A band of percent as printed: `60–69%`. */
export const bandWords = (band: string): string => `${band.replace(/\s*%$/, '')}%`;
