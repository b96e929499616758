/** The HR page's state, all of it in the address. */
import { agencyOf, publishedGroups, upwards } from '../../core/results/read.ts';
import type { Release, Score } from '../../core/results/release.ts';
import { oneOf, type Page, withQuery } from '../site.ts';

export const tabs = [
  'ringkasan',
  'peta-panas',
  'tren',
  'sebaran',
  'partisipasi',
  'komentar',
  'ekspor',
  'metode',
] as const;
type Tab = (typeof tabs)[number];

const scoreWords = ['kekhawatiran', 'hambatan'] as const;
const scoreOf = { kekhawatiran: 'concern', hambatan: 'condition' } as const;

/** The word of a score in the address. */
export const scoreWord: Readonly<Record<Score, string>> = {
  concern: 'kekhawatiran',
  condition: 'hambatan',
};

export type HrQuery = {
  readonly tab: Tab;
  readonly score: Score;
  /** The chosen wave, else the newest; null before the first release. */
  readonly release: Release | null;
  /** The chosen group, else the agency. */
  readonly unit: number | null;
  /** The heat map as a plain table. */
  readonly asTable: boolean;
};

/** Unknown values fall back, so that an old link still opens. */
export const readQuery = (query: URLSearchParams, releases: readonly Release[]): HrQuery => {
  const asked = query.get('periode');
  const release = releases.find(({ wave }) => wave === asked) ?? releases.at(-1) ?? null;
  return {
    tab: oneOf(tabs, query.get('tab')) ?? 'ringkasan',
    score: scoreOf[oneOf(scoreWords, query.get('skor')) ?? 'kekhawatiran'],
    release,
    unit: release === null ? null : unitOf(release, query.get('unit')),
    asTable: query.get('tampilan') === 'tabel',
  };
};

/** The asked group or, where the wave is published for larger ones only, the nearest of these that holds it. */
const unitOf = (release: Release, asked: string | null): number | null => {
  const published = new Set(publishedGroups(release).map(({ unit }) => unit));
  const chain = asked === null ? [] : upwards(release, Number(asked));
  return (chain.find(({ unit }) => published.has(unit)) ?? agencyOf(release))?.unit ?? null;
};

/** The same page with other choices. */
export const hrLink = (page: Page, changes: Readonly<Record<string, string | null>>): string =>
  withQuery('/hr', page.query, changes);
