import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '../../../core/store/migrate.ts';
import { wipe } from '../../../core/store/settings.ts';
import { localMigrations } from '../../../functions/local/story/begin.ts';
import { cloneDatabase } from '../../support/run/database.ts';

it("a reset drops Langkah's own tables and leaves those of others in the same database", async () => {
  const { db } = await cloneDatabase();
  await sql`CREATE TABLE of_somebody_else (n integer)`.execute(db);
  const migrations = await localMigrations();
  await wipe(db, migrations);
  const left = await sql<{
    name: string;
  }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(db);
  expect(left.rows).toEqual([{ name: 'of_somebody_else' }]);
  expect(await migrate(db, migrations, new Date(0))).toHaveLength(migrations.length);
});
