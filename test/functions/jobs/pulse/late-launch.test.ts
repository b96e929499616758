import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { readOutlook } from '../../../../core/store/outlook.ts';
import { findWave } from '../../../../core/store/pulse/waves.ts';
import { wavesData } from '../../../../functions/app/pages/waves-data.ts';
import { actOnWaves } from '../../../../functions/jobs/pulse/wave-acts.ts';
import { wavesJob } from '../../../../functions/jobs/pulse/waves.ts';
import { previewRules } from '../../../../functions/local/preview/rules.ts';
import { type House, openHouse } from '../../../support/house.ts';

const start = '2026-10-11T17:00:00Z';
const open = () => openHouse({ now: start, welcomed: true });

/** Members of a wave, and those of them with an invitation, by zone. */
const invitedBy = async ({ db }: House, wave: string) =>
  (
    await sql<{ zone: string; members: number; invited: number }>`
      SELECT p.time_zone AS zone, count(*)::int AS members, count(o.person_id)::int AS invited
      FROM wave_members m JOIN people p ON p.id = m.person_id
      LEFT JOIN outbox o ON o.person_id = p.id AND o.stream = 'pulse' AND o.item = m.wave_id
      WHERE m.wave_id = ${wave} GROUP BY zone ORDER BY zone`.execute(db)
  ).rows;

const expectAllInvited = async (house: House, wave: string): Promise<void> => {
  const zones = await invitedBy(house, wave);
  expect(zones.map(({ zone }) => zone)).toContain('Asia/Jayapura');
  for (const { zone, members, invited } of zones) expect(invited, zone).toBe(members);
};

const nextOf = async ({ db, host }: House) =>
  wavesJob.next(host.context, { now: host.clock.now(), outlook: await readOutlook(db) });

describe('a wave whose launch was missed until the afternoon', () => {
  let house: House;
  beforeAll(async () => {
    house = await open();
    await house.tickAt('2026-10-12T09:00:00Z');
  });

  it('opens on the next working day and invites every zone', async () => {
    expect(await findWave(house.db, 'w1')).toBeNull();
    expect(await nextOf(house)).toEqual(new Date('2026-10-12T22:00:00Z'));
    await house.tickAt('2026-10-12T22:00:00Z');
    expect(await findWave(house.db, 'w1')).toMatchObject({
      opensAt: new Date('2026-10-12T22:00:00Z'),
      closesAt: new Date('2026-10-23T10:00:00Z'),
    });
    await expectAllInvited(house, 'w1');
  });

  it('reminds and is shown from there', async () => {
    const data = wavesData(house.host.context, { id: 'SDM', en: 'HR' }, previewRules);
    expect(await data.reminders('w1')).toEqual(['2026-10-15', '2026-10-21']);
    const { schedule } = await data.facts();
    expect(schedule.waves[0]).toMatchObject({ opens: '2026-10-13', closes: '2026-10-23' });
  });
});

describe('a late launch', () => {
  it('waits for the next day when the easternmost zone has no time left', async () => {
    const house = await open();
    await house.tickAt('2026-10-12T07:00:00Z');
    expect(await findWave(house.db, 'w1')).toBeNull();
  });

  it('happens on the same day while every zone has time left', async () => {
    const house = await open();
    await house.tickAt('2026-10-12T04:00:00Z');
    expect(await findWave(house.db, 'w1')).toMatchObject({
      opensAt: new Date('2026-10-11T22:00:00Z'),
    });
    await expectAllInvited(house, 'w1');
  });

  it('waits for the next day, too, when HR closes in the afternoon the wave that it waited for', async () => {
    const house = await open();
    await house.tickAt('2026-10-12T00:00:00Z');
    await sql`INSERT INTO wave_plans VALUES ('w7', '2026-10-20', 10,
      '{reg-2,dat-2,ppl-2,inf-2,cul-2}', NULL, 'planned', ${new Date(start)})`.execute(house.db);
    await house.tickAt('2026-10-21T07:00:00Z');
    const { db, catalogue, agency, clock } = house.host.context;
    const desk = { db, catalogue, zone: agency.zone, now: clock.now(), actor: 'hr' } as const;
    expect(await actOnWaves(desk, { act: 'close', wave: 'w1' })).toMatchObject({ done: true });
    await house.tickAt('2026-10-21T07:20:00Z');
    expect(await findWave(house.db, 'w1')).toMatchObject({ status: 'erased' });
    expect(await findWave(house.db, 'w7')).toBeNull();
    await house.tickAt('2026-10-21T22:00:00Z');
    await expectAllInvited(house, 'w7');
  });
});

describe('two waves that are due at once', () => {
  it('open one after the other: the second is looked for when the first is counted', async () => {
    const house = await open();
    await sql`INSERT INTO wave_plans VALUES ('w7', '2026-10-13', 10,
      '{reg-2,dat-2,ppl-2,inf-2,cul-2}', NULL, 'planned', ${new Date(start)})`.execute(house.db);
    // Down on the day of the first.
    await house.tickAt('2026-10-12T22:00:00Z');
    expect(await findWave(house.db, 'w1')).toMatchObject({ status: 'open' });
    expect(await findWave(house.db, 'w7')).toBeNull();
    expect(await nextOf(house)).toEqual(new Date('2026-10-23T10:15:00Z'));
    await house.tickAt('2026-10-23T10:15:00Z');
    await house.tickAt('2026-10-25T22:00:00Z');
    expect(await findWave(house.db, 'w7')).toMatchObject({ status: 'open' });
  });
});

describe('a launch that is cut off before its plan', () => {
  it('invites everybody with the next tick', async () => {
    const house = await open();
    const { context, clock } = house.host;
    clock.moveTo(new Date('2026-10-11T22:00:00Z'));
    // The day's own plan was made a moment ago and makes up for nothing.
    await sql`INSERT INTO job_runs VALUES ('plan', ${clock.now()})`.execute(house.db);
    // Whatever runs between the launch and its plan may be the last that this process does.
    const info = (event: string): void => {
      if (event === 'wave.launched') throw new Error('killed');
    };
    const dying = { ...context, log: { ...context.log, info } };
    await expect(wavesJob.run(dying, clock.now())).rejects.toThrow('killed');
    expect(await findWave(house.db, 'w1')).toMatchObject({ status: 'open' });
    await house.tickAt('2026-10-11T22:01:00Z');
    await expectAllInvited(house, 'w1');
  });
});
