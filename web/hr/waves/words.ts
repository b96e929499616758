/** Survey periods in words: their state, place, depth, and the reasons and remarks of their schedule. */
import { aspects } from '../../../core/content/schema.ts';
import type { Language } from '../../../core/language.ts';
import { type Depth, depths } from '../../../core/results/release.ts';
import type { WaveFault } from '../../../core/survey/schedule/acts.ts';
import type { WaveNote } from '../../../core/survey/schedule/notes.ts';
import type { ScheduledWave } from '../../../core/survey/schedule/schedule.ts';
import { formatDate } from '../../format.ts';
import { oneOf } from '../../site.ts';
import { type PageSay, textsIn } from '../../texts.ts';

/** What saying a wave needs to know. */
export type Speaker = {
  readonly say: PageSay;
  readonly language: Language;
  /** What the units right below the agency are called. */
  readonly levels: readonly string[];
};

/** A speaker of a language. */
export const speakerOf = (language: Language, levels: readonly string[]): Speaker => ({
  say: textsIn(language),
  language,
  levels,
});

/** How far down a wave publishes. */
export const depthWords = ({ say, levels }: Speaker, depth: Depth): string =>
  say(`waves.depth.${depth}`, { levels: levels.join(', ') || '–' });

/** Where a wave stands in the programme. */
export const placeWords = ({ say }: Speaker, { place }: ScheduledWave): string =>
  say(`waves.place.${place ?? 'none'}`);

/** First and last day. */
export const spanWords = (
  { say, language }: Speaker,
  { opens, closes }: Pick<ScheduledWave, 'opens' | 'closes'>,
): string =>
  say('waves.span', { opens: formatDate(opens, language), closes: formatDate(closes, language) });

/** Why an act was refused. */
export const faultWords = (speaker: Speaker, { kind, ...values }: WaveFault): string =>
  speaker.say(`waves.fault.${kind}`, filled(speaker, values));

/** What is to be known of a schedule. */
export const noteWords = (speaker: Speaker, { kind, ...values }: WaveNote): string =>
  speaker.say(`waves.note.${kind}`, filled(speaker, values));

const filled = (
  speaker: Speaker,
  { dates = {}, words = {} }: Pick<WaveFault, 'dates' | 'words'>,
): Readonly<Record<string, string>> => {
  const told = Object.entries(dates).map(([name, date]) => [
    name,
    formatDate(date, speaker.language),
  ]);
  const aspect = oneOf(aspects, words['aspect']);
  const depth = oneOf(depths, words['depth']);
  return {
    ...words,
    ...Object.fromEntries(told),
    ...(aspect === null ? {} : { aspect: speaker.say(`aspect.${aspect}`) }),
    ...(depth === null ? {} : { depth: depthWords(speaker, depth) }),
  };
};
