/** The jobs' side of a deployed host: a store that is ready, and the chats that the settings name. */
import { slackChat } from '../../bot/slack/chat.ts';
import { slackClient } from '../../bot/slack/client.ts';
import { slackApiUrl } from '../../bot/slack/limits.ts';
import { slackDirectory } from '../../bot/slack/workspace/directory.ts';
import { teamsChat, teamsTenants } from '../../bot/teams/chat.ts';
import { readCalendar } from '../../core/calendar/year-calendar.ts';
import { minute } from '../../core/clock.ts';
import type { Config } from '../../core/config.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Chat } from '../../core/ports.ts';
import { keepCalendars } from '../../core/store/calendars.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { laterStore, migrate, storeVersion } from '../../core/store/migrate.ts';
import { noteContent } from '../../core/store/outbox/replanning.ts';
import type { Context } from '../jobs/context.ts';
import { readContent, readMigrations } from './files.ts';
import { openInstaller } from './slack/installer.ts';
import { slackTokens } from './slack/token.ts';
import { storeClock } from './store-clock.ts';
import { teamsOut } from './teams/out.ts';
import { teamsAccounts } from './teams/registrations.ts';

type Parts = Pick<
  Context,
  'secrets' | 'backlog' | 'wakeUps' | 'catalogue' | 'clock' | 'log' | 'holder'
> & {
  readonly fetch: typeof fetch;
  /** Most connections of this process. */
  readonly connections: number;
  /** Milliseconds that one statement may take. */
  readonly patience: number;
  /** Brings an older store up to date; a process that does not refuses it. */
  readonly migrates: boolean;
};

/** Milliseconds for a migration and for its lock: as long as the longest function may run. */
const migrating = 15 * minute;

/** Opens the database, sees that it is up to date and puts the context of all jobs together; what fails leaves nothing open. */
export const openContext = async (config: Config, parts: Parts): Promise<Context> => {
  const { connections, patience, migrates } = parts;
  const db = openDatabase(config.DATABASE_URL, { max: connections, patience });
  try {
    await (migrates ? prepareStoreOf(config, db, parts.clock.now()) : requireStore(db));
    return await contextOn(db, config, parts);
  } catch (error) {
    await db.destroy();
    throw error;
  }
};

const prepareStoreOf = async (config: Config, db: Database, now: Date): Promise<void> => {
  const patient = openDatabase(config.DATABASE_URL, { max: 1, patience: migrating });
  try {
    await prepareStore(db, now, patient);
  } finally {
    await patient.destroy();
  }
};

const contextOn = async (db: Database, config: Config, parts: Parts): Promise<Context> => {
  const { fetch: _f, connections: _c, patience: _p, migrates: _m, ...given } = parts;
  await noteContent(db, parts.catalogue.version);
  const clock = await storeClock(db, parts.clock, parts.log);
  const chats = [openSlack(config, parts), openTeams(config, parts)].filter(
    (chat) => chat !== null,
  );
  const installer = openInstaller(config, { fetch: parts.fetch, clock });
  return {
    ...given,
    ...(installer === undefined ? {} : { installer }),
    db,
    clock,
    chats: new Map(chats.map((chat) => [chat.platform, chat])),
    agency: {
      name: config.AGENCY_NAME,
      letter: config.AGENCY_LETTER,
      contact: config.AGENCY_CONTACT,
      zone: config.AGENCY_ZONE,
      ballotPage: config.BALLOT === 'web' ? (config.BALLOT_PAGE ?? null) : null,
    },
    ticketKey: config.TICKET_KEY,
  };
};

/**
 * Applies missing migrations, through `patient`, and the shipped calendars of years that have none; throws ConfigError
 * for a store of a later version. Hosts do so when they start, under the migrations' lock, so no separate step can be
 * forgotten; on AWS the tick does, and the other functions refuse what it has not prepared yet.
 */
export const prepareStore = async (
  db: Database,
  now: Date,
  patient: Database = db,
): Promise<void> => {
  const migrations = await readMigrations('migrations');
  const { kind } = await storeVersion(db, migrations);
  if (kind !== 'same') await migrate(patient, migrations, now);
  const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
  const calendars = files.map(({ path, text }) => readCalendar({ file: path, text }));
  await keepCalendars(db, calendars, now);
};

/** So that code never meets another schema than its own. */
const requireStore = async (db: Database): Promise<void> => {
  const version = await storeVersion(db, await readMigrations('migrations'));
  if (version.kind === 'same') return;
  if (version.kind === 'ahead') throw laterStore(version.name);
  const found = version.kind === 'behind' ? `it without ${version.name}` : 'no store yet';
  throw new ConfigError(
    `the store is of an earlier version, found ${found}, allowed one with every migration of this version: the next tick applies them`,
  );
};

const openSlack = (config: Config, { secrets, fetch, clock }: Parts): Chat | null => {
  if (config.SLACK_SIGNING_SECRET === undefined) return null;
  const token = slackTokens(secrets, clock);
  const client = slackClient({ token, fetch, apiUrl: slackApiUrl });
  return { ...slackChat({ client }), directory: slackDirectory(client) };
};

const openTeams = (config: Config, { fetch, clock }: Parts): Chat | null =>
  teamsTenants(
    new Map(
      teamsAccounts(config).map((account) => [
        account.tenantId,
        teamsChat(teamsOut(account, { fetch, clock })),
      ]),
    ),
  );
