/** What comes once: a welcome, whatever happens between its plan and its day. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { followChat } from '../../../../core/store/outbox/outbox.ts';
import { requestPlan } from '../../../../core/store/outbox/replanning.ts';
import { cancelCampaign, uncancelCampaign } from '../../../../core/store/runs/campaign.ts';
import { countUnreached } from '../../../../core/store/runs/resending.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { type House, openHouse } from '../../../support/house.ts';

const early = '2026-10-25T22:00:00Z';
const run = { stream: 'welcome', slot: '2026-10-26' } as const;
const campaign = { ...run, item: null, personId: null };
const act = (time: string) => ({
  campaign,
  reason: 'keliru',
  now: new Date(`2026-10-26T${time}:00Z`),
});

/** The mornings of Monday and Tuesday, with the plan between them. */
const twoDays = async ({ tickAt }: House): Promise<void> => {
  const mornings = [
    '26T01:30',
    '26T01:31',
    '26T02:31',
    '27T00:01',
    '27T01:30',
    '27T01:31',
    '27T02:31',
  ];
  for (const at of mornings) await tickAt(`2026-10-${at}:00Z`);
};

/** How many people were welcomed how often. */
const welcomes = async ({ db }: House) =>
  (
    await sql<{ times: number; people: number }>`SELECT times, count(*)::int AS people
      FROM (SELECT count(*)::int AS times FROM outbox WHERE stream = 'welcome' AND state = 'sent'
        GROUP BY person_id) counted GROUP BY times`.execute(db)
  ).rows;

const rowsOf = async ({ db }: House, person: number) =>
  (
    await sql<{ row: string }>`SELECT concat_ws(' ', slot, state, reason) AS row FROM outbox
      WHERE person_id = ${person} AND stream = 'welcome' ORDER BY slot`.execute(db)
  ).rows.map(({ row }) => row);

describe('a welcome', () => {
  it('comes once to whoever is found in the chat after the plan', async () => {
    const house = await openHouse({ now: early });
    const id = await house.idOf(sampleKeys.slackStaff);
    await sql`CREATE TABLE away AS SELECT * FROM identities WHERE person_id = ${id}`.execute(
      house.db,
    );
    await sql`DELETE FROM identities WHERE person_id = ${id}`.execute(house.db);
    await house.tickAt(early);
    expect(await rowsOf(house, id)).toEqual(
      ['26', '27'].map((day) => `2026-10-${day} skipped no-chat`),
    );
    await sql`INSERT INTO identities SELECT * FROM away`.execute(house.db);
    await requestPlan(house.db);
    await house.tickAt('2026-10-26T00:30:00Z');
    await twoDays(house);
    expect(await rowsOf(house, id)).toEqual(['2026-10-26 sent', '2026-10-27 skipped no-chat']);
    const { rows } = await sql`SELECT state FROM outbox WHERE person_id = ${id}
      AND stream = 'lesson' AND slot = '2026-10-27'`.execute(house.db);
    expect(rows).toEqual([{ state: 'sent' }]);
  });

  it('comes once to whoever installs the app after the plan', async () => {
    const house = await openHouse({ now: early });
    const id = await house.idOf(sampleKeys.teamsStaff);
    await sql`UPDATE identities SET unreachable_reason = 'not-installed'
      WHERE person_id = ${id}`.execute(house.db);
    await house.tickAt(early);
    house.host.clock.moveTo(new Date('2026-10-26T01:00:00Z'));
    await house.type('teams', sampleKeys.teamsStaff, 'halo');
    await twoDays(house);
    expect(await rowsOf(house, id)).toEqual([
      '2026-10-26 sent',
      '2026-10-27 unreachable not-installed',
    ]);
  });

  it('that was planned anew goes no second time when its cancellation is taken back', async () => {
    const house = await openHouse({ now: early });
    await house.tickAt(early);
    await cancelCampaign(house.db, { ...act('00:00'), now: new Date('2026-10-25T23:00:00Z') });
    await house.tickAt('2026-10-26T00:00:00Z');
    await house.tickAt('2026-10-26T00:01:00Z');
    const done = await uncancelCampaign(house.db, act('00:30'));
    expect(done).toMatchObject({ again: 0 });
    await twoDays(house);
    expect((await welcomes(house)).map(({ times }) => times)).toEqual([1]);
  });
});

describe('a welcome of which an earlier try may have arrived', () => {
  const inDoubt = async () => {
    const house = await openHouse({ now: early });
    await planAll(house.host.context, new Date(early));
    await sql`UPDATE outbox SET state = 'retry', reason = 'timeout', attempt = 1, in_doubt = true,
      key = gen_random_uuid() WHERE stream = 'welcome' AND slot = '2026-10-26'`.execute(house.db);
    return house;
  };
  const unreached = async ({ db }: House, unconfirmed: boolean) => {
    const counts = await countUnreached(db, { ...run, unconfirmed, now: act('02:00').now });
    return counts.filter(({ reason }) => reason === 'cancelled').map(({ state }) => state);
  };

  it('is unconfirmed when it is cancelled: a resend leaves it alone unless asked', async () => {
    const house = await inDoubt();
    const { stopped } = await cancelCampaign(house.db, act('01:40'));
    expect(stopped).toBeGreaterThan(200);
    expect(await unreached(house, false)).toEqual([]);
    expect(await unreached(house, true)).toEqual(['unconfirmed']);
    expect(await uncancelCampaign(house.db, act('01:50'))).toMatchObject({ again: stopped });
  });

  it('is unconfirmed when its person has no chat left', async () => {
    const house = await inDoubt();
    const id = await house.idOf(sampleKeys.teamsStaff);
    await sql`DELETE FROM identities WHERE person_id = ${id}`.execute(house.db);
    await followChat(house.db, act('02:00').now);
    expect((await rowsOf(house, id))[0]).toBe('2026-10-26 unconfirmed no-chat');
  });
});
