/** Our side of a simulated week: machines that run the real jobs, are killed, and are followed by others. */

import { slackChat } from '../../bot/slack/chat.ts';
import { slackClient } from '../../bot/slack/client.ts';
import { teamsChat } from '../../bot/teams/chat.ts';
import { connectorClient } from '../../bot/teams/client.ts';
import { minute } from '../../core/clock.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import type { ChatEvent } from '../../core/conversation/event.ts';
import type { Chat, Log, Secrets } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import { storeClock } from '../../functions/app/store-clock.ts';
import type { Agency, Context } from '../../functions/jobs/context.ts';
import { onEvent } from '../../functions/jobs/conversation/converse.ts';
import { look as lookAhead, nextTick, tick } from '../../functions/jobs/tick.ts';
import { onWakeUp } from '../../functions/jobs/wake.ts';
import type { WakeUps } from './agency/wake-ups.ts';
import { errand, type Machine, openMachine } from './machine.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export type House = {
  /** Starts another machine of a kind, as a host does when one is gone: three tick, three take wake-ups. */
  readonly start: (place: number) => void;
  readonly machines: () => readonly Machine[];
  /** Hands an event to a machine that lives; whoever dies over it leaves it to the next. */
  readonly hand: (event: ChatEvent) => void;
  /** A context on a machine of its own. */
  readonly visit: (name: string) => {
    readonly context: () => Promise<Context>;
    readonly machine: Machine;
  };
};

type Parts = {
  readonly world: World;
  readonly random: Random;
  readonly skews: readonly number[];
  readonly secrets: Secrets;
  readonly wakeUps: WakeUps;
  readonly catalogue: () => Catalogue;
  readonly database: (machine: Machine) => Database;
  readonly fetch: (machine: Machine) => typeof fetch;
  readonly answering: (event: string) => void;
  /** A machine that is done gives its connections back. */
  readonly leave: (machine: Machine) => Promise<void>;
};

const agency: Agency = {
  name: 'Kementerian Contoh',
  letter: 'Surat Edaran Contoh Nomor 1 Tahun 2026',
  contact: 'langkah@kementerian.example',
  zone: 'Asia/Jakarta',
  ballotPage: null,
};

/** The real deadline lies with the simulated network. */
const never = 2 ** 31 - 1;

/** Machines that tick; those of a higher place take wake-ups. */
const tickers = 3;
/** Places of all machines. */
export const places = [0, 1, 2, 3, 4, 5] as const;

/** Longest that a timer waits when nothing is due. */
const longestSleep = 180 * minute;

/** How often a queue delivers an entry that nobody handled. */
const mostTries = 8;

export const openHouse = (parts: Parts): House => {
  const { world, random } = parts;
  const machines: Machine[] = [];
  let numbered = 0;
  /** As a deployed host puts it together (functions/app/host.ts), its clock set by the store's. */
  const contextOf = async (machine: Machine): Promise<Context> => {
    const db = parts.database(machine);
    const log = logOf(world, machine);
    return {
      db,
      log,
      clock: await storeClock(db, machine.clock, log),
      catalogue: parts.catalogue(),
      chats: chatsOf(parts, machine),
      secrets: parts.secrets,
      wakeUps: parts.wakeUps,
      agency,
      ticketKey: 'kunci-tiket-untuk-simulasi',
      holder: machine.name,
    };
  };
  const machineOf = (name: string, skew: number): Machine => {
    numbered += 1;
    return openMachine(world, { name: `${name}.${numbered}`, skew });
  };
  /** A queue hears nothing from a machine that died or failed, and delivers again. */
  const give = (event: ChatEvent, tries: number): void => {
    const machine = machineOf('queue', random.pick(parts.skews));
    let handled = false;
    const leave = (): void => {
      machine.die();
      world.at(world.now(), () => parts.leave(machine));
    };
    const work = errand.run({ event: event.key }, async () =>
      onEvent(await contextOf(machine), event),
    );
    work.then(
      () => {
        handled = true;
        leave();
      },
      () => leave(),
    );
    world.at(world.now() + 2 * minute, () => {
      if (!handled && tries < mostTries) give(event, tries + 1);
    });
  };
  return {
    machines: () => machines.filter((machine) => machine.alive()),
    start: (place) => {
      const machine = machineOf(`m${place}`, parts.skews[place] ?? 0);
      machines.push(machine);
      world.note(`${machine.name} starts`);
      const live = place < tickers ? liveByTicks : liveByWakeUps;
      void live(parts, machine, () => contextOf(machine));
    },
    hand: (event) => give(event, 0),
    visit: (name) => {
      const machine = machineOf(name, 0);
      return { context: () => contextOf(machine), machine };
    },
  };
};

