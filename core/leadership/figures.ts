/** The figures of a leader's message, read from releases only. */
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import { type Language, locales } from '../language.ts';
import type { LearningRelease } from '../results/learning.ts';
import {
  agencyOf,
  nearestShown,
  type ParentOf,
  type TrendPoint,
  trend,
  trendGroup,
} from '../results/read.ts';
import type { Measure, Release } from '../results/release.ts';
import type { LeaderFigures } from './summary-message.ts';

/** What the figures are read from; releases oldest first. */
export type Shelf = {
  readonly catalogue: Pick<Catalogue, 'messages'>;
  readonly releases: readonly Release[];
  readonly learning: LearningRelease | null;
  readonly nameOf: (unit: number) => string;
  readonly parentOf: ParentOf;
};

/** Whose figures, in which language. */
type Asked = { readonly unit: number; readonly language: Language };

const measure: Measure = { score: 'concern', aspect: 'all' };

/** The figures of a unit, or of the nearest unit above it that has some to show. */
export const leaderFigures = (shelf: Shelf, asked: Asked): LeaderFigures => {
  const { releases, learning } = shelf;
  const { unit } = asked;
  const latest = releases.at(-1);
  const nearest = latest === undefined ? null : nearestShown(latest, unit, shelf.parentOf);
  const shown = nearest?.group.unit ?? unit;
  return {
    unitName: shelf.nameOf(unit),
    standsFor:
      nearest === null || nearest.hidden === null
        ? null
        : { unit: nearest.group.name, reason: nearest.hidden },
    engaged: learning?.units.find((known) => known.unit === shown)?.band ?? null,
    concern: nearest?.cell ?? null,
    participation: latest?.participation.find((group) => group.unit === shown)?.band ?? null,
    trend: trendOf(shelf, asked, shown),
  };
};

/** The shown unit (or the nearest above it that carries a line) beside the whole agency. */
const trendOf = (
  { catalogue, releases }: Shelf,
  { unit, language }: Asked,
  shown: number,
): LeaderFigures['trend'] => {
  const say = sayIn(catalogue, language);
  const latest = releases.at(-1);
  const root = latest === undefined ? undefined : agencyOf(latest);
  const own = trendGroup(releases, shown, measure);
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
