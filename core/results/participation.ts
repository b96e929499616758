/** Who takes part, in bands of ten points: the same groups on every day of a wave and in its release. */
import type { People, Untold } from './disclosure/untold.ts';
import { withinDepth } from './groups.ts';
import { shareBand } from './learning.ts';
import type { Depth, Group, HiddenReason, Participation } from './release.ts';

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

const reasons = ['small', 'protect', 'depth'] as const satisfies readonly HiddenReason[];

/** What is kept of a group. */
export const keep = ({ unit, band, hidden = 'small' }: Participation): Kept => ({
  unit,
  band: band ?? hidden,
});

/** What was kept, as it was told; earlier versions wrote `few` where fewer than ten were invited. */
export const asTold = ({ unit, band }: Kept): Participation => {
  const hidden = band === 'few' ? 'small' : reasons.find((reason) => reason === band);
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
