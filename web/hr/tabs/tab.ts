/** What every tab of the HR page draws from. */
import type { Item } from '../../../core/content/schema.ts';
import type { LearningRelease } from '../../../core/results/learning.ts';
import type { Release } from '../../../core/results/release.ts';
import type { Page } from '../../site.ts';
import type { OpenWave } from '../data.ts';
import type { HrQuery } from '../query.ts';

export type HrFacts = {
  readonly releases: readonly Release[];
  readonly openWave: OpenWave | null;
  readonly adoption: LearningRelease | null;
  readonly items: readonly Item[];
};

/** What a tab draws from; `release` is the chosen wave. */
export type TabInput = {
  readonly page: Page;
  readonly facts: HrFacts;
  readonly query: HrQuery;
  readonly release: Release;
};
