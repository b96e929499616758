/** The queue of wake-ups between the ticks and who takes them: some are lost, some come twice, some hours late. */
import type { Queue } from '../../../core/ports.ts';
import type { Hardship } from '../judge/hardships.ts';
import type { Machine } from '../machine.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export type WakeUps = Queue & {
  /** The next wake-up for a machine that has none; it has one at a time. */
  readonly next: (machine: Machine) => Promise<string>;
};

type Parts = {
  readonly world: World;
  readonly random: Random;
  readonly face: (hardship: Hardship) => void;
};

const weights = { once: 74, lost: 8, twice: 14, late: 4 } as const;

/** Hours that a queue may hold one back. */
const longest = 12 * 3_600_000;

export const openWakeUps = ({ world, random, face }: Parts): WakeUps => {
  const waiting: string[] = [];
  let idle: readonly { readonly machine: Machine; readonly give: (body: string) => void }[] = [];
  const arrive = (body: string): void => {
    const [taker, ...rest] = idle.filter(({ machine }) => machine.alive());
    idle = rest;
    if (taker === undefined) waiting.push(body);
    else taker.give(body);
  };
  const carry = (body: string, milliseconds: number): void =>
    world.at(world.now() + milliseconds, () => arrive(body));
  return {
    put: async (body) => {
      const fate = random.weighted(weights);
      world.note(`wake-up ${body} ${fate}`);
      if (fate === 'lost') return face('wake-up-lost');
      if (fate === 'late') face('wake-up-hours-late');
      carry(body, fate === 'late' ? random.between(600_000, longest) : random.between(5, 2_000));
      if (fate !== 'twice') return;
      face('wake-up-twice');
      carry(body, random.between(5, 60_000));
    },
    next: (machine) =>
      new Promise((taken) => {
        machine.ask();
        const give = (body: string): void => machine.deliver(world.now(), () => taken(body));
        const body = waiting.shift();
        if (body === undefined) idle = [...idle, { machine, give }];
        else give(body);
      }),
  };
};
