/**
 * The disclosure audit as a close makes it of one measure: of the invited, then of the means and of the spread over those
 * who answered, for any reader and any bounds, and what accomplices could do.
 */
import { loadAttack } from '../../core/results/attack/attack.ts';
import { placesOf } from '../../core/results/attack/lattice.ts';
import { accompliceRisk, audited } from '../../core/results/disclosure/audit.ts';
import { type Question, suppress } from '../../core/results/disclosure/disclosure.ts';
import { type People, untoldOf } from '../../core/results/disclosure/untold.ts';
import { median, type Outcome, rounded, secondsSince } from '../outcome.ts';
import type { Wishes } from '../wishes.ts';

/** An agency of three levels crossed with grade bands, over all and in each directorate. */
type Shape = {
  readonly directorates: number;
  readonly teams: number;
  readonly bands: number;
  readonly respondents: number;
};

/** Of those invited. */
const responseRate = 0.65;

/** 345 groups; teams of eight or nine invited, hence many to hide. */
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
  return {
    bench: 'audit',
    got: {
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
    | 'invited'
    | 'respondents'
    | 'untold'
    | 'hiddenFew'
    | 'hiddenProtect'
    | 'spreadHidden'
    | 'systems'
    | 'undecided'
    | 'atRiskFromOne'
    | 'atRiskFromThree'
    | 'baseSeconds'
    | 'wholeSeconds',
    number
  >
>;

/** Base: of the invited and of the means. Whole: also of the spread, and with one and three accomplices. */
const runOf = async (shape: Shape, seed: number): Promise<Run> => {
  const { groups, members, respondents } = agencyOf(shape, seed);
  const attack = await loadAttack();
  const places = placesOf(members);
  const began = performance.now();
  const untold = untoldOf(groups, members, attack);
  const told = groups.filter(({ unit }) => !untold.hidden.has(unit));
  const question: Question = { groups: told, respondents, places, attack };
  const base = suppress(question);
  const baseSeconds = rounded(secondsSince(began), 2);
  const { means, spreads, accomplice } = audited({ ...question, groups }, untold.hidden);
  const three = accompliceRisk(question, base, { accomplices: 3 });
  const parts = [untold, means, spreads];
  const reasons = [...base.hidden.values()];
  const run = {
    groups: groups.length,
    invited: members.length,
    respondents: respondents.length,
    untold: untold.hidden.size,
    hiddenFew: reasons.filter((reason) => reason === 'few').length,
    hiddenProtect: reasons.filter((reason) => reason === 'protect').length,
    spreadHidden: spreads.hidden.size - means.hidden.size,
    systems: parts.reduce((sum, { systems }) => sum + systems, 0),
    undecided: parts.reduce((sum, { undecided }) => sum + undecided, 0),
    atRiskFromOne: accomplice,
    atRiskFromThree: three,
    baseSeconds,
    wholeSeconds: rounded(secondsSince(began), 2),
  };
  console.log(JSON.stringify(run));
  return run;
};

/** Those who answer are drawn from the invited. Groups are numbered: the agency 0, then directorates, teams, grade bands, grade bands of each directorate. */
const agencyOf = (
  { directorates, teams, bands, respondents }: Shape,
  seed: number,
): Pick<Question, 'groups' | 'respondents'> & { readonly members: People } => {
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
  const members = Array.from({ length: Math.round(respondents / responseRate) }, placed);
  const order = members.map((_, at) => at);
  for (let at = 0; at < respondents; at += 1) {
    const other = at + Math.floor(chance() * (order.length - at));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return {
    groups: Array.from({ length: firstCross + directorates * bands }, (_, unit) => ({
      unit,
      parent: parentOf(unit),
    })),
    members,
    respondents: order.slice(0, respondents).map((at) => members[at] ?? []),
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
