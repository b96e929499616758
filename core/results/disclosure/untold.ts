/** What the people of a wave alone hide, whoever of them answers. */
import type { Attack } from '../attack/attack.ts';
import type { Group, HiddenReason } from '../release.ts';
import { fewestInvited } from '../threshold.ts';
import { type Suppression, suppress } from './disclosure.ts';

/** Per person the groups counted in. */
export type People = readonly (readonly number[])[];

/** Groups of which nothing is told, and why. */
export type Untold = ReadonlyMap<number, HiddenReason>;

/**
 * Groups of which nothing is told: neither figures nor a band. The means, points and intervals of two groups tell how
 * many answered in each, and which groups are shown tells something of it as well; of a directorate and the twelve
 * below its head that would say whether the head did. So no combination of the others leaves fewer than ten invited.
 * It depends on the frozen members alone, not on the wave's depth: made anew when a wave is limited, bands of two days
 * could be taken from each other.
 */
export const untoldOf = (
  groups: readonly Pick<Group, 'unit' | 'parent'>[],
  members: People,
  attack: Attack,
): Suppression => {
  const { hidden, ...tried } = suppress({ groups, respondents: members, attack }, fewestInvited);
  const reasons = [...hidden].map(
    ([unit, reason]) => [unit, reason === 'few' ? 'small' : reason] as const,
  );
  return { hidden: new Map(reasons), ...tried };
};
