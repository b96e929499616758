/** The close: boxes are opened in memory, persons dropped, and nothing but the release and its basis leaves. */
import type { LocalDate } from '../clock.ts';
import { loadAttack } from '../results/attack/attack.ts';
import { withinDepth } from '../results/groups.ts';
import { type Made, makeRelease } from '../results/make.ts';
import type { Depth, Group } from '../results/release.ts';
import type { Earlier } from '../results/waves/basis.ts';
import { type Boxes, openBoxes } from './ballot/opening.ts';
import { releaseComments } from './comments/comments.ts';
import type { Keywords } from './comments/themes.ts';

/** Everything the close reads. */
export type BallotBox = Boxes & {
  readonly closedOn: LocalDate;
  readonly depth: Depth;
  /** Every group of the wave as frozen at launch. */
  readonly groups: readonly Group[];
  readonly keywords: Keywords;
  /** Published waves, oldest first. */
  readonly earlier: readonly Earlier[];
};

/**
 * The release of a wave, and what later waves compare with. The order of ballots and members changes nothing in them
 * but the order of comments, which is chance. A box that cannot be opened, or that belongs to no member, is counted as
 * unreadable and is no answer.
 */
export const tally = async (box: BallotBox): Promise<Made> => {
  const { written, ...opened } = await openBoxes(box);
  return makeRelease({
    wave: box.wave,
    closedOn: box.closedOn,
    depth: box.depth,
    groups: box.groups,
    items: box.items,
    earlier: box.earlier,
    ...opened,
    comments: releaseComments(withinDepth(box.groups, box.depth), written, box.keywords),
    attack: await loadAttack(),
  });
};
