/** Messages that are stopped or paused: whoever gets none is promised none. */
import { localDate } from '../calendar/work-time.ts';
import type { LocalDate } from '../clock.ts';
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import type { Language } from '../language.ts';
import { longDate } from './home.ts';

/** What a person decided about their messages. */
export type Sending = {
  readonly language: Language;
  readonly zone: string;
  readonly stopped: boolean;
  readonly pausedUntil: LocalDate | null;
};

/** The last day of a pause that still holds, as people read it; null without one. */
export const pauseEnd = (
  { pausedUntil, zone, language }: Omit<Sending, 'stopped'>,
  now: Date,
): string | null =>
  pausedUntil === null || pausedUntil < localDate(zone, now)
    ? null
    : longDate(pausedUntil, language);

/** That messages are still stopped or paused, and how to go on; null while they come. */
export const heldText = (catalogue: Catalogue, sending: Sending, now: Date): string | null => {
  const say = sayIn(catalogue, sending.language);
  if (sending.stopped) return say('answer.still-stopped');
  const until = pauseEnd(sending, now);
  return until === null ? null : say('answer.still-paused', { until });
};
