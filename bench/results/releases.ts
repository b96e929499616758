/** Releases of a large agency, as the close writes them: 500 units, 40 figures each. */
import { aspects } from '../../core/content/schema.ts';
import {
  type AnswerCell,
  type Cell,
  type Group,
  measures,
  type Release,
} from '../../core/results/release.ts';

/** Units in three levels: the agency, 20 directorates, the rest below them. */
export const groupsOf = (units: number): readonly Group[] => {
  const directorates = 20;
  const of = (unit: number, parent: number | null, depth: number): Group => ({
    unit,
    parent,
    kind: 'unit',
    name: `${['Kementerian', 'Direktorat', 'Subdirektorat'][depth]} Contoh ${unit}`,
    levelLabel: ['Kementerian', 'Direktorat', 'Subdirektorat'][depth] ?? '',
    depth,
  });
  const below = (directorate: number): readonly Group[] =>
    Array.from({ length: units }, (_, at) => at + 1)
      .filter(
        (unit) => unit > directorates + 1 && unit % directorates === directorate % directorates,
      )
      .map((unit) => of(unit, directorate + 1, 2));
  return [
    of(1, null, 0),
    ...Array.from({ length: directorates }, (_, at) => at + 1).flatMap((directorate) => [
      of(directorate + 1, 1, 1),
      ...below(directorate),
    ]),
  ];
};

/** Items beside the twelve means that make up forty figures of a unit. */
const items = Array.from({ length: 40 - measures.length }, (_, at) => ({
  id: `item-${at}`,
  score: at % 2 === 0 ? ('concern' as const) : ('condition' as const),
  aspect: aspects[at % aspects.length] ?? aspects[0],
}));

/** One wave; every tenth unit is hidden. */
export const releaseOf = (wave: number, groups: readonly Group[]): Release => {
  const cells = groups.flatMap(({ unit }) =>
    measures.map((measure) => cellOf(wave, unit, measure)),
  );
  const answers = groups.flatMap(({ unit }) => items.map(({ id }) => answerOf(wave, unit, id)));
  return {
    version: 2,
    wave: `wave-${wave}`,
    closedOn: `2026-${String(wave + 1).padStart(2, '0')}-20`,
    depth: 'units',
    items,
    groups,
    cells,
    answers,
    changes: [],
    lines: groups.map(({ unit }) => ({ unit, waves: wave === 0 ? [] : [`wave-${wave - 1}`] })),
    participation: groups.map(({ unit }) => ({ unit, band: '60–69 %' })),
    method: { reliability: null, agreement: null },
    audit: {
      cells: cells.length + answers.length,
      hiddenFew: 0,
      hiddenProtect: 0,
      attacksTried: 0,
      undecided: 0,
      accomplice: 0,
      unreadable: 0,
    },
  };
};

/** Two decimals, as every figure of a release has. */
const printed = (value: number): number => Math.round(100 * value) / 100;

const isHidden = (unit: number): boolean => unit > 1 && unit % 10 === 0;

const cellOf = (wave: number, unit: number, measure: (typeof measures)[number]): Cell => {
  if (isHidden(unit)) return { unit, ...measure, shown: false, hidden: 'few' };
  const mean = printed(3 + Math.sin(unit * 7 + wave + measure.aspect.length));
  return {
    unit,
    ...measure,
    shown: true,
    mean,
    low: printed(mean - 0.25),
    high: printed(mean + 0.25),
    band: '20–49',
  };
};

const answerOf = (wave: number, unit: number, item: string): AnswerCell => {
  if (isHidden(unit)) return { unit, item, shown: false, hidden: 'few' };
  const share = printed(0.5 + 0.3 * Math.sin(unit + wave + item.length));
  return {
    unit,
    item,
    shown: true,
    band: '20–49',
    favourable: {
      share,
      low: printed(share - 0.1),
      high: printed(share + 0.1),
      range: { low: 0.1, high: 0.9 },
    },
    points: [0.1, 0.2, 0.3, 0.25, 0.15],
  };
};
