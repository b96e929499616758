/** The inside of a simulated week: our machines between the database, the network and the fault points of the seed. */

import type { Edition } from './agency/content.ts';
import { openWakeUps } from './agency/wake-ups.ts';
import { type Crashes, openCrashes } from './crashes.ts';
import { type House, openHouse, places } from './house.ts';
import type { Hardship } from './judge/hardships.ts';
import type { Witness } from './judge/witness.ts';
import type { Machine } from './machine.ts';
import { drawFate } from './network/faults.ts';
import { fetchOf } from './network/network.ts';
import type { Stage } from './stage.ts';
import type { Watcher } from './store/store.ts';

/** What every machine is told from now on. */
export type Live = { edition: Edition; calm: boolean };

/** Puts the machines into the stage; clocks are wrong by at most `skew` milliseconds either way. */
export const furnish = (
  stage: Stage,
  skew: number,
  live: Live,
): { readonly house: House; readonly crashes: Crashes } => {
  const { world, store, platforms, witness, content, dice, face } = stage;
  const network = dice('network');
  const share = dice('share').pick([0.01, 0.03, 0.08, 0.2]);
  const again = dice('restart');
  const kill = async (machine: Machine): Promise<void> => {
    witness.doubtIntentsOf(machine.name);
    machine.die();
    await store.cut(machine);
    const [, place] = /^m(\d+)/.exec(machine.name) ?? [];
    if (place !== undefined)
      world.at(world.now() + again.between(1, 120) * 1000, () => house.start(Number(place)));
  };
  const crashes = openCrashes({
    world,
    random: dice('crashes'),
    face,
    kill,
    frozen: (machine, until) => witness.doubtIntentsOf(machine.name, until),
  });
  const house = openHouse({
    world,
    random: dice('house'),
    skews: skewsOf(stage, skew),
    secrets: stage.secrets,
    wakeUps: openWakeUps({ world, random: dice('wake-ups'), face }),
    catalogue: () => content.editions[live.edition],
    database: (machine) => store.open(machine, watcherOf(witness, crashes)),
    fetch: (machine) =>
      fetchOf(world, machine, {
        fate: () => drawFate(network, live.calm ? 0 : share),
        face,
        serve: platforms.serve,
        left: crashes.left,
        heard: crashes.heard,
        doubted: ({ key }) => {
          if (key !== null) witness.doubt(key);
        },
      }),
    answering: onceEach(witness),
    leave: store.cut,
  });
  return { house, crashes };
};

/** A clock counts as wrong from a minute on. */
const wrongBy = 60_000;

const skewsOf = ({ dice, face }: Stage, skew: number): readonly number[] => {
  const wrong = dice('skew');
  return places.map(() => {
    const drawn = wrong.between(-skew, skew);
    const hardship: Hardship = drawn > 0 ? 'clock-ahead' : 'clock-behind';
    if (Math.abs(drawn) >= wrongBy) face(hardship);
    return drawn;
  });
};

const watcherOf = (witness: Witness, crashes: Crashes): Watcher => ({
  before: crashes.before,
  after: async (machine, statement) => {
    if (statement.takesEffect) await witness.look(machine.name, statement.touches);
    await crashes.after(machine, statement);
  },
  answered: crashes.answered,
});

/** An event is answered once, however often the queue delivers it. */
const onceEach = ({ accuse }: Witness) => {
  const known = new Set<string>();
  return (event: string): void => {
    if (known.has(event)) accuse('answered-twice', event);
    known.add(event);
  };
};
