/** The jobs' side of a deployed host: a store that is ready, and the chats that the settings name. */
import { slackChat } from '../../bot/slack/chat.ts';
import { slackClient } from '../../bot/slack/client.ts';
import { slackApiUrl } from '../../bot/slack/limits.ts';
import { teamsChat } from '../../bot/teams/chat.ts';
import { connectorClient } from '../../bot/teams/client.ts';
import { publicServiceUrl } from '../../bot/teams/limits.ts';
import { connectorHosts } from '../../bot/teams/verify.ts';
import { readCalendar } from '../../core/calendar/year-calendar.ts';
import { type Config, listOf } from '../../core/config.ts';
import type { Chat } from '../../core/ports.ts';
import { keepCalendars } from '../../core/store/calendars.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { migrate } from '../../core/store/migrate.ts';
import { noteContent } from '../../core/store/replanning.ts';
import type { Context } from '../jobs/context.ts';
import { readContent, readMigrations } from './files.ts';
import { slackTokens } from './slack-token.ts';
import { storeClock } from './store-clock.ts';
import { connectorToken } from './teams-token.ts';

type Parts = Pick<Context, 'secrets' | 'catalogue' | 'clock' | 'log' | 'holder'> & {
  readonly fetch: typeof fetch;
  /** Most connections of this process. */
  readonly connections: number;
};

/** Opens the database, brings it up to date and puts the context of all jobs together. */
export const openContext = async (config: Config, parts: Parts): Promise<Context> => {
  const { fetch: _fetch, connections, ...given } = parts;
  const db = openDatabase(config.DATABASE_URL, { max: connections });
  await prepareStore(db, parts.clock.now());
  await noteContent(db, parts.catalogue.version);
  const clock = await storeClock(db, parts.clock, parts.log);
  const chats = [openSlack(config, parts), openTeams(config, parts)].filter(
    (chat) => chat !== null,
  );
  return {
    ...given,
    db,
    clock,
    chats: new Map(chats.map((chat) => [chat.platform, chat])),
    agency: {
      name: config.AGENCY_NAME,
      letter: config.AGENCY_LETTER,
      contact: config.AGENCY_CONTACT,
      zone: config.AGENCY_ZONE,
    },
    ticketKey: config.TICKET_KEY,
  };
};

/**
 * Applies missing migrations and the shipped calendars of years that have none. Every process with SQL does so when it
 * starts, under the migrations' lock, so new code never meets an old schema and no separate step can be forgotten.
 */
const prepareStore = async (db: Database, now: Date): Promise<void> => {
  await migrate(db, await readMigrations('migrations'), now);
  const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
  const calendars = files.map(({ path, text }) => readCalendar({ file: path, text }));
  await keepCalendars(db, calendars, now);
};

const openSlack = (config: Config, { secrets, fetch, clock }: Parts): Chat | null =>
  config.SLACK_SIGNING_SECRET === undefined
    ? null
    : slackChat({
        client: slackClient({
          token: slackTokens(secrets, clock),
          fetch,
          apiUrl: slackApiUrl,
        }),
      });

const openTeams = (config: Config, { fetch, clock }: Parts): Chat | null => {
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: password } = config;
  const [tenantId] = listOf(config.TEAMS_TENANTS ?? '');
  if (appId === undefined || password === undefined || tenantId === undefined) return null;
  const token = connectorToken({ tenantId, appId, password, fetch, clock });
  const client = connectorClient({ token, fetch, allowedHosts: connectorHosts });
  return teamsChat({ client, appId, serviceUrl: publicServiceUrl });
};
