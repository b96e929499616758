import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Made } from '../../../../core/results/make.ts';
import {
  findRelease,
  insertRelease,
  listEarlier,
  listPublished,
  listReleases,
} from '../../../../core/store/results/releases.ts';
import { readMigrations } from '../../../../functions/app/files.ts';
import { readReleases } from '../../../../functions/app/pages/release-shelf.ts';
import { cloneDatabase } from '../../../support/run/database.ts';
import { close, everyItem, people } from '../../results/small-wave.ts';

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 12));

describe('releases in the store', async () => {
  const { db } = await cloneDatabase();
  const wave = (id: string, when: Date) =>
    db
      .insertInto('waves')
      .values({
        id,
        survey: 'pulse',
        items: [],
        opens_at: when,
        closes_at: when,
        status: 'erased',
        public_key: {},
        invited: 40,
      })
      .execute();
  const keep = async (made: Made, when: Date) => {
    await wave(made.release.wave, when);
    await db.transaction().execute((trx) => insertRelease(trx, made, when));
  };
  const first = close([...people(1, 20), ...people(3, 30)], () => everyItem(3));
  const second = close([...people(1, 20), ...people(3, 30)], () => everyItem(4), {
    wave: 'w2',
    earlier: [first],
  });

  it('come back as they were made, oldest first, with their basis for the close alone', async () => {
    await keep(first, at(20));
    await keep(second, at(25));
    expect(await listReleases(db)).toEqual([first.release, second.release]);
    expect(await findRelease(db, 'w2')).toEqual(second.release);
    expect(await findRelease(db, 'w9')).toBeNull();
    expect(await listEarlier(db)).toEqual([first, second]);
    expect((await listPublished(db)).map(({ wave: id }) => id)).toEqual(['w1', 'w2']);
  });

  it('are made once: a second release of a wave is refused', async () => {
    await expect(
      db.transaction().execute((trx) => insertRelease(trx, second, at(26))),
    ).rejects.toThrow('releases_pkey');
  });

  it('of the first version are still read, and are no basis for a change', async () => {
    await wave('w0', at(1));
    const { version: _, ...old } = { ...first.release, wave: 'w0', items: ['data-anchor'] };
    await sql`INSERT INTO releases (wave_id, body, published_at)
      VALUES ('w0', ${JSON.stringify(old)}::jsonb, ${at(1)})`.execute(db);
    const [earliest] = await listEarlier(db);
    expect(earliest).toMatchObject({ release: { wave: 'w0', version: 1 }, basis: null });
  });

  it('lose the sums that were made without a key, and nothing else', async () => {
    const { madeUnder: _, ...unkeyed } = first.basis;
    await sql`UPDATE releases SET basis = ${JSON.stringify(unkeyed)}::jsonb WHERE wave_id = 'w1'`.execute(
      db,
    );
    const migrations = await readMigrations('migrations');
    const erasing = migrations.find(({ name }) => name.includes('keyed_sums'));
    await sql.raw(erasing?.text ?? '').execute(db);
    const [oldest, erased] = await listEarlier(db);
    expect(oldest?.basis).toBeNull();
    expect(erased).toEqual({ ...first, basis: { ...first.basis, madeUnder: '', members: [] } });
  });

  it('are read once by a process, and anew where a store was set back', async () => {
    const [, , last] = await readReleases(db);
    expect((await readReleases(db))[2]).toBe(last);
    await sql`UPDATE releases SET published_at = ${at(27)} WHERE wave_id = 'w2'`.execute(db);
    const again = (await readReleases(db))[2];
    expect(again).not.toBe(last);
    expect(again).toEqual(last);
  });
});
