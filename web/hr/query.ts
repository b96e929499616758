/** The HR page's state, all of it in the address. */
import type { Release, Score } from '../../core/results/release.ts';
import { agencyOf } from '../results/figures.ts';
import { oneOf, type Page, withQuery } from '../site.ts';

export const tabs = ['ringkasan', 'peta-panas', 'tren', 'partisipasi', 'metode'] as const;
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
  /** The wave before the chosen one. */
  readonly previous: Release | null;
  /** The unit of the trend, else the agency. */
  readonly unit: number | null;
};

/** Unknown values fall back, so that an old link still opens. */
export const readQuery = (query: URLSearchParams, releases: readonly Release[]): HrQuery => {
  const asked = releases.findIndex(({ wave }) => wave === query.get('periode'));
  const index = asked === -1 ? releases.length - 1 : asked;
  const release = releases[index] ?? null;
  const unit = Number(query.get('unit'));
  const known = release?.groups.some((group) => group.unit === unit);
  return {
    tab: oneOf(tabs, query.get('tab')) ?? 'ringkasan',
    score: scoreOf[oneOf(scoreWords, query.get('skor')) ?? 'kekhawatiran'],
    release,
    previous: releases[index - 1] ?? null,
    unit: known ? unit : release ? (agencyOf(release)?.unit ?? null) : null,
  };
};

/** The same page with other choices. */
export const hrLink = (page: Page, changes: Readonly<Record<string, string | null>>): string =>
  withQuery(page.path, page.query, changes);
