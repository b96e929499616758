/** Many random agencies, six waves each, attacked in every way known. */
import { loadAttack } from '../../core/results/attack/attack.ts';
import type { Respondent } from '../../core/results/cells.ts';
import { makeRelease } from '../../core/results/make.ts';
import type { Answer } from '../../core/survey/ballot/ballot.ts';
import { seeded } from '../core/results/small-wave.ts';
import { attackWave } from './attackers.ts';
import { attackLines, patternOf } from './lines.ts';
import { between, type Chance, organisationOf } from './organisation.ts';
import { items, type Wave, wavesOf } from './wave.ts';

/** The last line of `npm run attack`. */
export type Outcome = {
  readonly organisations: number;
  /** Sets of people whose answers an attacker could compute. */
  readonly recovered: number;
  /** Share of group × score × aspect cells that are shown. */
  readonly visibleShare: number;
};

/** Attacks so many agencies, the first made from seed `from`; `say` is told of every set recovered. */
export const campaign = async (
  organisations: number,
  { from = 1, say }: { readonly from?: number; readonly say: (line: string) => void },
): Promise<Outcome> => {
  const attack = await loadAttack();
  // The attacker's programs decide about everything: what the product's exact search proves is proved twice.
  const solver = await loadAttack({ steps: 0 });
  let [recovered, cells, shown] = [0, 0, 0];
  for (let seed = from; seed < from + organisations; seed += 1) {
    const chance = seeded(seed * 7_919);
    const waves = wavesOf(organisationOf(chance), chance, attack);
    const spoils = waves.map((wave) => attackWave(wave, solver));
    const all = [
      ...spoils.flatMap((one) => one.recovered),
      ...attackLines(waves),
      ...waves.slice(0, 1).flatMap((wave) => answersTell(wave, chance)),
    ];
    for (const line of all) say(`organisation ${seed}: ${line}`);
    recovered += all.length;
    cells += spoils.reduce((sum, one) => sum + one.cells, 0);
    shown += spoils.reduce((sum, one) => sum + one.shown, 0);
  }
  return { organisations, recovered, visibleShare: Math.round((1_000 * shown) / cells) / 1_000 };
};

/** Deals the answers to each item out anew among those who answered it: what is hidden must stay the same. */
const answersTell = ({ question, made }: Wave, chance: Chance): readonly string[] => {
  const dealt = makeRelease({ ...question, respondents: dealtAnew(question.respondents, chance) });
  const before = patternOf(made.release).join('\n');
  return patternOf(dealt.release).join('\n') === before
    ? []
    : [`${question.wave}: what is hidden depends on answers`];
};

const dealtAnew = (respondents: readonly Respondent[], chance: Chance): readonly Respondent[] => {
  const decks = new Map(
    items.map(({ id }) => [
      id,
      shuffled(
        respondents.flatMap(({ answers }) => pointsIn(answers[id])),
        chance,
      ),
    ]),
  );
  return respondents.map(({ groups, answers }) => ({
    groups,
    answers: Object.fromEntries(
      Object.entries(answers).map(([id, answer]): [string, Answer] => [
        id,
        answer === 'na' ? answer : (decks.get(id)?.pop() ?? answer),
      ]),
    ),
  }));
};

const pointsIn = (answer: Answer | undefined): readonly Answer[] =>
  answer === undefined || answer === 'na' ? [] : [answer];

const shuffled = <T>(list: readonly T[], chance: Chance): T[] => {
  const left = [...list];
  return list.flatMap(() => left.splice(between(chance, 0, left.length - 1), 1));
};
