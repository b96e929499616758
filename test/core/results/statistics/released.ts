/** What a release tells of one group's answers to one item, by the release's own path: coded, audited, printed. */
import { type Cells, computeCells } from '../../../../core/results/cells.ts';
import type { Group } from '../../../../core/results/release.ts';
import { attack, item } from '../small-wave.ts';

const asked = item('data', 'anchor');
const group: Group = {
  unit: 1,
  parent: null,
  kind: 'unit',
  name: 'Kementerian Contoh',
  levelLabel: 'Kementerian',
  depth: 0,
};

/** Mean, interval, share and range, as shown, and what later waves are compared with. */
export type Told = {
  readonly mean: Extract<Cells['cells'][number], { shown: true }>;
  /** Null below ten, where it is not told. */
  readonly favourable: Extract<Cells['answers'][number], { shown: true }>['favourable'] | null;
  readonly moments: Cells['moments'][number];
};

/**
 * Releases of a group of so many invited, each made once: which figures there are depends on how often each point was
 * given, so the same counts are not released again.
 */
export const releasing = (invited: number): ((values: readonly number[]) => Told) => {
  const known = new Map<string, Told>();
  return (values) => {
    const points = [0, 0, 0, 0, 0];
    for (const value of values) points[value - 1] = (points[value - 1] ?? 0) + 1;
    const key = points.join();
    const found = known.get(key) ?? release(points, invited);
    known.set(key, found);
    return found;
  };
};

const release = (points: readonly number[], invited: number): Told => {
  const { cells, answers, moments } = computeCells({
    groups: [group],
    items: [asked],
    respondents: points.flatMap((times, at) =>
      Array.from({ length: times }, () => ({
        groups: [group.unit],
        answers: { [asked.id]: (at + 1) as 1 | 2 | 3 | 4 | 5 },
      })),
    ),
    invited: new Map([[group.unit, invited]]),
    places: [{ groups: [group.unit], count: invited }],
    untold: new Map(),
    attack,
  });
  const mean = cells.find(({ score, aspect }) => score === 'concern' && aspect === 'data');
  const kept = moments.find(({ aspect }) => aspect === 'data');
  const [answer] = answers;
  if (mean?.shown !== true || kept === undefined) throw new Error(`hidden: ${points.join()}`);
  return { mean, favourable: answer?.shown === true ? answer.favourable : null, moments: kept };
};
