/** Which groups of one measure may be published: depends on who is in which group, never on an answer. */
import type { Attack, Leak } from '../attack/attack.ts';
import { latticeOf, type Members, merged, placesOf, type Twins } from '../attack/lattice.ts';
import type { Group, HiddenReason } from '../release.ts';
import { fewestRespondents } from '../threshold.ts';

export type Suppression = {
  readonly hidden: ReadonlyMap<number, HiddenReason>;
  /** Systems of equations that the attack examined. */
  readonly systems: number;
  /** Systems the solver gave up on, each taken as a leak. */
  readonly undecided: number;
};

export type Question = {
  readonly groups: readonly Pick<Group, 'unit' | 'parent'>[];
  /** Per respondent of the measure the groups this person counts in. */
  readonly respondents: readonly (readonly number[])[];
  /**
   * Everybody invited; the respondents when not given. By their number the group to hide is chosen, so that whichever of
   * two it is tells nothing of who answered; and where none of them answered, a combination that shows it is a leak.
   */
  readonly places?: readonly Members[];
  readonly attack: Attack;
};

/**
 * Hides groups with fewer than `fewest` respondents (six), then, as long as a combination of what is left rests on
 * fewer than that, the smallest group of the combination: of the groups below a root first, else of the roots. The
 * largest root is never hidden when it has respondents enough; the size of a group is that of its invited. In the end a
 * group that a later one made superfluous is shown again: every figure shown withstands the attack, every one hidden
 * for protection would open it.
 */
export const suppress = (
  { groups, respondents, places, attack }: Question,
  fewest: number = fewestRespondents,
): Suppression => {
  const members = merged([
    ...placesOf(respondents),
    ...(places ?? []).map((place) => ({ groups: place.groups, count: 0 })),
  ]);
  const sizes = sizesOf(members);
  const invited = places === undefined ? sizes : sizesOf(places);
  const open = new Set(
    groups.flatMap(({ unit }) => ((sizes.get(unit) ?? 0) < fewest ? [] : [unit])),
  );
  const few = groups.flatMap(({ unit }) => (open.has(unit) ? [] : [unit]));
  let [systems, undecided] = [0, 0];
  const tried: Attack = (lattice) => {
    const found = attack(lattice, fewest - 1);
    systems += found.systems;
    undecided += found.leaks.filter(({ kind }) => kind === 'undecided').length;
    return found;
  };
  const closed = closeUntilSafe({ open, members, attack: tried }, orderOf(groups, invited));
  reopen({ open, members, attack: tried }, closed.sort(descendingBy(invited)));
  const hidden = new Map<number, HiddenReason>(few.map((unit) => [unit, 'few']));
  for (const unit of closed) if (!open.has(unit)) hidden.set(unit, 'protect');
  return { hidden, systems, undecided };
};

type Published = {
  readonly open: Set<number>;
  readonly members: readonly Members[];
  readonly attack: Attack;
};

/** Takes groups out of the open ones until the attack finds nothing; returns those taken out. */
const closeUntilSafe = ({ open, members, attack }: Published, order: Order): number[] => {
  const closed: number[] = [];
  for (;;) {
    const { classes, lattice } = latticeOf([...open], members);
    const { leaks } = attack(lattice);
    if (leaks.length === 0) return closed;
    for (const unit of victims(leaks, classes, order)) {
      open.delete(unit);
      closed.push(unit);
    }
  }
};

/** Opens each of the closed groups again with which the attack still finds nothing. */
const reopen = ({ open, members, attack }: Published, closed: readonly number[]): void => {
  for (const unit of closed) {
    open.add(unit);
    if (attack(latticeOf([...open], members).lattice).leaks.length > 0) open.delete(unit);
  }
};

/** How gladly twins are hidden, lowest first: groups below a root, smaller ones, lower numbers. Null = never. */
type Order = (twins: Twins) => readonly number[] | null;

const orderOf = (groups: Question['groups'], sizes: ReadonlyMap<number, number>): Order => {
  const roots = groups
    .flatMap(({ unit, parent }) => (parent === null ? [unit] : []))
    .sort(descendingBy(sizes));
  const isRoot = new Set(roots);
  return ({ units }) =>
    units.some((unit) => unit === roots[0])
      ? null
      : [
          units.some((unit) => isRoot.has(unit)) ? 1 : 0,
          Math.max(...units.map((unit) => sizes.get(unit) ?? 0)),
          Math.min(...units),
        ];
};

/** The units to hide: one class of twins per leak, none for a leak that an earlier one already stops. */
const victims = (
  leaks: readonly Leak[],
  classes: readonly Twins[],
  order: Order,
): readonly number[] => {
  const rows = new Set<number>();
  for (const leak of leaks) {
    if (leak.rows.some((row) => rows.has(row))) continue;
    const ranked = leak.rows.flatMap((row) => {
      const twins = classes[row];
      const rank = twins === undefined ? null : order(twins);
      return rank === null ? [] : [{ row, rank }];
    });
    const victim = ranked.sort((a, b) => compare(a.rank, b.rank))[0];
    if (victim === undefined) throw new Error('a leak is left although only the root is published');
    rows.add(victim.row);
  }
  return [...rows].flatMap((row) => classes[row]?.units ?? []);
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};

const descendingBy =
  (sizes: ReadonlyMap<number, number>) =>
  (a: number, b: number): number =>
    (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b;

/** People per group. */
const sizesOf = (members: readonly Members[]): ReadonlyMap<number, number> => {
  const sizes = new Map<number, number>();
  for (const { groups, count } of members)
    for (const unit of groups) sizes.set(unit, (sizes.get(unit) ?? 0) + count);
  return sizes;
};
