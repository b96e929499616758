/** What the HR page reads; functions implements it over the store. */
import type { LocalDate } from '../../core/clock.ts';
import type { Item } from '../../core/content/schema.ts';
import type { Text } from '../../core/language.ts';
import type { LearningRelease } from '../../core/results/learning.ts';
import type { Group, Release } from '../../core/results/release.ts';

/** A wave still taking answers: nothing but participation bands of the day leaves it. */
export type OpenWave = {
  readonly wave: string;
  readonly opensOn: LocalDate;
  readonly closesOn: LocalDate;
  /** Local day of the bands; null before the first daily run. */
  readonly asOf: LocalDate | null;
  /** The units that it may speak of. */
  readonly groups: readonly Group[];
  /** As in a release. */
  readonly participation: Release['participation'];
};

export type HrData = {
  /** Who is reading, as the frame shows it. */
  readonly viewer: () => Promise<Text>;
  /** Every published wave, oldest first. */
  readonly releases: () => Promise<readonly Release[]>;
  readonly openWave: () => Promise<OpenWave | null>;
  /** The newest published week, null before the first. */
  readonly adoption: () => Promise<LearningRelease | null>;
  /** The survey's items, for the method tab. */
  readonly items: () => Promise<readonly Item[]>;
};
