/** Random decrees, people and wishes of Indonesian working years; the same seed gives the same ones. */
import { type WorkCalendar, workCalendar } from '../../../../core/calendar/work-calendar.ts';
import type { LocalDate } from '../../../../core/clock.ts';
import { type Decrees, indonesianZones, instantOf, shift, type Worker } from '../written-rules.ts';

/** A number of 0 up to but not including `below`, whole. */
export type Dice = (below: number) => number;

/** Dice that fall the same way for the same seed (mulberry32). */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const pick = <T>(dice: Dice, from: readonly T[]): T => {
  const found = from[dice(from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Two years as decreed, once for the written rules and once as the product reads them. */
export type Setting = { readonly decrees: Decrees; readonly calendar: WorkCalendar };

/** Some 25 days off a year, alone or up to eight in a row, and a Ramadan that may pass New Year; one year in six has no file. */
export const randomSetting = (dice: Dice): Setting => {
  const first = 2020 + dice(15);
  const years = [first, first + 1].filter(() => dice(6) > 0).map((year) => randomYear(dice, year));
  return settingOf(workCalendar(years));
};

/** The setting of a calendar that exists. */
export const settingOf = (calendar: WorkCalendar): Setting => {
  const years = [...calendar.years.values()];
  return {
    calendar,
    decrees: {
      off: new Set(years.flatMap(({ holidays }) => holidays.map(({ date }) => date))),
      ramadans: years.flatMap(({ ramadan }) => (ramadan === null ? [] : [ramadan])),
    },
  };
};

type Year = Parameters<typeof workCalendar>[0][number];

const randomYear = (dice: Dice, year: number): Year => {
  const dates = new Map<LocalDate, 'national' | 'cuti-bersama'>();
  const anyDate = (): LocalDate => shift(`${year}-01-01`, dice(365));
  for (let left = 8 + dice(10); left > 0; left -= 1) dates.set(anyDate(), 'national');
  for (let left = dice(5); left > 0; left -= 1) {
    const begin = anyDate();
    // Collective leave leans on a holiday.
    for (let index = dice(8); index >= 0; index -= 1)
      dates.set(shift(begin, index), index === 0 ? 'national' : 'cuti-bersama');
  }
  const start = anyDate();
  return {
    year,
    decree: 'contoh',
    decreed: dice(2) === 0,
    holidays: [...dates].map(([date, kind]) => ({ date, name: 'Libur', kind, estimated: false })),
    ramadan: dice(5) === 0 ? null : { from: start, to: shift(start, 28 + dice(2)) },
  };
};

/** One case: a person of a unit, a date, a wish, and an instant at which somebody looks. */
export type Case = {
  readonly worker: Worker;
  readonly date: LocalDate;
  readonly minute: number;
  readonly chosen: boolean;
  readonly now: number;
};

export const randomCase = (dice: Dice, { decrees, calendar }: Setting): Case => {
  const zone = pick(dice, indonesianZones);
  const date = randomDate(dice, decrees, [...calendar.years.keys()][0] ?? 2026);
  const chosen = dice(2) === 0;
  return {
    worker: { zone, pattern: pick(dice, ['five-day', 'six-day']), ...randomQuiet(dice) },
    date,
    minute: randomMinute(dice),
    chosen,
    now:
      instantOf(zone, date, randomMinute(dice)) + dice(60_000) - pick(dice, [0, 0, 0, 86_400_000]),
  };
};

/** Any date of two years, half of the time one around a day off or an end of Ramadan. */
const randomDate = (dice: Dice, { off, ramadans }: Decrees, year: number): LocalDate => {
  const edges = [...off, ...ramadans.flatMap(({ from, to }) => [from, to])];
  return dice(2) === 0 || edges.length === 0
    ? shift(`${year}-01-01`, dice(731))
    : shift(pick(dice, edges), dice(13) - 7);
};

/** Minutes at which some rule turns. */
const turns = [1, 450, 480, 495, 510, 540, 690, 780, 840, 870, 900, 930, 960, 1438] as const;

/** Half of the time on such a minute or right beside it. */
const randomMinute = (dice: Dice): number =>
  dice(2) === 0 ? dice(1440) : pick(dice, turns) + dice(3) - 1;

const randomQuiet = (dice: Dice): Pick<Worker, 'quietFrom' | 'quietTo'> => {
  const kind = dice(8);
  const some = randomMinute(dice);
  if (kind < 2) return { quietFrom: null, quietTo: null };
  if (kind === 2) return { quietFrom: some, quietTo: null };
  if (kind === 3) return { quietFrom: some, quietTo: some };
  return { quietFrom: some, quietTo: randomMinute(dice) };
};
