/** What a release's figures mean in words: a key figure, its change, one sentence. */
import type { LearningRelease } from '../../core/results/learning.ts';
import { cellOf, changeOf } from '../../core/results/read.ts';
import type { ChangeCell, HiddenReason, Release, Score } from '../../core/results/release.ts';
import { formatChange, formatDate, formatInterval, formatScore, formatWeek } from '../format.ts';
import { hiddenWords } from '../parts/hidden-cell.tsx';
import { KeyFigure } from '../parts/key-figure.tsx';
import type { Page } from '../site.ts';
import type { PageSay } from '../texts.ts';
import { highestAspects } from './figures.ts';

/** A release among those before it, oldest first. */
export type InTime = { readonly now: Release; readonly releases: readonly Release[] };

/** A score over all aspects with its interval and what became of it since an earlier wave. */
export const ScoreFigure = ({
  page,
  now,
  releases,
  of,
}: InTime & {
  page: Page;
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
      since={
        of.score === 'condition'
          ? say('change.rotates')
          : sinceWords(page, { now, releases }, changeOf(now, of.unit, 'all'))
      }
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
  const { band = null, hidden } = adoption?.units.find((each) => each.unit === unit) ?? {};
  return (
    <KeyFigure
      label={say('read')}
      value={band === null ? null : bandWords(band)}
      hidden={adoption ? unreadWords(say, hidden) : say('read.none')}
      detail={
        adoption ? say('read.detail', { week: formatWeek(adoption.week, language) }) : undefined
      }
    />
  );
};

/** Why a week tells no band of a unit; those of earlier versions kept no reason. */
const unreadWords = (say: PageSay, hidden?: HiddenReason): string =>
  hidden === 'small' || hidden === 'few' ? say('read.few') : hiddenWords(say, hidden ?? 'few');

/** A change as judged for the whole release, or why there is none. */
export const sinceWords = (
  { say, language }: Page,
  { now, releases }: InTime,
  change: ChangeCell | null,
): string => {
  const before = releases.slice(0, releases.indexOf(now));
  if (before.length === 0) return say('change.first');
  const since = before.find(({ wave }) => wave === change?.since);
  if (change === null || since === undefined) return say('change.unknown');
  return say(`change.${change.verdict}`, {
    by: formatChange(change.delta, language),
    detectable: formatChange(change.detectable, language),
    date: formatDate(since.closedOn, language),
  });
};

/** One sentence: what changed since the earlier wave, and where concern stands highest. */
export const meaning = (page: Page, { now, releases, unit }: InTime & { unit: number }): string => {
  const { say } = page;
  const change = changeOf(now, unit, 'all');
  const first =
    releases.indexOf(now) <= 0
      ? say('meaning.first')
      : say(change === null ? 'meaning.unknown' : `meaning.${change.verdict}`);
  const names = highestAspects(now, unit, 'concern').map((aspect) => say(`aspect.${aspect}`));
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