type Living = (parts: Parts, machine: Machine, open: () => Promise<Context>) => Promise<void>;

/** Starts, ticks when something is due, a little late as timers are, and looks again while nothing is. */
const liveByTicks: Living = async ({ world, random, catalogue }, machine, open) => {
  let context: Context | null = null;
  while (machine.alive()) {
    let wait = minute;
    try {
      context ??= await open();
      wait = await look({ ...context, catalogue: catalogue() });
    } catch (error) {
      world.note(`${machine.name} tick failed: ${reasonsOf(error)}`);
    }
    const late = random.between(0, 20_000);
    await machine.clock.sleep(Math.min(Math.max(wait, 0), longestSleep) + late);
  }
};

/** Takes one wake-up after the other. */
const liveByWakeUps: Living = async ({ world, wakeUps, catalogue }, machine, open) => {
  let context: Context | null = null;
  while (machine.alive()) {
    const body = await wakeUps.next(machine);
    try {
      context ??= await open();
      await onWakeUp({ ...context, catalogue: catalogue() }, body);
    } catch (error) {
      world.note(`${machine.name} does not start: ${reasonsOf(error)}`);
    }
  }
};

/** One tick where one is due; milliseconds until the next. */
const look = async (context: Context): Promise<number> => {
  const seen = await lookAhead(context);
  const next = nextTick(seen, context.clock.now());
  const wait = next === null ? longestSleep : next.getTime() - context.clock.now().getTime();
  if (wait > minute) return wait;
  await tick(context, seen);
  return minute;
};

const reasonsOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonsOf).join('; ');
  return error instanceof Error ? error.message.slice(0, 100) : String(error);
};

const logOf = (world: World, machine: Machine): Log => {
  const write =
    (level: string): Log['info'] =>
    (event, fields = {}) =>
      world.note(`${machine.name} ${level} ${event} ${JSON.stringify(fields)}`);
  return { info: write('info'), warn: write('warn'), error: write('error') };
};

/** The real chats over the simulated network. */
const chatsOf = (parts: Parts, machine: Machine): Context['chats'] => {
  const fetch = parts.fetch(machine);
  const client = slackClient({
    token: async () => 'xoxb-simulated',
    fetch,
    apiUrl: 'https://slack.example/api/',
    timeout: never,
  });
  const connector = connectorClient({
    token: async () => 'simulated',
    fetch,
    allowedHosts: ['teams.example'],
    timeout: never,
  });
  const serviceUrl = 'https://teams.example/';
  const chats = [
    slackChat({ client }),
    teamsChat({ client: connector, appId: 'app', serviceUrl }),
  ].map((chat) => onErrand(chat, parts.answering));
  return new Map(chats.map((chat) => [chat.platform, chat]));
};

/** Says what each request is about, for the platform's side to know without reading our mind. */
const onErrand = (chat: Chat, answering: (event: string) => void): Chat => ({
  ...chat,
  deliver: (to, message, key) => errand.run({ key: key.key }, () => chat.deliver(to, message, key)),
  answer: (to, message, how) => {
    const about = errand.getStore();
    if (about !== undefined && 'event' in about) answering(about.event);
    return chat.answer(to, message, how);
  },
});
