/** What the pages of the survey periods read and do; functions implements it over the store. */
import type { LocalDate } from '../../../core/clock.ts';
import type { Item } from '../../../core/content/schema.ts';
import type { Text } from '../../../core/language.ts';
import type { WaveAct, WaveOutcome } from '../../../core/survey/schedule/acts.ts';
import type { WaveNote } from '../../../core/survey/schedule/notes.ts';
import type { Schedule } from '../../../core/survey/schedule/schedule.ts';
import type { PreviewData, Sample } from '../../preview/data.ts';

/** The schedule and what is to be known of it. */
export type WavesFacts = {
  readonly schedule: Schedule;
  readonly notes: readonly WaveNote[];
  /** What the units right below the agency are called. */
  readonly levels: readonly string[];
};

/** What staff will see of one wave. */
export type WavePreview = {
  readonly items: readonly Item[];
  readonly messages: readonly {
    readonly what: 'invitation' | 'form' | 'reminder';
    readonly sample: Sample;
  }[];
};

export type WavesData = {
  /** Who is reading, as the frame shows it. */
  readonly viewer: () => Promise<Text>;
  readonly facts: () => Promise<WavesFacts>;
  /** Done and audited, or refused with every reason. */
  readonly act: (act: WaveAct) => Promise<WaveOutcome>;
  /** Null when there is no such wave. */
  readonly preview: (wave: string) => Promise<WavePreview | null>;
  /** Days on which those without a ballot are reminded. */
  readonly reminders: (wave: string) => Promise<readonly LocalDate[]>;
  readonly rules: PreviewData['rules'];
};
