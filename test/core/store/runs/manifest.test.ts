import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { expectFinish } from '../../../../core/delivery/finish.ts';
import { foldRuns } from '../../../../core/delivery/manifest.ts';
import { manifest } from '../../../../core/store/runs/manifest.ts';
import { listBacklogs, listRecipients } from '../../../../core/store/runs/recipients.ts';
import { openCrowd, planRun } from '../outbox/crowd.ts';

const run = { stream: 'lesson', slot: '2026-10-26' } as const;
const early = new Date('2026-10-25T22:00:00Z');
const day = { from: run.slot, to: run.slot };

describe('the manifest of a day', async () => {
  const { db } = await openCrowd(8);
  await planRun(db, run, early);
  await planRun(db, { ...run, stream: 'leader' }, early);
  const end = (state: string, reason: string | null, people: readonly number[]) =>
    sql`UPDATE outbox SET state = ${state}, reason = ${reason}
      WHERE person_id = ANY(${people}::int[]) AND stream = 'lesson'`.execute(db);
  await end('sent', null, [1]);
  await end('unconfirmed', 'timeout', [2]);
  await end('skipped', 'leave', [3]);
  await end('unreachable', 'blocked', [4]);
  await end('expired', 'window-over', [5]);
  await end('unknown', 'timeout', [6]);
  await end('sending', null, [7]);

  it('has everybody in one line, with reasons, and what is pending by its state', async () => {
    const [told, ...others] = foldRuns(await manifest(db, { ...day, stream: 'lesson' }));
    expect(others).toEqual([]);
    const counts = Object.entries(told?.lines ?? {}).map(([name, { count }]) => [name, count]);
    expect(Object.fromEntries(counts)).toEqual({
      sent: 1,
      unconfirmed: 1,
      skipped: 1,
      unreachable: 1,
      expired: 1,
      pending: 3,
      settled: 0,
    });
    expect(told?.audience).toBe(8);
    expect(told?.lines.skipped.parts).toEqual([{ name: 'leave', count: 1 }]);
    expect(told?.lines.pending.parts).toEqual([
      { name: 'planned', count: 1 },
      { name: 'sending', count: 1 },
      { name: 'unknown', count: 1 },
    ]);
  });

  it('tells a survey reminder as waiting or settled, whatever the row says', async () => {
    await sql`UPDATE outbox SET stream = 'pulse-reminder' WHERE stream = 'lesson'`.execute(db);
    const rows = await manifest(db, { ...day, stream: 'pulse-reminder' });
    expect(rows.map(({ state, reason, count }) => [state, reason, count])).toEqual([
      ['planned', null, 3],
      ['settled', null, 5],
    ]);
    const wish = { ...day, most: 99, after: null };
    for (const stream of ['pulse', 'pulse-reminder']) {
      await sql`UPDATE outbox SET stream = ${stream} WHERE stream LIKE 'pulse%'`.execute(db);
      expect(await listRecipients(db, { ...wish, stream })).toEqual([]);
    }
    await sql`UPDATE outbox SET stream = 'lesson' WHERE stream LIKE 'pulse%'`.execute(db);
  });

  it('names people page after page, each once', async () => {
    const names: string[] = [];
    let after: Awaited<ReturnType<typeof listRecipients>>[number] | null = null;
    do {
      const page: Awaited<ReturnType<typeof listRecipients>> = await listRecipients(db, {
        ...day,
        stream: 'lesson',
        most: 3,
        after,
      });
      names.push(...page.map(({ name, unit }) => `${name}, ${unit}`));
      after = page.at(-1) ?? null;
    } while (after !== null);
    expect(names).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((id) => `Pegawai ${id}, Kementerian Contoh`),
    );
  });

  it('gives a lane with what waits on it, that of other streams too', async () => {
    const lanes = await listBacklogs(db, { ...day, stream: 'lesson' });
    expect(lanes.map(({ platform }) => platform)).toEqual(['slack', 'teams']);
    const sums = lanes.map(({ waiting }) => [
      waiting.reduce((sum, { asked }) => sum + asked, 0),
      waiting.reduce((sum, { count }) => sum + count, 0),
    ]);
    // The eighth waits and the seventh is on its way; all eight wait for the leader's message.
    expect(sums).toEqual([
      [1, 5],
      [1, 5],
    ]);
    const [slack] = lanes;
    if (slack === undefined) throw new Error('no lane');
    const now = new Date('2026-10-26T02:00:00Z');
    const { at, late } = expectFinish(slack, slack.waiting, now);
    expect([at.getTime() - now.getTime() < 1_000, late]).toEqual([true, 0]);
    expect(await listBacklogs(db, { from: '2026-10-01', to: '2026-10-02', stream: null })).toEqual(
      [],
    );
  });
});
