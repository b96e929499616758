/** The disclosure audit of one measure: what is hidden, for any reader and any bounds, and what accomplices could do. */
import { loadAttack } from '../../core/results/attack/attack.ts';
import { accompliceRisk } from '../../core/results/disclosure/audit.ts';
import { type Question, suppress } from '../../core/results/disclosure/disclosure.ts';
import { median, type Outcome, rounded, secondsSince } from '../outcome.ts';
import type { Wishes } from '../wishes.ts';

/** An agency of three levels crossed with grade bands, over all and in each directorate. */
type Shape = {
  readonly directorates: number;
  readonly teams: number;
  readonly bands: number;
  readonly respondents: number;
};

/** 345 groups; teams of five or six respondents, hence many to hide. */
const small: Shape = { directorates: 30, teams: 190, bands: 4, respondents: 1_074 };

/** 5,000 groups. */
const large: Shape = { directorates: 300, teams: 3_495, bands: 4, respondents: 200_000 };

/** `--repeats` runs (3), each of another agency and with a solver that has seen nothing; `--full` adds the large one. */
export const audit = async (wishes: Wishes): Promise<Outcome> => {
  const repeats = wishes.repeats ?? 3;
  const runs: Run[] = [];
  for (let seed = 1; seed <= repeats; seed += 1) runs.push(await runOf(small, seed));
  const big = wishes.full ? await runOf(large, 1) : null;
  const of = (name: 'baseSeconds' | 'wholeSeconds'): number => median(runs.map((run) => run[name]));
  const { groups = 0, respondents = 0 } = runs[0] ?? {};
  return {
    bench: 'audit',
    got: {
      groups,
      respondents,
      repeats,
      ...(runs[0] ?? {}),
      baseSeconds: of('baseSeconds'),
      wholeSeconds: of('wholeSeconds'),
      undecided: Math.max(...runs.map((run) => run.undecided)),
      ...(big === null
        ? {}
        : {
            largeGroups: big.groups,
            largeRespondents: big.respondents,
            largeSeconds: big.wholeSeconds,
          }),
      peakMb: rounded(process.resourceUsage().maxRSS / 1_024, 0),
    },
    atMost: {
      baseSeconds: 10,
      wholeSeconds: 60,
      peakMb: 1_024,
      ...(big === null ? {} : { largeSeconds: 600 }),
    },
  };
};

type Run = Readonly<
  Record<
    | 'groups'
    | 'respondents'
    | 'hiddenFew'
    | 'hiddenProtect'
    | 'systems'
    | 'undecided'
    | 'atRiskFromOne'
    | 'atRiskFromThree'
    | 'baseSeconds'
    | 'wholeSeconds',
    number
  >
>;

const runOf = async (shape: Shape, seed: number): Promise<Run> => {
  const question = { ...agencyOf(shape, seed), attack: await loadAttack() };
  const began = performance.now();
  const found = suppress(question);
  const baseSeconds = rounded(secondsSince(began), 2);
  const [one, , three] = [1, 2, 3].map((accomplices) =>
    accompliceRisk(question, found, { accomplices }),
  );
  const hidden = [...found.hidden.values()];
  const run = {
    groups: question.groups.length,
    respondents: question.respondents.length,
    hiddenFew: hidden.filter((reason) => reason === 'few').length,
    hiddenProtect: hidden.filter((reason) => reason === 'protect').length,
    systems: found.systems,
    undecided: found.undecided,
    atRiskFromOne: one ?? 0,
    atRiskFromThree: three ?? 0,
    baseSeconds,
    wholeSeconds: rounded(secondsSince(began), 2),
  };
  console.log(JSON.stringify(run));
  return run;
};

/** Groups are numbered: the agency 0, then directorates, teams, grade bands, grade bands of each directorate. */
const agencyOf = (
  { directorates, teams, bands, respondents }: Shape,
  seed: number,
): Pick<Question, 'groups' | 'respondents'> => {
  const chance = seeded(seed);
  const [firstTeam, firstBand] = [1 + directorates, 1 + directorates + teams];
  const firstCross = firstBand + bands;
  const parentOf = (group: number): number | null => {
    if (group === 0) return null;
    if (group < firstTeam) return 0;
    if (group < firstBand) return 1 + ((group - firstTeam) % directorates);
    return group < firstCross ? 0 : 1 + Math.floor((group - firstCross) / bands);
  };
  const borders = bordersOf(teams, chance);
  const placed = (): readonly number[] => {
    const team = firstIn(borders, chance());
    const band = Math.floor(chance() ** 1.3 * bands);
    const directorate = team % directorates;
    return [
      0,
      1 + directorate,
      firstTeam + team,
      firstBand + band,
      firstCross + directorate * bands + band,
    ];
  };
  return {
    groups: Array.from({ length: firstCross + directorates * bands }, (_, unit) => ({
      unit,
      parent: parentOf(unit),
    })),
    respondents: Array.from({ length: respondents }, placed),
  };
};

/** Where each team's share of the respondents ends; the largest teams are ten times the smallest. */
const bordersOf = (teams: number, chance: () => number): readonly number[] => {
  const sizes = Array.from({ length: teams }, () => 0.2 + 1.8 * chance());
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let border = 0;
  return sizes.map((size) => {
    border += size / all;
    return border;
  });
};

/** The first border above the value, by halving. */
const firstIn = (borders: readonly number[], value: number): number => {
  let [low, high] = [0, borders.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((borders[middle] ?? 1) > value) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** A linear congruential generator (Numerical Recipes' constants): the same numbers in every run. */
const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
