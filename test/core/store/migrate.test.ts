import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../core/store/migrate.ts';
import { cloneDatabase } from '../../support/run/database.ts';

describe('migrations', async () => {
  const { db } = await cloneDatabase();

  it('apply each file once, in the order of their numbers', async () => {
    const files = [
      { name: 'x/0002_b.sql', text: 'INSERT INTO probe VALUES (2);' },
      {
        name: 'x/0001_a.sql',
        text: 'CREATE TABLE probe (n integer); INSERT INTO probe VALUES (1);',
      },
    ];
    expect(await migrate(db, files, new Date(0))).toEqual(['x/0001_a.sql', 'x/0002_b.sql']);
    expect(await migrate(db, files, new Date(0))).toEqual([]);
    const rows = await sql<{ n: number }>`SELECT n FROM probe ORDER BY n`.execute(db);
    expect(rows.rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('are refused by name on a store of a later version, of the same folder alone', async () => {
    const own = [{ name: 'z/0001.sql', text: 'SELECT 1;' }];
    const later = [...own, { name: 'z/0002.sql', text: 'SELECT 1;' }];
    expect(await migrate(db, later, new Date(0))).toEqual(['z/0001.sql', 'z/0002.sql']);
    await expect(migrate(db, own, new Date(0))).rejects.toThrow(
      /of a later version, found z\/0002\.sql/,
    );
    expect(await migrate(db, later, new Date(0))).toEqual([]);
  });

  it('leave nothing behind when one of them fails', async () => {
    const files = [
      { name: 'y/0001.sql', text: 'CREATE TABLE half (n integer);' },
      { name: 'y/0002.sql', text: 'SELECT 1/0;' },
    ];
    await expect(migrate(db, files, new Date(0))).rejects.toThrow('division by zero');
    const found = await sql`SELECT to_regclass('half') AS name`.execute(db);
    expect(found.rows).toEqual([{ name: null }]);
  });
});
