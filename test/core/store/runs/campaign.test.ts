import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Campaign } from '../../../../core/delivery/cancellation.ts';
import { settle } from '../../../../core/store/outbox/outbox.ts';
import {
  cancelCampaign,
  listCancellations,
  readStanding,
  stopWaiting,
  uncancelCampaign,
} from '../../../../core/store/runs/campaign.ts';
import { claim, clearCrowd, openCrowd, planRun, settlementOf } from '../outbox/crowd.ts';

const run = { stream: 'lesson', slot: '2026-10-26' } as const;
const campaign: Campaign = { ...run, item: null, personId: null };
const early = new Date('2026-10-25T22:00:00Z');
/** 09.00 WIB, 11.00 WIT. */
const morning = new Date('2026-10-26T02:00:00Z');

describe('a cancelled run', async () => {
  const { db } = await openCrowd(12);
  const act = { campaign, reason: 'keliru', now: morning };
  const states = async () => {
    const { rows } = await sql<{ state: string; count: number }>`
      SELECT concat_ws(' ', state, reason) AS state, count(*)::int AS count FROM outbox
      GROUP BY 1`.execute(db);
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  };
  beforeEach(async () => {
    await clearCrowd(db);
    await planRun(db, run, early);
  });

  it('stops what waits and leaves in flight what is in flight; a second time changes nothing', async () => {
    const batch = await claim(db, 1, { now: morning, most: 3 });
    const stopped = await cancelCampaign(db, act);
    expect(stopped).toEqual({ first: true, stopped: 12 - (batch?.rows.length ?? 0) });
    expect(await states()).toEqual({ sending: 3, 'skipped cancelled': 9 });
    expect(await cancelCampaign(db, act)).toEqual({ first: false, stopped: 0 });
    expect(await readStanding(db, campaign)).toMatchObject({ inFlight: 3, cancelled: 9, rows: 12 });
  });

  it('does not go again when a POST that was in flight is turned back, nor when it is planned later', async () => {
    const batch = await claim(db, 1, { now: morning, most: 3 });
    if (batch === null) throw new Error('nothing was due');
    await sql`DELETE FROM outbox WHERE state = 'planned' AND person_id > 10`.execute(db);
    await sql`DELETE FROM attention WHERE person_id > 10`.execute(db);
    await cancelCampaign(db, act);
    const rows = batch.rows.map((row) =>
      settlementOf(row, { state: 'retry', reason: 'rate-limited', due: morning }),
    );
    await settle(db, batch.lease, { now: morning, rows });
    expect(await planRun(db, run, morning)).toBeGreaterThan(0);
    const later = new Date('2026-10-26T03:30:00Z');
    for (const lane of [1, 2]) expect(await claim(db, lane, { now: later, most: 12 })).toBeNull();
    expect(await states()).toEqual({ 'skipped cancelled': 12 });
  });

  it('commits no intent once it was told to be over, however many senders run meanwhile', async () => {
    let over = false;
    const late: number[] = [];
    const send = async (lane: number): Promise<void> => {
      for (let turn = 0; turn < 25; turn += 1) {
        const begunLate = over;
        const batch = await claim(db, lane, { now: morning, most: 1 });
        if (batch === null) continue;
        if (begunLate) late.push(...batch.rows.map(({ personId }) => personId));
        const rows = batch.rows.map((row) =>
          settlementOf(row, { state: turn % 2 ? 'sent' : 'retry', reason: 'x', due: morning }),
        );
        await settle(db, batch.lease, { now: morning, rows });
      }
    };
    const stop = async (): Promise<void> => {
      await claim(db, 1, { now: morning, most: 1 });
      await sql`UPDATE outbox SET state = 'retry' WHERE state = 'sending'`.execute(db);
      await cancelCampaign(db, act);
      for (;;) {
        const put = await stopWaiting(db, campaign, morning);
        const { inFlight, waiting } = await readStanding(db, campaign);
        if (put === 0 && inFlight === 0 && waiting === 0) break;
      }
      over = true;
    };
    await Promise.all([send(1), send(2), stop()]);
    expect(late).toEqual([]);
    const { waiting, inFlight, gone, cancelled } = await readStanding(db, campaign);
    expect([waiting, inFlight, gone + cancelled]).toEqual([0, 0, 12]);
    expect(cancelled).toBeGreaterThan(0);
  });

  it('is stopped for one person or one item alone', async () => {
    await cancelCampaign(db, { ...act, campaign: { ...campaign, personId: 3 } });
    await cancelCampaign(db, { ...act, campaign: { ...campaign, item: 'another' } });
    expect(await states()).toEqual({ planned: 11, 'skipped cancelled': 1 });
    await cancelCampaign(db, { ...act, campaign: { ...campaign, item: 'lesson-2026-10-26' } });
    expect(await states()).toEqual({ 'skipped cancelled': 12 });
    expect(await listCancellations(db)).toHaveLength(3);
  });

  it('is stopped by the name of its tip also where it corrects that', async () => {
    await sql`UPDATE outbox SET item = 'l01@v2'`.execute(db);
    const stopped = await cancelCampaign(db, { ...act, campaign: { ...campaign, item: 'l01' } });
    expect(stopped).toEqual({ first: true, stopped: 12 });
    expect(await states()).toEqual({ 'skipped cancelled': 12 });
  });

  it('goes again also to whom an earlier try may have reached, for they waited like the others', async () => {
    await sql`UPDATE outbox SET state = 'retry', attempt = 1, in_doubt = true
      WHERE person_id = 3`.execute(db);
    await cancelCampaign(db, act);
    expect(await states()).toEqual({ 'skipped cancelled': 11, 'unconfirmed cancelled': 1 });
    expect(await uncancelCampaign(db, act)).toEqual({ again: 12, over: 0 });
  });

  it('goes again when taken back, but for whom another cancellation stands', async () => {
    const one = { ...campaign, personId: 3 };
    await cancelCampaign(db, act);
    await cancelCampaign(db, { ...act, campaign: one });
    const held = await sql`SELECT * FROM attention ORDER BY 1, 2, 3`.execute(db);
    expect(await uncancelCampaign(db, act)).toEqual({ again: 11, over: 1 });
    expect(await uncancelCampaign(db, act)).toBeNull();
    expect(await states()).toEqual({ planned: 11, 'skipped cancelled': 1 });
    expect((await sql`SELECT * FROM attention ORDER BY 1, 2, 3`.execute(db)).rows).toEqual(
      held.rows,
    );
    expect(await uncancelCampaign(db, { ...act, campaign: one })).toEqual({ again: 1, over: 0 });
  });

  it('stays as it is for whom the day is over when it is taken back', async () => {
    await sql`UPDATE outbox SET expires = '2026-11-20' WHERE person_id = 3`.execute(db);
    await cancelCampaign(db, act);
    // The window of the third is open for weeks, but the attention it holds is that of Monday.
    const now = new Date('2026-10-27T02:00:00Z');
    expect(await uncancelCampaign(db, { ...act, now })).toEqual({ again: 0, over: 12 });
  });

  it('stays as it is when it is taken back in the evening of its day', async () => {
    await cancelCampaign(db, act);
    const now = new Date('2026-10-26T12:00:00Z');
    expect(await uncancelCampaign(db, { ...act, now })).toEqual({ again: 0, over: 12 });
  });

  it('is in the audit log with counts and no name', async () => {
    const before = await sql<{ id: number }>`SELECT coalesce(max(id), 0)::int AS id
      FROM audit_log`.execute(db);
    const one = { ...campaign, personId: 3 };
    await cancelCampaign(db, { ...act, campaign: one });
    await uncancelCampaign(db, { ...act, campaign: one });
    const { rows } = await sql`SELECT act, detail FROM audit_log
      WHERE id > ${before.rows[0]?.id ?? 0} ORDER BY id`.execute(db);
    const detail = { ...run, item: null, onePerson: true, reason: 'keliru' };
    expect(rows).toEqual([
      { act: 'delivery.cancelled', detail: { ...detail, waiting: 1, inFlight: 0 } },
      { act: 'delivery.uncancelled', detail: { ...detail, again: 1, over: 0 } },
    ]);
  });
});
