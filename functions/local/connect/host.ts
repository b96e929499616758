/** The local host around real chats: the same jobs, doors and dispatchers, and the wall's own clock. */
import type { Clock } from '../../../core/clock.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { Log, Platform, Queue, Secrets } from '../../../core/ports.ts';
import type { Database } from '../../../core/store/database.ts';
import { noteContent } from '../../../core/store/outbox/replanning.ts';
import { ensureLane } from '../../../core/store/people/people.ts';
import { type Inbox, openInbox } from '../../app/queue/inbox.ts';
import type { Agency, Context } from '../../jobs/context.ts';
import { ownSecret } from '../../jobs/own-secret.ts';
import { tick } from '../../jobs/tick.ts';
import { onWakeUp } from '../../jobs/wake.ts';
import type { LocalQueue } from '../queue.ts';
import { rosterKeyName } from '../secrets.ts';
import { sampleAgency } from '../story/agency.ts';
import { openWakeUps } from '../wake-ups.ts';
import { agencyZone } from '../zone.ts';
import type { Connect, Connected } from './connected.ts';
import { connectSlack } from './slack.ts';
import { connectTeams } from './teams.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type ConnectedHost = {
  readonly context: Context;
  readonly chats: readonly Connected[];
  /** Runs what is due, and waits for the runs over its lanes; a job that failed is in the log. */
  readonly tick: () => Promise<void>;
  /** Wakes no lane any more, and waits for the runs under way. */
  readonly stop: () => Promise<void>;
  /** Handles what the doors queued. */
  readonly drain: () => Promise<void>;
};

const connectors: Readonly<Record<Platform, Connect>> = {
  slack: connectSlack,
  teams: connectTeams,
};

/** Opens the chats on a migrated store, gives each a lane, and makes the secrets a first start needs. */
export const openConnected = async (given: {
  readonly env: Env;
  readonly platforms: readonly Platform[];
  readonly db: Database;
  readonly catalogue: Catalogue;
  readonly secrets: Secrets;
  readonly queue: LocalQueue;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<ConnectedHost> => {
  const { env, db, catalogue, secrets, queue, clock, log } = given;
  await noteContent(db, catalogue.version);
  const ticketKey = await ownSecret(secrets, 'ticket-key');
  // Made now, so that the first import of a roster finds it.
  await ownSecret(secrets, rosterKeyName);
  const handler = handledAtOnce(queue, log);
  const parts = { env, ticketKey, catalogue, queue: handler.queue, clock, log };
  const chats: Connected[] = [];
  for (const platform of given.platforms) {
    chats.push(await connectors[platform](parts));
  }
  await ensureLanes(db, chats);
  const wakeUps = openWakeUps();
  const context: Context = {
    ...{ db, catalogue, secrets, clock, log, ticketKey },
    backlog: () => queue.ballots(inbox),
    wakeUps,
    agency: agencyOf(env),
    holder: `connected-${process.pid}`,
    chats: new Map(chats.map(({ chat }) => [chat.platform, chat])),
  };
  const inbox = openInbox(context);
  handler.with(inbox);
  wakeUps.with((body) => onWakeUp(context, body));
  return {
    context,
    chats,
    tick: async () => {
      await tick(context).catch(() => undefined);
      await wakeUps.settled();
    },
    stop: wakeUps.close,
    drain: async () => void (await queue.drain(inbox)),
  };
};

/** A queue whose entries are handled as soon as they are kept; the door does not wait for it. */
const handledAtOnce = (queue: LocalQueue, log: Log) => {
  let inbox: Inbox | null = null;
  const put: Queue['put'] = async (body) => {
    await queue.put(body);
    if (inbox === null) return;
    queue.drain(inbox).catch((error: unknown) => {
      log.error('queue.failed', { kind: error instanceof Error ? error.name : 'unknown' });
    });
  };
  return {
    queue: { put },
    with: (opened: Inbox): void => {
      inbox = opened;
    },
  };
};

const ensureLanes = (db: Database, chats: readonly Connected[]): Promise<void> =>
  db.transaction().execute(async (trx) => {
    for (const { chat, workspaceId } of chats) {
      const { rate, burst } = chat.capabilities;
      await ensureLane(trx, { platform: chat.platform, workspaceId, rate, burst });
    }
  });

/** Who speaks in the messages; a trial without a name of its own says so in the sample's. */
const agencyOf = (env: Env): Agency => ({
  ...sampleAgency,
  name: env['AGENCY_NAME'] || sampleAgency.name,
  letter: env['AGENCY_LETTER'] || sampleAgency.letter,
  contact: env['AGENCY_CONTACT'] || sampleAgency.contact,
  zone: agencyZone(env),
});
