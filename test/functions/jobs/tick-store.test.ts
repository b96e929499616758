import { sql } from 'kysely';
import { describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../../core/store/database.ts';
import { tick, tickAloud } from '../../../functions/jobs/tick.ts';
import { type House, openHouse } from '../../support/house.ts';
import { afterFile } from '../../support/run/after-file.ts';
import { onDatabase } from '../../support/run/server.ts';
import { silentLine } from '../../support/run/silent-line.ts';

const open = () => openHouse({ now: '2026-10-12T01:00:00Z', welcomed: true });

/** The address of a house's database. */
const urlOf = async ({ db }: House): Promise<string> => {
  const { rows } = await sql<{ name: string }>`SELECT current_database() AS name`.execute(db);
  return onDatabase(inject('databaseUrl'), rows[0]?.name ?? '');
};

const failed = ({ lines }: House) => lines.filter(({ event }) => event === 'job.failed');

describe('a tick that cannot read the store', () => {
  it('says job.failed, and that it has ended', async () => {
    const house = await open();
    const db = openDatabase('postgres://x:y@127.0.0.1:1/none', { max: 1 });
    afterFile(() => db.destroy());
    await expect(tickAloud({ ...house.host.context, db })).rejects.toThrow();
    expect(failed(house).map(({ level, fields }) => [level, fields])).toEqual([
      ['error', { job: 'look', kind: expect.any(String) }],
    ]);
    expect(house.lines.at(-1)).toMatchObject({ level: 'info', event: 'tick.ended' });
  });
});

describe('a tick whose connection went dead', () => {
  it('ends, and the next one works on a connection of its own', async () => {
    const house = await open();
    const line = await silentLine(await urlOf(house));
    const db = openDatabase(line.url, { max: 1, patience: 3_000 });
    afterFile(() => db.destroy());
    const context = { ...house.host.context, db };
    await tick(context);
    line.silence();
    await expect(tick(context)).rejects.toThrow('timeout');
    expect(failed(house)).toHaveLength(1);
    await tick(context);
    expect(failed(house)).toHaveLength(1);
  });
});
