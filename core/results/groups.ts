/** Units as the groups of a release. */
import type { Group } from './release.ts';

type UnitRow = {
  readonly id: number;
  readonly parentId: number | null;
  readonly name: string;
  readonly levelLabel: string;
};

/** Every unit with its depth below the root, in tree order: a unit stands right before what is below it. */
export const groupsOf = (units: readonly UnitRow[]): readonly Group[] => {
  const below = (parent: number | null, depth: number): readonly Group[] =>
    units
      .filter(({ parentId }) => parentId === parent)
      .flatMap(({ id, name, levelLabel }) => [
        { unit: id, parent, name, levelLabel, depth },
        ...below(id, depth + 1),
      ]);
  return below(null, 0);
};
