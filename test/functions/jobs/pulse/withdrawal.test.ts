import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../../../../core/clock.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { queued } from '../../../support/ballots.ts';
import { openInvited, sendAnswers } from '../../../support/closing.ts';
import { type House, userOf } from '../../../support/house.ts';
import { pulseOf } from '../../../support/pulse.ts';
import { lockWaited } from '../../../support/run/lock-waited.ts';

const key = sampleKeys.slackStaff;
const none = 'tidak ada jawaban Anda yang tersimpan';

describe('"hapus"', () => {
  let house: House;
  beforeAll(async () => {
    house = await openInvited();
  });
  const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(house.db)).rows;
  const boxes = () => rows(sql`SELECT 1 FROM ballots WHERE sealed <> ''`);
  const answerAt = async (at: string): Promise<void> => {
    house.host.clock.moveTo(new Date(at));
    await sendAnswers(house, pulseOf(house, 'slack', key));
    await house.host.drain();
  };
  const wish = async (at: string): Promise<void> => {
    house.host.clock.moveTo(new Date(at));
    await house.actor('slack').type({ userId: userOf('slack', key), text: 'hapus' });
  };
  const said = async (): Promise<string> => {
    await house.host.drain();
    return JSON.stringify(house.messagesOf('slack', key).at(-1)?.payload);
  };

  it('leaves nothing that names its person: no row of theirs, and no time near the empty one’s', async () => {
    await answerAt('2026-10-12T04:00:00Z');
    const outbox = sql<{ line: string }>`
      SELECT concat(xmin, ' ', o) AS line FROM outbox o ORDER BY line`;
    const before = await rows(outbox);
    await wish('2026-10-12T04:11:00Z');
    expect(await said()).toContain('sudah dihapus dan tidak dihitung');
    expect(await rows(outbox)).toEqual(before);
    const [empty] = await rows(
      sql<{ xmin: string; at: Date }>`
        SELECT xmin::text AS xmin, platform_time AS at FROM ballots WHERE sealed = ''`,
    );
    const at = empty?.at.getTime() ?? 0;
    const times = await rows(
      sql<{ at: Date | null }>`SELECT unnest(ARRAY[changed_at, due, expires]) AS at FROM outbox`,
    );
    expect(at).toBe(Date.parse('2026-10-12T04:11:00Z'));
    for (const time of times)
      expect(Math.abs((time.at?.getTime() ?? 0) - at)).toBeGreaterThan(5 * minute);
    const named = await rows(
      sql<{ name: string }>`SELECT c.relname AS name FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'person_id'
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
    );
    expect(named.map(({ name }) => name)).toContain('preferences');
    for (const { name } of named)
      expect(
        await rows(sql`SELECT 1 FROM ${sql.table(name)} WHERE xmin::text = ${empty?.xmin ?? ''}`),
        name,
      ).toEqual([]);
  });

  it('never says that nothing is kept while a newer ballot stands', async () => {
    // The door's clock stamped the box three seconds after Slack's clock stamped the wish, which is handled last.
    await wish('2026-10-12T05:00:00Z');
    const [waiting = ''] = await queued(house);
    expect(await said()).toContain(none);
    await answerAt('2026-10-12T05:00:03Z');
    await sql`DELETE FROM seen_events`.execute(house.db);
    await house.queue.put(waiting);
    const told = await said();
    expect(told).not.toContain(none);
    expect(told).toContain('masih tersimpan jawaban Anda yang lebih baru');
    expect(told).toMatch(/silakan ketik \S+ hapus\S+ sekali lagi/);
    expect(await boxes()).toHaveLength(1);
    await wish('2026-10-12T05:01:00Z');
    expect(await said()).toContain('sudah dihapus dan tidak dihitung');
    expect(await boxes()).toHaveLength(0);
  });

  it('says that it comes too late when the close begins while it is handled', async () => {
    await answerAt('2026-10-12T06:00:00Z');
    await wish('2026-10-12T06:01:00Z');
    const drained = await house.db.transaction().execute(async (trx) => {
      await sql`UPDATE waves SET status = 'closing' WHERE id = 'w1'`.execute(trx);
      const end = said();
      await lockWaited(house.db);
      return { end };
    });
    expect(await drained.end).toContain('sedang dihitung');
    expect(await boxes()).toHaveLength(1);
  });
});
