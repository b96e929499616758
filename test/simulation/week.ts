/** One seed: a week of an agency, run to its end, with what the witness saw. */
import type { Secrets } from '../../core/ports.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { planAll } from '../../functions/jobs/plan.ts';
import { scheduleChanges } from './changes.ts';
import { type Content, type Edition, endOf, openWeek, week } from './content.ts';
import { type Crashes, openCrashes } from './crashes.ts';
import { type LaneSeed, seedCrowd, seedWave } from './crowd.ts';
import { drawFate } from './faults.ts';
import { type House, openHouse } from './house.ts';
import type { Machine } from './machine.ts';
import { installTrigger, type Mirror, openMirror } from './mirror.ts';
import { fetchOf } from './network.ts';
import { readMoment } from './people.ts';
import { openPlatforms, type Platforms } from './platform.ts';
import { pressOn } from './presses.ts';
import { type Random, randomOf } from './random.ts';
import { secretsIn } from './secrets.ts';
import { openStore, type Store, type Watcher } from './store.ts';
import { type Figures, judgeEnd } from './verdict.ts';
import { type Fault, openWitness, type Witness } from './witness.ts';
import { openWorld, type World } from './world.ts';

export type Wish = {
  readonly seed: number;
  /** Working days, one to four. */
  readonly days: number;
  /** About how many messages they have. */
  readonly messages: number;
  /** Whether every message can be looked up. */
  readonly history: boolean;
  /** How wrong clocks may be, in milliseconds either way. */
  readonly skew: number;
};

export type Report = {
  readonly seed: number;
  readonly digest: string;
  readonly figures: Figures;
  readonly faults: readonly Fault[];
  readonly trace: readonly string[];
};

/** Messages that a person gets in the week, about. */
const each = [2.2, 3, 3.9, 4.6];
const day = 86_400_000;

/** Runs the week of a seed on a migrated database of its own. */
export const runWeek = async (url: string, wish: Wish): Promise<Report> => {
  const admin = openDatabase(url, { max: 1 });
  try {
    const stage = await openStage(admin, url, wish);
    return await play(stage, wish);
  } finally {
    await admin.destroy();
  }
};

type Stage = {
  readonly admin: Database;
  readonly world: World;
  readonly store: Store;
  readonly platforms: Platforms;
  readonly mirror: Mirror;
  readonly witness: Witness;
  readonly content: Content;
  readonly lanes: readonly LaneSeed[];
  readonly people: number;
  readonly secrets: Secrets;
  /** Dice of a concern; ask once for each. */
  readonly dice: (concern: string) => Random;
};

const openStage = async (admin: Database, url: string, wish: Wish): Promise<Stage> => {
  const { seed, history } = wish;
  const dice = (concern: string): Random => randomOf(seed, concern);
  const content = await openWeek(wish.days);
  const { plain } = content.editions;
  const people = Math.max(8, Math.round(wish.messages / (each[wish.days - 1] ?? 1)));
  const lanes: readonly LaneSeed[] = [
    { platform: 'slack', workspace: 'T1' },
    history ? { platform: 'slack', workspace: 'T2' } : { platform: 'teams', workspace: 'tenant' },
  ];
  await seedCrowd(admin, { people, lanes, random: dice('crowd') });
  const secrets = secretsIn(await seedWave(admin, plain, endOf(wish.days)));
  await installTrigger(admin);
  const world = openWorld(week.begins);
  const mirror = openMirror(admin);
  return {
    admin,
    world,
    mirror,
    content,
    lanes,
    people,
    secrets,
    dice,
    store: openStore(world, { admin, url, random: dice('store') }),
    platforms: openPlatforms(world, { random: dice('platform'), history }),
    witness: openWitness({ world, admin, mirror, moment: await readMoment(admin), history }),
  };
};

const play = async (stage: Stage, wish: Wish): Promise<Report> => {
  const { world, store, platforms, witness, mirror, content } = stage;
  const live: { edition: Edition; calm: boolean } = { edition: 'plain', calm: false };
  const { house, crashes } = furnish(stage, wish, live);
  platforms.onAccept(witness.accepted);
  platforms.onAccept(
    pressOn({
      world,
      random: stage.dice('presses'),
      hand: house.hand,
      lesson: content.editions.plain.programme.lesson.order.at(-1) ?? '',
      workspaceOf: (user) => witness.moment().people.get(Number(user.slice(1)))?.chat ?? null,
    }),
  );
  scheduleChanges({
    ...stage,
    days: wish.days,
    random: stage.dice('changes'),
    deploy: (name) => {
      live.edition = name;
    },
    look: () => witness.look('operator', { outbox: true, crowd: true }),
    stopServer: async (seconds) => {
      store.refuse(world.now() + seconds * 1000);
      for (const machine of house.machines()) {
        witness.doubtIntentsOf(machine.name);
        await store.cut(machine);
      }
    },
  });
  const end = endOf(wish.days);
  for (const place of [0, 1, 2]) house.start(place);
  await world.advance(end);
  live.calm = true;
  crashes.calm();
  await world.advance(end + 2 * day);
  await world.advance(end + 40 * day, () => mirror.open.size === 0);
  await checkReplan(stage, house);
  for (const machine of house.machines()) {
    machine.die();
    await store.cut(machine);
  }
  const figures = await judgeEnd({
    ...stage,
    recalled: content.recalled,
    blows: [...crashes.struck.values()].reduce((sum, count) => sum + count, 0),
  });
  await store.close();
  return {
    seed: wish.seed,
    digest: world.digest(),
    figures,
    faults: witness.faults,
    trace: world.lines,
  };
};

/** What every machine is told from now on. */
type Live = { edition: Edition; calm: boolean };

/** Our machines between the real database, the simulated network and the fault points of the seed. */
const furnish = (stage: Stage, wish: Wish, live: Live): { house: House; crashes: Crashes } => {
  const { world, store, platforms, witness, content, dice } = stage;
  const network = dice('network');
  const share = dice('share').pick([0.01, 0.03, 0.08, 0.2]);
  const wrong = dice('skew');
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
    kill,
    frozen: (machine, until) => witness.doubtIntentsOf(machine.name, until),
  });
  const house = openHouse({
    world,
    random: dice('house'),
    skews: [0, 1, 2].map(() => wrong.between(-wish.skew, wish.skew)),
    secrets: stage.secrets,
    catalogue: () => content.editions[live.edition],
    database: (machine) => store.open(machine, watcherOf(witness, crashes)),
    fetch: (machine) =>
      fetchOf(world, machine, {
        fate: () => drawFate(network, live.calm ? 0 : share),
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

/** Planning twice at one instant adds nothing the second time. */
const checkReplan = async ({ world, witness, store }: Stage, house: House): Promise<void> => {
  const { context, machine } = house.visit('last-look');
  let added: number | null = null;
  const now = new Date(world.now());
  const twice = async (): Promise<void> => {
    const opened = await context();
    await planAll(opened, now);
    added = await planAll(opened, now);
  };
  // What fails leaves `added` as it is, and that is said below.
  void twice().then(machine.die, machine.die);
  await world.advance(world.now() + day, () => added !== null);
  if (added !== 0) witness.accuse('replanned', `planning twice added ${added ?? 'no answer'} rows`);
  await store.cut(machine);
};
