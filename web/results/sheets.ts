/** The figures of a view as rows: one source for tables on pages and for the files one can take away. */
import type { Language } from '../../core/language.ts';
import {
  answersOf,
  cellOf,
  groupOf,
  participationIn,
  publishedGroups,
  trend,
} from '../../core/results/read.ts';
import type { Release, Score } from '../../core/results/release.ts';
import { formatDate } from '../format.ts';
import { hiddenWords } from '../parts/hidden-cell.tsx';
import type { Page } from '../site.ts';
import { askedAspects, groupName, groupsBelow } from './figures.ts';
import { gapWords } from './trend-words.ts';

/** A value that is not shown, and the words that say why. */
export type HiddenValue = { readonly hidden: string };
export type Value = string | number | HiddenValue;

export const isHidden = (value: Value): value is HiddenValue => typeof value === 'object';

export type Sheet = {
  readonly language: Language;
  readonly title: string;
  /** What a reader must know beside the figures: scale, meaning of the columns, threshold, wave. */
  readonly notes: readonly string[];
  /** `digits` after the decimal sign, where the column holds numbers. */
  readonly columns: readonly { readonly label: string; readonly digits?: number }[];
  readonly rows: readonly (readonly Value[])[];
};

type Chosen = { readonly score: Score; readonly unit: number | null };

/** Heat map: a row for every group and aspect. */
export const heatSheet = (page: Page, release: Release, { score, unit }: Chosen): Sheet => {
  const { say, language } = page;
  return {
    language,
    title: say('heat.caption', {
      score: say(`score.${score}`),
      date: formatDate(release.closedOn, language),
    }),
    notes: [say('sheet.scale'), say('heat.note'), ...notes(page, release)],
    columns: [
      { label: say('unit') },
      { label: say('level') },
      { label: say('aspect') },
      ...meanColumns(page),
    ],
    rows: groupsBelow(release, unit).flatMap((group) =>
      askedAspects(release, score).map((aspect) => {
        const cell = cellOf(release, group.unit, { score, aspect });
        return [
          groupName(release, group),
          group.levelLabel || say('grade'),
          say(`aspect.${aspect}`),
          ...(cell.shown
            ? [cell.mean, cell.low, cell.high, cell.band]
            : fill(4, hiddenWords(say, cell.hidden))),
        ];
      }),
    ),
  };
};

/** Trend: a row for every wave and aspect of one group, as far as they may be put in one line. */
export const trendSheet = (page: Page, releases: readonly Release[], unit: number): Sheet => {
  const { say, language } = page;
  const latest = releases.at(-1);
  const group = latest === undefined ? undefined : groupOf(latest, unit);
  const name = latest === undefined || group === undefined ? '' : groupName(latest, group);
  return {
    language,
    title: say('trend.title', { score: say('score.concern'), name }),
    notes: [
      say('sheet.scale'),
      say('trend.note'),
      ...(latest === undefined ? [] : notes(page, latest)),
    ],
    columns: [{ label: say('wave.closed') }, { label: say('aspect') }, ...meanColumns(page)],
    rows: (latest === undefined ? [] : askedAspects(latest, 'concern')).flatMap((aspect) =>
      trend(releases, unit, { score: 'concern', aspect }).map(({ closedOn, cell, gap }) => [
        formatDate(closedOn, language),
        say(`aspect.${aspect}`),
        ...(cell ? [cell.mean, cell.low, cell.high, cell.band] : fill(4, gapWords(say, gap))),
      ]),
    ),
  };
};

/** Answers: a row for every item, as one group answered it. */
export const answerSheet = (
  page: Page,
  release: Release,
  { unit, texts }: { readonly unit: number; readonly texts: ReadonlyMap<string, string> },
): Sheet => {
  const { say, language } = page;
  const group = groupOf(release, unit);
  return {
    language,
    title: say('answers.caption', {
      name: group === undefined ? '' : groupName(release, group),
      date: formatDate(release.closedOn, language),
    }),
    notes: [say('answers.note'), say('answers.range'), ...notes(page, release)],
    columns: [
      { label: say('method.item') },
      { label: say('answers.favourable'), digits: 0 },
      { label: say('sheet.low'), digits: 0 },
      { label: say('sheet.high'), digits: 0 },
      { label: say('answers.range-low'), digits: 0 },
      { label: say('answers.range-high'), digits: 0 },
      ...([1, 2, 3, 4, 5] as const).map((point) => ({
        label: say('answers.share', { point: say(`answers.point.${point}`) }),
        digits: 0,
      })),
      { label: say('n') },
    ],
    rows: release.items.map(({ id }) => {
      const cell = answersOf(release, unit, id);
      const name = texts.get(id) ?? id;
      if (!cell.shown) return [name, ...fill(11, hiddenWords(say, cell.hidden))];
      const { share, low, high, range } = cell.favourable;
      const shares = [share, low, high, range.low, range.high, ...cell.points];
      return [name, ...shares.map((each) => Math.round(each * 100)), cell.band];
    }),
  };
};

/** Participation: a row for every unit that has figures. */
export const participationSheet = (page: Page, release: Release): Sheet => {
  const { say, language } = page;
  return {
    language,
    title: `${say('participation')}, ${say('wave.closed-on', { date: formatDate(release.closedOn, language) })}`,
    notes: [say('participation.note')],
    columns: [{ label: say('unit') }, { label: say('level') }, { label: say('participation') }],
    rows: publishedGroups(release).map((group) => {
      const { band, hidden = 'few' } = participationIn(release, group.unit);
      return [
        groupName(release, group),
        group.levelLabel || say('grade'),
        band ?? { hidden: hiddenWords(say, hidden) },
      ];
    }),
  };
};

const meanColumns = ({ say }: Page) => [
  { label: say('mean'), digits: 2 },
  { label: say('sheet.low'), digits: 2 },
  { label: say('sheet.high'), digits: 2 },
  { label: say('n') },
];

const fill = (count: number, hidden: string): readonly HiddenValue[] =>
  Array.from({ length: count }, () => ({ hidden }));

const notes = ({ say, site, language }: Page, release: Release): readonly string[] => [
  say('sheet.wave', {
    agency: site.agency[language],
    date: formatDate(release.closedOn, language),
  }),
  say('frame.threshold'),
  say('method.interval.text'),
];
