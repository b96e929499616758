/** What becomes of a message whose answer was lost and which nobody can look up (decision 19). */
import { type Stream, streams } from './streams.ts';

/** A nudge had better be missed than doubled; what must arrive had better be doubled than missed. */
type DoubtPolicy = 'at-most-once' | 'at-least-once';

const policies = {
  // Who never learns that a tip was outdated goes on believing it.
  correction: 'at-least-once',
  // Purpose, storage, readers and the way out: nothing else is sent to a person before it.
  welcome: 'at-least-once',
  // Whoever has not answered is reminded, whether or not the invitation arrived.
  pulse: 'at-most-once',
  leader: 'at-most-once',
  lesson: 'at-most-once',
  'lesson-later': 'at-most-once',
  'pulse-reminder': 'at-most-once',
} as const satisfies Readonly<Record<Stream, DoubtPolicy>>;

/** Streams whose messages in doubt are sent again. */
export const repeatedStreams: readonly Stream[] = (Object.keys(streams) as Stream[]).filter(
  (stream) => policies[stream] === 'at-least-once',
);

/** Tries after which a message in doubt is not sent again, whatever its stream. */
export const mostTries = 5;
