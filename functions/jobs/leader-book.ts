/** The figures of a leader's message, read from releases only. */
import { sayIn } from '../../core/content/say.ts';
import { type Language, locales } from '../../core/language.ts';
import type { LeaderFigures } from '../../core/leadership/summary-message.ts';
import type { LearningRelease } from '../../core/results/learning.ts';
import { nearestShown, type TrendPoint, trend, trendGroup } from '../../core/results/read.ts';
import type { Measure, Release } from '../../core/results/release.ts';
import { latestLearning } from '../../core/store/learning.ts';
import { listUnits } from '../../core/store/people.ts';
import { listReleases } from '../../core/store/waves.ts';
import type { Context } from './context.ts';

/** The figures for one unit's leader, in a language. */
export type LeaderBook = (unit: number, language: Language) => LeaderFigures;

const measure: Measure = { score: 'concern', aspect: 'all' };

/** Reads the releases once and answers for any unit. */
export const openLeaderBook = async (context: Context): Promise<LeaderBook> => {
  const releases = await listReleases(context.db);
  const learning = await latestLearning(context.db);
  const units = await listUnits(context.db);
  const nameOf = (unit: number) => units.find(({ id }) => id === unit)?.name ?? '';
  return (unit, language) => {
    const latest = releases.at(-1);
    const nearest = latest === undefined ? null : nearestShown(latest, unit, measure);
    const shown = nearest?.group.unit ?? unit;
    return {
      unitName: nameOf(unit),
      standsFor: nearest === null || nearest.hidden === null ? null : nearest.group.name,
      engaged: bandOf(learning, shown),
      concern: nearest?.cell ?? null,
      participation: latest?.participation.find((group) => group.unit === shown)?.band ?? null,
      trend: trendOf(context, releases, { unit: shown, language }),
    };
  };
};

const bandOf = (learning: LearningRelease | null, unit: number): string | null =>
  learning?.units.find((known) => known.unit === unit)?.band ?? null;

/** The unit (or the nearest above it that carries a line) beside the whole agency. */
const trendOf = (
  context: Context,
  releases: readonly Release[],
  { unit, language }: { readonly unit: number; readonly language: Language },
): LeaderFigures['trend'] => {
  const say = sayIn(context.catalogue, language);
  const root = releases.at(-1)?.groups.find(({ parent }) => parent === null);
  const own = trendGroup(releases, unit, measure);
  const line = (name: string, points: readonly TrendPoint[]) => ({
    name,
    values: points.map(({ cell }) => cell?.mean ?? null),
  });
  return {
    categories: releases.map((release) => shortDate(release.closedOn, language)),
    series: [
      ...(own === null || own.unit === root?.unit
        ? []
        : [
            line(
              own.unit === unit ? say('leader.series.own') : own.name,
              trend(releases, own.unit, measure),
            ),
          ]),
      ...(root === undefined
        ? []
        : [line(say('leader.series.agency'), trend(releases, root.unit, measure))]),
    ],
  };
};

const shortDate = (date: string, language: Language): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locales[language], {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  });
