import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { postpone } from '../../../../functions/jobs/conversation/delay.ts';
import type { House } from '../../../support/house.ts';
import { keys, openMorning } from './lesson-morning.ts';

let house: House;
beforeEach(async () => {
  house = await openMorning();
});

const row = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(house.db)).rows;

describe.each(['slack', 'teams'] as const)('"Tunda" on %s', (platform) => {
  const key = keys[platform];
  const newest = (): LocalMessage => {
    const message = house.messagesOf(platform, key).at(-1);
    if (message === undefined) throw new Error('no message came');
    return message;
  };

  it('a tip postponed twice comes the next working day, as it was promised', async () => {
    await house.press(newest(), actionIds.later);
    await house.tickAt('2026-10-26T03:31:00Z');
    await house.press(newest(), actionIds.later);
    expect(JSON.stringify(newest().payload)).toContain('hari kerja berikutnya');
    // Said once more while it waits, it is not planned a third time.
    await house.type(platform, key, 'tunda');
    const id = await house.idOf(key);
    const postponed = await row(sql`SELECT slot::text, item, state FROM outbox
      WHERE person_id = ${id} AND stream = 'lesson-later' ORDER BY slot`);
    expect(postponed).toEqual([
      { slot: '2026-10-26', item: 'l01', state: 'sent' },
      { slot: '2026-10-27', item: 'l01', state: 'planned' },
    ]);
    const before = house.messagesOf(platform, key).length;
    await sql`DELETE FROM outbox WHERE person_id = ${id} AND stream = 'lesson' AND state = 'planned'`.execute(
      house.db,
    );
    await house.tickAt('2026-10-27T02:00:00Z');
    expect(house.messagesOf(platform, key)).toHaveLength(before + 1);
  });

  it('finds a day for each of several tips postponed on one day, the next month and leave too', async () => {
    const id = await house.idOf(key);
    await sql`UPDATE people SET leave_from = '2026-10-28', leave_to = '2026-10-30'
      WHERE id = ${id}`.execute(house.db);
    house.host.clock.moveTo(new Date('2026-10-27T02:00:00Z'));
    const lessons = [...house.host.context.catalogue.lessons.keys()].slice(0, 3);
    await house.db.transaction().execute(async (trx) => {
      const { context, clock } = house.host;
      const person = {
        ...{ id, unitName: '', zone: 'Asia/Jakarta', pattern: 'five-day', language: 'id' as const },
        ...{ quietFrom: null, quietTo: null, stopped: false, welcomed: true, returned: false },
      };
      for (const item of lessons) await postpone({ context, trx, person, now: clock.now() }, item);
    });
    const slots = await row(sql<{ slot: string }>`SELECT slot::text FROM outbox
      WHERE person_id = ${id} AND stream = 'lesson-later' ORDER BY slot`);
    expect(slots.map(({ slot }) => slot)).toEqual(['2026-10-27', '2026-11-02', '2026-11-03']);
  });
});
