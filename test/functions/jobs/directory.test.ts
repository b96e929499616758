import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { hour, minute } from '../../../core/clock.ts';
import { listReadings } from '../../../core/store/people/directory.ts';
import { directoryJob } from '../../../functions/jobs/directory.ts';
import { known, openWithPeople as open, person, user } from '../../support/slack/directory.ts';
import type { Organisation } from '../../support/slack/house.ts';

const run = (house: Organisation) => directoryJob.run(house.context, house.clock.now());

const reading = async ({ db }: Organisation) => (await listReadings(db, ['slack']))[0];

describe('reading a directory', () => {
  it('matches people by an address that is theirs alone, in any writing, and leaves no trace of others', async () => {
    const house = await open([
      person('sari'),
      person('budi'),
      person('rina', { email: 'KEMBAR@contoh.example' }),
      person('tono', { email: 'kembar@contoh.example' }),
    ]);
    house.grid.users.set('T0SATU', [
      user('U1', 'Sari@Contoh.example'),
      user('U2', 'kembar@contoh.example'),
      user('U3', 'orang-luar@lain.example'),
      user('USLACKBOT', null),
      user('U4', 'budi@contoh.example', { is_bot: true }),
    ]);
    await run(house);
    expect(await known(house)).toEqual(['sari U1 Asia/Jakarta']);
    expect(await reading(house)).toMatchObject({
      members: 3,
      matched: 1,
      emails: true,
      cursor: null,
    });
    const all = await sql<{ line: string }>`SELECT t::text AS line FROM identities t`.execute(
      house.db,
    );
    expect(all.rows.map(({ line }) => line).join()).not.toContain('U3');
  });

  it('goes by rule: no guest and no closed account is matched, one the roster names itself is kept', async () => {
    const identities = [{ platform: 'slack', workspaceId: 'T0SATU', userId: 'U9' }] as const;
    const house = await open([person('sari'), person('budi'), person('tamu', { identities })]);
    house.grid.users.set('T0SATU', [
      user('U1', 'sari@contoh.example', { is_restricted: true }),
      user('U2', 'budi@contoh.example', { deleted: true }),
      user('U9', null, { is_ultra_restricted: true }),
    ]);
    await run(house);
    expect(await known(house)).toEqual(['tamu U9 Asia/Jakarta']);
    expect(await reading(house)).toMatchObject({ members: 3, guests: 2, gone: 1, matched: 0 });
  });

  it('names the workspace on every call, and serves an organisation workspace by workspace', async () => {
    const house = await open([person('sari'), person('budi')]);
    house.state.at += minute;
    await house.install('E0ORG');
    house.grid.users.set('T0DUA', [user('U2', 'budi@contoh.example')]);
    await run(house);
    expect(house.grid.named('users.list').map(({ fields }) => fields['team_id'])).toEqual([
      'T0SATU',
      'T0DUA',
    ]);
    expect(await known(house)).toEqual(['budi U2 Asia/Jakarta']);
  });

  it('stops after its pages and goes on where it stood, in another process', async () => {
    const house = await open([person('sari')]);
    const crowd = Array.from({ length: 45 }, (_, index) => user(`U0${index}`, null));
    house.grid.users.set('T0SATU', [...crowd, user('U1', 'sari@contoh.example')]);
    await run(house);
    expect(house.grid.named('users.list')).toHaveLength(10);
    expect(await reading(house)).toMatchObject({
      cursor: 'halaman-20',
      members: 20,
      endedAt: null,
    });
    await run(house);
    await run(house);
    expect(house.grid.named('users.list')).toHaveLength(23);
    expect(await reading(house)).toMatchObject({ cursor: null, members: 46, matched: 1 });
  });

  it('waits as long as Slack says, and asks the same page again', async () => {
    const house = await open([person('sari')]);
    house.grid.users.set('T0SATU', [user('U1', 'sari@contoh.example')]);
    const headers = { 'retry-after': '90' };
    house.grid.instead.set('users.list', [
      () => Response.json({ ok: false, error: 'ratelimited' }, { status: 429, headers }),
    ]);
    await run(house);
    expect(await reading(house)).toMatchObject({ nextAt: new Date(house.state.at + 90_000) });
    house.state.at += 89_000;
    await run(house);
    expect(house.grid.named('users.list')).toHaveLength(1);
    house.state.at += 1_000;
    await run(house);
    expect(await known(house)).toEqual(['sari U1 Asia/Jakarta']);
  });

  it('begins anew when its place is lost, and once a day when it is through', async () => {
    const house = await open([person('sari')]);
    house.grid.users.set('T0SATU', [user('U1', 'sari@contoh.example')]);
    await sql`INSERT INTO directory_reads (lane_id, cursor, next_at) SELECT id, 'usang', to_timestamp(0) FROM lanes`.execute(
      house.db,
    );
    await run(house);
    await run(house);
    expect(await reading(house)).toMatchObject({ matched: 1, endedAt: house.clock.now() });
    const next = { now: house.clock.now(), outlook: { ran: new Map(), due: null, doubt: null } };
    expect(await directoryJob.next(house.context, next)).toEqual(
      new Date(house.state.at + 24 * hour),
    );
  });

  it('without the scope says so and looks again tomorrow; the lane sends on', async () => {
    const house = await open([person('sari')]);
    house.grid.scopes = ['chat:write'];
    await run(house);
    expect(await reading(house)).toMatchObject({ refused: 'missing_scope' });
    expect(house.lines.join()).toContain('directory.refused');
    const lane = await sql<{
      paused_reason: string | null;
    }>`SELECT paused_reason FROM lanes`.execute(house.db);
    expect(lane.rows).toEqual([{ paused_reason: null }]);
  });
});

describe('the zone a chat tells', () => {
  const zoneOf = async (house: Organisation) => (await known(house))[0]?.split(' ')[2];

  it('is followed by its name: the first one inside the country, later ones wherever somebody goes', async () => {
    const house = await open([person('sari')]);
    const seen: (string | undefined)[] = [];
    for (const tz of [
      'America/Los_Angeles',
      'Asia/Jayapura',
      'Europe/Berlin',
      'Bukan/Zona',
      null,
    ]) {
      house.grid.users.set('T0SATU', [user('U1', 'sari@contoh.example', { tz })]);
      house.state.at += 25 * hour;
      await run(house);
      seen.push(await zoneOf(house));
    }
    expect(seen).toEqual([
      'Asia/Jakarta',
      'Asia/Jayapura',
      'Europe/Berlin',
      'Europe/Berlin',
      'Europe/Berlin',
    ]);
  });

  it('outlives an import that says nothing new, and yields to one that does', async () => {
    const house = await open([person('sari')]);
    house.grid.users.set('T0SATU', [user('U1', 'sari@contoh.example', { tz: 'Asia/Makassar' })]);
    await run(house);
    await house.apply([person('sari')]);
    expect(await zoneOf(house)).toBe('Asia/Makassar');
    await house.apply([person('sari', { timeZone: 'Asia/Jayapura' })]);
    expect(await zoneOf(house)).toBe('Asia/Jayapura');
    house.state.at += 25 * hour;
    await run(house);
    expect(await zoneOf(house)).toBe('Asia/Jayapura');
  });
});
