/** What became of each group's concern since the wave before in which it was shown. */
import type { ShownMoments } from '../cells.ts';
import type { Cell, ChangeCell, Release } from '../release.ts';
import { judgeChanges, type Pair } from '../statistics/change.ts';
import type { Earlier } from './basis.ts';
import { joins } from './lines.ts';
import { sameItems } from './same-items.ts';

/** The wave being closed, as far as it is made. */
export type Closing = Pick<Release, 'cells' | 'lines' | 'items'> & {
  readonly moments: readonly ShownMoments[];
};

/**
 * Each shown figure of concern against the latest earlier wave that shows it, asked the same anchors and may stand in
 * one line with it. All pairs of the release are judged in one go.
 */
export const changesOf = (closing: Closing, earlier: readonly Earlier[]): readonly ChangeCell[] => {
  const newestFirst = [...earlier].reverse().map((one) => ({
    ...one,
    moments: new Map(one.basis?.moments.map((each) => [keyOf(each), each])),
    cells: concernOf(one.release.cells),
  }));
  const cells = concernOf(closing.cells);
  const found = closing.moments.flatMap((after) => {
    const cell = cells.get(keyOf(after));
    for (const { release, moments, cells: known } of newestFirst) {
      const [before, cellBefore] = [moments.get(keyOf(after)), known.get(keyOf(after))];
      if (cell === undefined || before === undefined || cellBefore === undefined) continue;
      if (!sameItems(closing, release, { score: 'concern', aspect: after.aspect })) continue;
      if (!joins({ before: cellBefore, after: cell }, closing, release.wave)) continue;
      const of = { unit: after.unit, aspect: after.aspect, since: release.wave };
      return [{ of, pair: { before, after } satisfies Pair }];
    }
    return [];
  });
  const judged = judgeChanges(found.map(({ pair }) => pair));
  return found.flatMap(({ of }, at) => {
    const change = judged[at];
    return change === undefined ? [] : [{ ...of, ...change }];
  });
};

const concernOf = (cells: readonly Cell[]): ReadonlyMap<string, Cell> =>
  new Map(cells.flatMap((cell) => (cell.score === 'concern' ? [[keyOf(cell), cell]] : [])));

const keyOf = ({ unit, aspect }: Pick<Cell, 'unit' | 'aspect'>): string => `${unit} ${aspect}`;
