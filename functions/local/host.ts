/** The local host: the same jobs, doors and dispatchers as in production around two local chats and a clock one can move. */
import type { Hono } from 'hono';
import type { Catalogue } from '../../core/content/schema.ts';
import type { Log, Platform, Secrets } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import {
  type LocalMessage,
  listLocalMessages,
  saveLocalMessages,
} from '../../core/store/local-messages.ts';
import { noteContent } from '../../core/store/outbox/replanning.ts';
import { readSetting, writeSetting } from '../../core/store/settings.ts';
import type { BallotMode } from '../../core/survey/form.ts';
import type { Door } from '../app/app.ts';
import { ballotDoor } from '../app/doors/ballot-door.ts';
import { openInbox } from '../app/queue/inbox.ts';
import type { Context } from '../jobs/context.ts';
import { ownSecret } from '../jobs/own-secret.ts';
import type { Actor } from './chat/actor.ts';
import type { ChatFault } from './chat/faults.ts';
import type { ChatParts } from './chat/parts.ts';
import { clockSetting, type SimulatedClock, simulatedClock } from './clock.ts';
import { openSlack } from './open/slack.ts';
import { openTeams } from './open/teams.ts';
import type { LocalQueue } from './queue.ts';
import { historyBegins, sampleAgency, sampleBallotPage } from './story/agency.ts';

export type HostSettings = {
  readonly db: Database;
  readonly catalogue: Catalogue;
  readonly secrets: Secrets;
  readonly queue: LocalQueue;
  readonly log: Log;
  /** Where ballots are given; in chat unless told otherwise. */
  readonly ballot?: BallotMode;
};

export type Host = {
  readonly context: Context;
  readonly clock: SimulatedClock;
  readonly actors: ReadonlyMap<Platform, Actor>;
  readonly doors: Readonly<Record<Platform, Door>>;
  /** The agency's own ballot pages. */
  readonly ballots: Hono;
  /** Every message of both chats, newest payload, in the order sent. */
  readonly messages: () => readonly LocalMessage[];
  readonly onMessage: (listener: (message: LocalMessage) => void) => void;
  readonly faults: ReadonlyMap<Platform, ChatFault | null>;
  readonly setFault: (platform: Platform, fault: ChatFault | null) => void;
  /** Handles what the doors queued. */
  readonly drain: () => Promise<void>;
  /** Puts changed messages and the clock's time into the store; calls follow one another. */
  readonly flush: () => Promise<void>;
};

/** Opens the host on a migrated and seeded store; the clock goes on where it stood. */
export const openHost = async (settings: HostSettings): Promise<Host> => {
  const { db, catalogue, secrets, queue, log } = settings;
  const stoodAt = await readSetting(db, clockSetting);
  const clock = simulatedClock(typeof stoodAt === 'string' ? new Date(stoodAt) : historyBegins);
  await noteContent(db, catalogue.version);
  const stored = await listLocalMessages(db);
  const book = messageBook(stored);
  const faults = new Map<Platform, ChatFault | null>();
  const ticketKey = await ownSecret(secrets, 'ticket-key');
  const parts = (platform: Platform): ChatParts => ({
    ...settings,
    clock,
    ticketKey,
    stored: stored.filter((message) => message.platform === platform),
    save: async (message) => book.save(message),
    fault: () => faults.get(platform) ?? null,
  });
  const slack = openSlack(parts('slack'));
  const teams = await openTeams(parts('teams'));
  const context: Context = {
    db,
    catalogue,
    secrets,
    backlog: () => queue.ballots(inbox),
    clock,
    log,
    ticketKey,
    agency: { ...sampleAgency, ballotPage: settings.ballot === 'web' ? sampleBallotPage : null },
    holder: `local-${process.pid}`,
    chats: new Map([slack.chat, teams.chat].map((chat) => [chat.platform, chat])),
  };
  let flushing: Promise<void> = Promise.resolve();
  const inbox = openInbox(context);
  return {
    context,
    clock,
    actors: new Map([slack.actor, teams.actor].map((actor) => [actor.platform, actor])),
    doors: { slack: slack.door, teams: teams.door },
    ballots: ballotDoor({ catalogue, queue, clock, log, ticketKey, agency: sampleAgency.name }),
    messages: book.all,
    onMessage: book.listen,
    faults,
    setFault: (platform, fault) => {
      faults.set(platform, fault);
    },
    drain: async () => {
      await queue.drain(inbox);
    },
    flush: () => {
      const messages = book.takeChanged();
      const time = clock.now().toISOString();
      // One after the other, so that the clock never runs ahead of the messages.
      flushing = flushing.then(async () => {
        await saveLocalMessages(db, messages);
        await writeSetting(db, clockSetting, time);
      });
      return flushing;
    },
  };
};

/** All messages in memory, those changed since the last flush, and who wants to hear of new ones. */
const messageBook = (stored: readonly LocalMessage[]) => {
  const name = ({ platform, ref }: LocalMessage) => `${platform}/${ref}`;
  const messages = new Map(stored.map((message) => [name(message), message]));
  let changed = new Map<string, LocalMessage>();
  const listeners: ((message: LocalMessage) => void)[] = [];
  return {
    all: () => [...messages.values()],
    listen: (listener: (message: LocalMessage) => void) => {
      listeners.push(listener);
    },
    save: (message: LocalMessage) => {
      messages.set(name(message), message);
      changed.set(name(message), message);
      for (const listener of listeners) listener(message);
    },
    takeChanged: (): readonly LocalMessage[] => {
      const taken = [...changed.values()];
      changed = new Map();
      return taken;
    },
  };
};
