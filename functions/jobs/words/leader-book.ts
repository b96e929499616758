/** The figures of every leader's message, from releases read once. */
import type { Language } from '../../../core/language.ts';
import { leaderFigures } from '../../../core/leadership/figures.ts';
import type { LeaderFigures } from '../../../core/leadership/summary-message.ts';
import { listUnits } from '../../../core/store/people/people.ts';
import { latestLearning } from '../../../core/store/results/learning.ts';
import { listReleases } from '../../../core/store/results/releases.ts';
import type { Context } from '../context.ts';

/** The figures for one unit's leader, in a language. */
export type LeaderBook = (unit: number, language: Language) => LeaderFigures;

/** Reads the releases once and answers for any unit. */
export const openLeaderBook = async (context: Context): Promise<LeaderBook> => {
  const units = new Map((await listUnits(context.db)).map((unit) => [unit.id, unit]));
  const shelf = {
    catalogue: context.catalogue,
    releases: await listReleases(context.db),
    learning: await latestLearning(context.db),
    nameOf: (unit: number) => units.get(unit)?.name ?? '',
    parentOf: (unit: number) => units.get(unit)?.parentId ?? null,
  };
  return (unit, language) => leaderFigures(shelf, { unit, language });
};
