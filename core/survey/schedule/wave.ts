/** The life of a wave, as decisions: which step is due. */
import { minute } from '../../clock.ts';

/** open → closing → published → erased; there is no way back and no fifth state. */
export const waveStatuses = ['open', 'closing', 'published', 'erased'] as const;
export type WaveStatus = (typeof waveStatuses)[number];

/** gone = not found when the wave was to be counted; abandoned = an operator gave it up since, and it has no release. */
export type KeyState = 'kept' | 'gone' | 'abandoned';

/** Each step moves a wave from exactly one status to the next and may be repeated until it has. */
export const waveSteps = {
  close: { from: 'open', to: 'closing' },
  publish: { from: 'closing', to: 'published' },
  erase: { from: 'published', to: 'erased' },
} as const satisfies Record<string, { readonly from: WaveStatus; readonly to: WaveStatus }>;
export type WaveStep = keyof typeof waveSteps;

/** Minutes an answer sent before the close may still wait in the queue: a few tries and a restart of whoever handles it. */
const queueMinutes = 15;

/** When a wave that closes at `closesAt` is taken up for counting: ballots on their way at the close have come in. */
export const countsAt = (closesAt: Date): Date =>
  new Date(closesAt.getTime() + queueMinutes * minute);

/** The step a wave is due for at `now`, or null: an open wave waits for its last ballots, an erased one for nothing. */
export const nextStep = (
  wave: { readonly status: WaveStatus; readonly closesAt: Date },
  now: Date,
): WaveStep | null => {
  if (wave.status === 'open' && now < countsAt(wave.closesAt)) return null;
  const due = Object.entries(waveSteps).find(([, { from }]) => from === wave.status);
  return due === undefined ? null : (due[0] as WaveStep);
};
