/** The stage of one seed: its crowd, its week, its platforms and its witness, on a migrated database of its own. */
import { repeatedStreams } from '../../core/delivery/doubt.ts';
import type { Secrets } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import { type Content, endOf, openWeek, week } from './agency/content.ts';
import { type LaneSeed, seedCrowd, seedWave } from './agency/crowd.ts';
import { readMoment } from './agency/people.ts';
import { secretsIn } from './agency/secrets.ts';
import { type Faced, type Hardship, openFaced } from './judge/hardships.ts';
import { openWitness, type Witness } from './judge/witness.ts';
import { openPlatforms, type Platforms, type Semantics } from './network/platform.ts';
import { type Random, randomOf } from './random.ts';
import { installTrigger, type Mirror, openMirror } from './store/mirror.ts';
import { openStore, type Store } from './store/store.ts';
import { openWorld, type World } from './world.ts';

export type Wish = Semantics & {
  readonly seed: number;
  /** Working days, one to four. */
  readonly days: number;
  /** About how many messages they have. */
  readonly messages: number;
  /** How wrong clocks may be, in milliseconds either way. */
  readonly skew: number;
};

export type Stage = {
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
  readonly face: (hardship: Hardship) => void;
  readonly faced: Faced;
  /** Dice of a concern; ask once for each. */
  readonly dice: (concern: string) => Random;
};

/** Messages that a person gets in the week, about. */
const each = [2.2, 3, 3.9, 4.6];

/** Two Slack workspaces; a Teams tenant stands for the second where nothing tells what became of a message. */
const lanesOf = ({ history, honours }: Semantics): readonly LaneSeed[] => [
  { platform: 'slack', workspace: 'T1', deduplicates: honours },
  history || honours
    ? { platform: 'slack', workspace: 'T2', deduplicates: honours }
    : { platform: 'teams', workspace: 'tenant', deduplicates: false },
];

/** Opens it. */
export const openStage = async (admin: Database, url: string, wish: Wish): Promise<Stage> => {
  const { seed, history, honours } = wish;
  const dice = (concern: string): Random => randomOf(seed, concern);
  const content = await openWeek(wish.days);
  const { plain } = content.editions;
  const people = Math.max(8, Math.round(wish.messages / (each[wish.days - 1] ?? 1)));
  const lanes = lanesOf(wish);
  await seedCrowd(admin, { people, lanes, random: dice('crowd') });
  const secrets = secretsIn(await seedWave(admin, plain, endOf(wish.days)));
  await installTrigger(admin);
  const world = openWorld(week.begins);
  const mirror = openMirror(admin);
  const mayRepeat = history || honours ? [] : repeatedStreams;
  return {
    ...openFaced(),
    admin,
    world,
    mirror,
    content,
    lanes,
    people,
    secrets,
    dice,
    store: openStore(world, { admin, url, random: dice('store') }),
    platforms: openPlatforms(world, { random: dice('platform'), history, honours }),
    witness: openWitness({ world, admin, mirror, moment: await readMoment(admin), mayRepeat }),
  };
};
