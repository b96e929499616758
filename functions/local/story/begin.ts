/** Making a store ready: migrations, the shipped calendars and, where it is empty, the sample agency. */

import { slackCapabilities } from '../../../bot/slack/limits.ts';
import { teamsCapabilities } from '../../../bot/teams/limits.ts';
import { readCalendar } from '../../../core/calendar/year-calendar.ts';
import type { Secrets } from '../../../core/ports.ts';
import { keepCalendars } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import { type Migration, migrate } from '../../../core/store/migrate.ts';
import { listUnits } from '../../../core/store/people/people.ts';
import { readContent, readMigrations } from '../../app/files.ts';
import { ownSecret } from '../../jobs/own-secret.ts';
import { seedSample } from '../sample/seed.ts';
import { rosterKeyName } from '../secrets.ts';
import { historyBegins } from './agency.ts';

/** Migrates and seeds; a store that is ready already stays as it is. */
export const prepareStore = async (db: Database, secrets: Secrets): Promise<void> => {
  await migrate(db, await localMigrations(), historyBegins);
  await seed(db, secrets);
};

/** Every migration of the local edition. */
export const localMigrations = async (): Promise<readonly Migration[]> => [
  ...(await readMigrations('migrations')),
  ...(await readMigrations('local-migrations')),
];

/** Puts calendars and the sample agency into a migrated store. */
export const seed = async (db: Database, secrets: Secrets): Promise<void> => {
  const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
  const calendars = files.map(({ path, text }) => readCalendar({ file: path, text }));
  await db.transaction().execute((trx) => keepCalendars(trx, calendars, historyBegins));
  if ((await listUnits(db)).length > 0) return;
  const secret = await ownSecret(secrets, rosterKeyName);
  const today = '2026-10-12';
  await db.transaction().execute((trx) =>
    seedSample(trx, {
      secret,
      now: historyBegins,
      today,
      // One person is away for three weeks around the history's end, one pauses beyond it.
      leave: { from: '2026-11-23', to: '2026-12-11' },
      pausedUntil: '2026-12-18',
      pace: { slack: slackCapabilities, teams: teamsCapabilities },
    }),
  );
};
