/** Who takes part, in bands of ten points: the same groups on every day of a wave and in its release. */
import type { Attack } from './attack/attack.ts';
import { suppress } from './disclosure/disclosure.ts';
import { withinDepth } from './groups.ts';
import { shareBand } from './learning.ts';
import type { Depth, Group, HiddenReason, Participation } from './release.ts';
import { fewestInvited } from './threshold.ts';

/** Per person the groups counted in. */
type People = readonly (readonly number[])[];

/** Groups that get no band, and why. */
type Untold = ReadonlyMap<number, HiddenReason>;

/**
 * Groups that get no band. Those of thirteen people and of twelve among them would tell whether the thirteenth answered,
 * and on which day, so no combination of the others leaves fewer than ten invited. It depends on the frozen members
 * alone, not on the wave's depth: made anew when a wave is limited, bands of two days could be taken from each other.
 */
export const untoldOf = (groups: readonly Group[], members: People, attack: Attack): Untold =>
  suppress({ groups, respondents: members, attack }, fewestInvited).hidden;

/** Every group of a wave with its band, or why it has none. */
export const participationOf = ({
  groups,
  depth,
  members,
  answered,
  untold,
}: {
  /** As frozen at launch, as the members are. */
  readonly groups: readonly Group[];
  readonly depth: Depth;
  readonly members: People;
  readonly answered: People;
  readonly untold: Untold;
}): readonly Participation[] => {
  const within = new Set(withinDepth(groups, depth).map(({ unit }) => unit));
  const [parts, wholes] = [countPerUnit(answered), countPerUnit(members)];
  return groups.map(({ unit }) => {
    const hidden = within.has(unit) ? untold.get(unit) : 'depth';
    if (hidden !== undefined) return { unit, band: null, hidden };
    return { unit, band: shareBand(parts.get(unit) ?? 0, wholes.get(unit) ?? 0) };
  });
};

/** What the store keeps of a group from one day to the next: the band, or the reason. */
type Kept = { readonly unit: number; readonly band: string };

const reasons = ['few', 'protect', 'depth'] as const satisfies readonly HiddenReason[];

/** What is kept of a group. */
export const keep = ({ unit, band, hidden = 'few' }: Participation): Kept => ({
  unit,
  band: band ?? hidden,
});

/** What was kept, as it was told. */
export const asTold = ({ unit, band }: Kept): Participation => {
  const hidden = reasons.find((reason) => reason === band);
  return hidden === undefined ? { unit, band } : { unit, band: null, hidden };
};

/** The groups without a band as an earlier day left them, which spares the attack; null when it left one out. */
export const untoldBefore = (groups: readonly Group[], kept: readonly Kept[]): Untold | null => {
  const known = new Map(kept.map((one) => [one.unit, asTold(one)]));
  if (!groups.every(({ unit }) => known.has(unit))) return null;
  return new Map(
    [...known].flatMap(([unit, { hidden }]) => (hidden === undefined ? [] : [[unit, hidden]])),
  );
};

const countPerUnit = (people: People): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const groups of people)
    for (const unit of groups) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return counts;
};
