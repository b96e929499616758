/** The eight fault points, struck where the seed says, without a line of product code knowing of them. */
import { type FaultPoint, faultPoints, type Hardship } from './judge/hardships.ts';
import type { Machine } from './machine.ts';
import type { Random } from './random.ts';
import type { Statement } from './store/statement.ts';
import type { World } from './world.ts';

/** A blow that is to come: the n-th time a machine passes the point. */
type Blow = { readonly point: FaultPoint; left: number };

export type Crashes = {
  readonly before: (machine: Machine, statement: Statement) => Promise<boolean>;
  readonly after: (machine: Machine, statement: Statement) => Promise<void>;
  readonly answered: (machine: Machine, statement: Statement) => void;
  readonly left: (machine: Machine) => void;
  readonly heard: (machine: Machine) => void;
  /** No further blows. */
  readonly calm: () => void;
};

type Parts = {
  readonly world: World;
  readonly random: Random;
  /** Kills a machine: its connections end, and another one takes its place later. */
  readonly kill: (machine: Machine) => Promise<void>;
  readonly frozen: (machine: Machine, until: number) => void;
  readonly face: (hardship: Hardship) => void;
};

/** How often a point is passed, about: blows fall early enough to come. */
const within: Readonly<Record<FaultPoint, number>> = {
  'before-plan-commit': 12,
  'after-plan': 12,
  'after-lease': 25,
  'after-intent': 18,
  'frozen-before-bytes': 18,
  'after-bytes': 120,
  'after-answer': 120,
  'after-final-commit': 18,
};

export const openCrashes = ({ world, random, kill, frozen, face }: Parts): Crashes => {
  let waiting: Blow[] = Array.from({ length: random.between(4, 12) }, () => {
    const point = random.pick(faultPoints);
    return { point, left: random.between(1, within[point]) };
  });
  const strikes = (point: FaultPoint): boolean => {
    const blow = waiting.find((one) => one.point === point);
    if (blow === undefined) return false;
    blow.left -= 1;
    if (blow.left > 0) return false;
    waiting = waiting.filter((one) => one !== blow);
    face(point);
    world.note(`BLOW ${point}`);
    return true;
  };
  return {
    calm: () => {
      waiting = [];
    },
    before: async (machine, { plans, takesEffect }) => {
      if (!(plans && takesEffect && strikes('before-plan-commit'))) return true;
      await kill(machine);
      return false;
    },
    after: async (machine, { takesEffect, plans, leases, intends, settles }) => {
      if (!takesEffect) return;
      const hit =
        (plans && strikes('after-plan')) ||
        (leases && strikes('after-lease')) ||
        (intends && strikes('after-intent')) ||
        (settles && strikes('after-final-commit'));
      if (hit) await kill(machine);
    },
    answered: (machine, { takesEffect, intends }) => {
      if (!(takesEffect && intends && machine.alive() && strikes('frozen-before-bytes'))) return;
      const until = world.now() + random.between(20, 1_500) * 1000;
      machine.freeze(until);
      frozen(machine, until);
    },
    left: (machine) => {
      if (strikes('after-bytes'))
        world.at(world.now() + random.between(0, 150), () => kill(machine));
    },
    heard: (machine) => {
      if (!strikes('after-answer')) return;
      // Nothing that the machine would do with the answer comes to pass.
      machine.die();
      world.at(world.now(), () => kill(machine));
    },
  };
};
