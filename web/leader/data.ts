/** What the leader page reads and records; functions implements it over the store. */
import type { Text } from '../../core/language.ts';
import type { LearningRelease } from '../../core/results/learning.ts';
import type { Release } from '../../core/results/release.ts';
import type { OpenWave } from '../hr/data.ts';

/** This week's prompt for one unit's leader, its texts from content. */
export type WeekPrompt = {
  readonly id: string;
  readonly title: Text;
  readonly action: Text;
  /** About forty words to say in a meeting. */
  readonly script: Text;
  /** What staff would notice. */
  readonly sign: Text;
  /** The source line, e.g. "Sumber: …". */
  readonly source: Text;
  /** Null where nobody leads the unit, so that nothing can be noted. */
  readonly state: 'new' | 'committed' | 'done' | null;
};

/** A unit that the reader may look at: in the sample any, in production the reader's own. */
export type LeaderUnit = {
  readonly unit: number;
  readonly parent: number | null;
  readonly name: string;
  readonly levelLabel: string;
  readonly depth: number;
};

export type LeaderData = {
  readonly viewer: () => Promise<Text>;
  /** In tree order; the first is opened when none is chosen. */
  readonly units: () => Promise<readonly LeaderUnit[]>;
  /** Every published wave, oldest first. */
  readonly releases: () => Promise<readonly Release[]>;
  readonly openWave: () => Promise<OpenWave | null>;
  readonly adoption: () => Promise<LearningRelease | null>;
  /** Null before the programme's first prompt. */
  readonly prompt: (unit: number) => Promise<WeekPrompt | null>;
  /** Notes the intention or the deed once; a second press changes nothing. False where nobody leads the unit. */
  readonly record: (act: {
    readonly unit: number;
    readonly prompt: string;
    readonly act: 'commit' | 'done';
  }) => Promise<boolean>;
};
