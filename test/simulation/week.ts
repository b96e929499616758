/** One seed: a week of an agency, run to its end, with what the witness saw. */
import { openDatabase } from '../../core/store/database.ts';
import { planAll } from '../../functions/jobs/delivery/plan.ts';
import { scheduleChanges } from './agency/changes.ts';
import { endOf } from './agency/content.ts';
import { pressOn } from './agency/presses.ts';
import { furnish, type Live } from './furnish.ts';
import { type House, places } from './house.ts';
import type { Faced } from './judge/hardships.ts';
import { type Figures, judgeEnd } from './judge/verdict.ts';
import type { Fault } from './judge/witness.ts';
import { openStage, type Stage, type Wish } from './stage.ts';

export type Report = {
  readonly seed: number;
  readonly digest: string;
  readonly figures: Figures;
  /** How often each hardship came. */
  readonly faced: Faced;
  readonly faults: readonly Fault[];
  readonly trace: readonly string[];
};

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

const play = async (stage: Stage, wish: Wish): Promise<Report> => {
  const { world, store, witness, mirror, content } = stage;
  const live: Live = { edition: 'plain', calm: false };
  const { house, crashes } = furnish(stage, wish.skew, live);
  letThingsHappen(stage, { house, live, days: wish.days });
  const end = endOf(wish.days);
  for (const place of places) house.start(place);
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
  const figures = await judgeEnd({ ...stage, recalled: content.recalled });
  await store.close();
  return {
    seed: wish.seed,
    digest: world.digest(),
    figures,
    faced: stage.faced,
    faults: witness.faults,
    trace: world.lines,
  };
};

/** What people and the agency do in the week. */
const letThingsHappen = (
  stage: Stage,
  { house, live, days }: { readonly house: House; readonly live: Live; readonly days: number },
): void => {
  const { world, store, platforms, witness, content, face } = stage;
  platforms.onAccept(witness.accepted);
  platforms.onAccept(
    pressOn({
      world,
      random: stage.dice('presses'),
      hand: house.hand,
      lesson: content.editions.plain.programme.lesson.order.at(-1) ?? '',
      workspaceOf: (user) => witness.moment().people.get(Number(user.slice(1)))?.chat ?? null,
      face,
    }),
  );
  scheduleChanges({
    ...stage,
    days,
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
