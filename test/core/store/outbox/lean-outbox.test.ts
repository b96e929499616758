import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '../../../../core/store/migrate.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { readMigrations } from '../../../../functions/app/files.ts';
import { cloneDatabase } from '../../../support/run/database.ts';

it('keeps every row of an outbox that was filled before its columns moved', async () => {
  const { db } = await cloneDatabase('template0');
  const all = await readMigrations('migrations');
  const before = all.filter(({ name }) => !name.includes('0013_'));
  await migrate(db, before, new Date(0));
  await sql`CREATE TABLE outbox_2026_10 PARTITION OF outbox
    FOR VALUES FROM ('2026-10-01') TO ('2026-11-01')`.execute(db);
  await sql`CREATE TABLE outbox_2026_11 PARTITION OF outbox
    FOR VALUES FROM ('2026-11-01') TO ('2026-12-01')`.execute(db);
  await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires,
      state, reason, attempt, key, fence, conversation, ref, changed_at, in_doubt)
    SELECT n, 'lesson', date '2026-10-25' + n % 14, 'l0' || n % 5, 1 + n % 2, 4,
      '2026-10-25T01:30:00Z', '2026-10-25T09:00:00Z',
      (ARRAY['planned', 'sent', 'unknown', 'skipped'])[1 + n % 4],
      CASE WHEN n % 4 = 3 THEN 'leave' END, n % 3, CASE WHEN n % 4 = 1 THEN gen_random_uuid() END, n,
      CASE WHEN n % 4 = 1 THEN 'D' || n END, CASE WHEN n % 4 = 1 THEN '17.' || n END,
      '2026-10-25T02:00:00Z', n % 7 = 0
    FROM generate_series(1, 500) n`.execute(db);
  const told = sql<{ rows: string }>`SELECT string_agg(concat_ws('|', person_id, stream, slot, item,
      lane_id, priority, due, expires, state, reason, attempt, key, fence, conversation, ref,
      changed_at, in_doubt), E'\n' ORDER BY person_id) AS rows FROM outbox`;
  const { rows: was } = await told.execute(db);
  expect(await migrate(db, all, new Date(0))).toContain('migrations/0013_lean_outbox.sql');
  expect((await told.execute(db)).rows).toEqual(was);
  // Both months stand as partitions again, with the key that keeps a message single.
  const twice = sql`INSERT INTO outbox (person_id, stream, slot, item, priority, due, expires, state)
    SELECT person_id, stream, slot, item, priority, due, expires, 'planned' FROM outbox`;
  await expect(twice.execute(db)).rejects.toThrow(/outbox_2026_1[01]_pkey/);
});

it('sweeps every partition of an upgraded store as often as one of a new month', async () => {
  const { db } = await cloneDatabase('template0');
  const all = await readMigrations('migrations');
  await migrate(
    db,
    all.filter(({ name }) => name < 'migrations/0013'),
    new Date(0),
  );
  for (const [from, to] of [
    ['2026-10', '2026-11'],
    ['2026-11', '2026-12'],
  ])
    await sql`CREATE TABLE ${sql.id(`outbox_${from?.replace('-', '_')}`)} PARTITION OF outbox
      FOR VALUES FROM (${sql.lit(`${from}-01`)}) TO (${sql.lit(`${to}-01`)})
      WITH (autovacuum_vacuum_scale_factor = 0.05)`.execute(db);
  await migrate(db, all, new Date(0));
  await ensurePartitions(db, ['2026-12-07']);
  const { rows } = await sql<{ options: readonly string[] }>`SELECT c.reloptions AS options
    FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
    WHERE h.inhparent = 'outbox'::regclass`.execute(db);
  expect(rows).toHaveLength(3);
  for (const { options } of rows) expect(options).toContain('autovacuum_vacuum_scale_factor=0.05');
});
