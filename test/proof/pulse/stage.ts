/** A wave on the run's own Postgres, as a template that each killed process gets a copy of. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { inject } from 'vitest';
import type { Database } from '../../../core/store/database.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import { type Host, openHost } from '../../../functions/local/host.ts';
import { openQueue } from '../../../functions/local/queue.ts';
import { fileSecrets } from '../../../functions/local/secrets.ts';
import { afterFile } from '../../support/run/after-file.ts';
import { createDatabase } from '../../support/run/database.ts';
import { withConnection } from '../../support/run/server.ts';
import { seedAgency } from './agency.ts';
import { openFolder } from './office.ts';
import { invite } from './wave.ts';

type Template = { readonly name: string; readonly home: string };

export type Stage = {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly queue: string;
  readonly secrets: string;
  /** Takes the copy away. */
  readonly close: () => Promise<void>;
};

const silent = (): void => undefined;
const log = { info: silent, warn: silent, error: silent };

/** Invites `people`, lets `fill` go on, and leaves a database nobody is connected to and the folder of its secrets. */
export const makeTemplate = async (
  people: number,
  fill: (host: Host, db: Database) => Promise<void> = async () => undefined,
): Promise<Template> => {
  const home = await openFolder();
  afterFile(() => rm(home, { recursive: true, force: true }));
  const { db, name } = await createDatabase('template0');
  await seedAgency(db, people);
  const secrets = fileSecrets(join(home, 'secrets'));
  const queue = await openQueue(join(home, 'queue.jsonl'), log);
  const host = await openHost({ db, catalogue: await readCatalogue(), secrets, queue, log });
  await invite({ host });
  await fill(host, db);
  await host.flush();
  await queue.close();
  await db.destroy();
  return { name, home };
};

/** A copy of the template with secrets of its own. */
export const copyStage = async (template: Template): Promise<Stage> => {
  const home = await openFolder();
  await cp(join(template.home, 'secrets'), join(home, 'secrets'), { recursive: true });
  const { db, url, name } = await createDatabase(template.name);
  return {
    db,
    databaseUrl: url,
    queue: join(home, 'queue.jsonl'),
    secrets: join(home, 'secrets'),
    close: async () => {
      await db.destroy();
      await withConnection(inject('databaseUrl'), async (admin) => {
        await sql`DROP DATABASE ${sql.id(name)} WITH (FORCE)`.execute(admin);
      });
      await rm(home, { recursive: true, force: true });
    },
  };
};

/** Waits until the server has ended what a killed process had asked of it. */
export const restServer = async (db: Database): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`.execute(
      db,
    );
    if (rows[0]?.count === 0) return;
    await new Promise((next) => setTimeout(next, 10));
  }
};
