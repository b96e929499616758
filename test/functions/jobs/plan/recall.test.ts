import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import { addRecall, removeRecall } from '../../../../core/store/outbox/amendments.ts';
import { planRecalls } from '../../../../functions/jobs/delivery/recall.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import type { House } from '../../../support/house.ts';
import { lessonTime, openDay } from '../delivery/lesson-day.ts';

const half = '2026-10-26T02:30:00Z';
const recalledAt = '2026-10-26T02:00:00Z';

/** Half of the day's messages are out when the lesson is recalled. */
const recalledDay = async () => {
  const house = await openDay();
  await sql`UPDATE outbox SET due = ${half} WHERE person_id / 3 % 2 = 0`.execute(house.db);
  await house.tickAt(lessonTime);
  await house.tickAt('2026-10-26T01:45:00Z');
  const item = (await sql<{ item: string }>`SELECT DISTINCT item FROM outbox`.execute(house.db))
    .rows[0]?.item;
  if (item === undefined) throw new Error('no lesson was planned');
  const shown = house.host.messages().length;
  expect(shown).toBeGreaterThan(20);
  house.host.clock.moveTo(new Date(recalledAt));
  await addRecall(house.db, { item, reason: 'salah', at: new Date(recalledAt) });
  return { house, item, shown };
};

const planned = ({ db }: House) => planRecalls(db, '2026-10-26', new Date(recalledAt));

const withdrawn = /telah kami tarik|have withdrawn/;

const replaced = ({ host }: House) =>
  host.messages().filter(({ payload }) => withdrawn.test(JSON.stringify(payload)));

describe('a recalled lesson', () => {
  it('stops where it is unsent, and is replaced in place in both chats, once', async () => {
    const { house, shown } = await recalledDay();
    expect(await planned(house)).toBe(shown);
    expect(await planned(house)).toBe(0);
    for (const at of [recalledAt, half, '2026-10-26T02:40:00Z']) await house.tickAt(at);
    expect(house.host.messages()).toHaveLength(shown);
    expect(replaced(house)).toHaveLength(shown);
    expect(new Set(replaced(house).map(({ platform }) => platform))).toEqual(
      new Set(['slack', 'teams']),
    );
    const unsent = await sql<{ state: string; count: number }>`
      SELECT state || ' ' || reason AS state, count(*)::int FROM outbox
      WHERE stream = 'lesson' AND due = ${half} GROUP BY 1`.execute(house.db);
    const counts = new Map(unsent.rows.map(({ state, count }) => [state, count]));
    expect(counts.get('skipped recalled')).toBeGreaterThan(20);
    expect([...counts.keys()].filter((state) => !/^(skipped|unreachable) /.test(state))).toEqual(
      [],
    );
    const stamps = house.host.messages().map(({ changedAt }) => changedAt?.toISOString());
    expect(await planned(house)).toBe(0);
    await house.tickAt('2026-10-26T03:00:00Z');
    expect(house.host.messages().map(({ changedAt }) => changedAt?.toISOString())).toEqual(stamps);
  });

  it('is taken away where the chat lets no message be changed any more', async () => {
    const { house, shown } = await recalledDay();
    const { chats } = house.host.context;
    const closed = [...chats].map(([platform, chat]) => {
      const update = async () => ({ state: 'unreachable', reason: 'edit_window_closed' }) as const;
      return [platform, { ...chat, update }] as const;
    });
    Object.assign(house.host.context, { chats: new Map(closed) });
    expect(await planned(house)).toBe(shown);
    for (const at of [recalledAt, half, '2026-10-26T02:40:00Z']) await house.tickAt(at);
    const left = house.host
      .messages()
      .filter(({ ref, platform }) => house.host.actors.get(platform)?.message(ref) !== null);
    expect(left).toEqual([]);
    expect(replaced(house)).toEqual([]);
  });

  it('is replaced for who paused or stopped meanwhile, and outside of working hours', async () => {
    const { house, shown } = await recalledDay();
    await sql`UPDATE preferences SET stopped_at = ${recalledAt}`.execute(house.db);
    await planned(house);
    for (const minute of ['00', '01', '05']) await house.tickAt(`2026-10-26T15:${minute}:00Z`);
    expect(house.host.messages().filter(({ changedAt }) => changedAt !== null)).toHaveLength(shown);
  });

  it.each(['slack', 'teams'] as const)(
    'is tried again when the answer of %s is lost',
    async (platform) => {
      const { house, shown } = await recalledDay();
      await planned(house);
      house.host.setFault(platform, 'lost-answer');
      await house.tickAt(recalledAt);
      house.host.setFault(platform, null);
      for (const minute of ['02', '05', '08']) await house.tickAt(`2026-10-26T02:${minute}:00Z`);
      const open = await sql`SELECT state FROM outbox WHERE stream LIKE 'recall/%'
      AND state <> 'sent'`.execute(house.db);
      expect(open.rows).toEqual([]);
      expect(house.host.messages()).toHaveLength(shown);
    },
  );

  it.each(['slack', 'teams'] as const)(
    'does not come back into %s with a press that waited, or one on a copy of earlier',
    async (platform) => {
      const { house } = await recalledDay();
      const { host } = house;
      const before = host.messages().find((message) => message.platform === platform);
      if (before === undefined) throw new Error('no lesson came');
      const actor = house.actor(platform);
      const press = async (action: 'answerQuiz' | 'tryToday') => {
        const button = actor
          .buttons(before.payload)
          .find((one) => one.action === actionIds[action]);
        if (button === undefined) throw new Error(`the lesson has no button ${action}`);
        const { userId, ref } = before;
        await actor.press({ userId, ref, element: button.element, inputs: {} });
      };
      const now = () => JSON.stringify(host.messages().find(({ ref }) => ref === before.ref));
      await press('answerQuiz');
      await planned(house);
      await house.tickAt(recalledAt);
      await host.drain();
      expect(now()).toMatch(withdrawn);
      await press('tryToday');
      await host.drain();
      expect(now()).toMatch(withdrawn);
    },
  );

  it('whose message was deleted leaves its reader in reach, and their other copy is replaced', async () => {
    const house = await openDay();
    await house.tickAt(lessonTime);
    await house.tickAt('2026-10-26T01:45:00Z');
    const key = sampleKeys.slackStaff;
    const id = await house.idOf(key);
    const [first] = house.messagesOf('slack', key);
    if (first === undefined) throw new Error('no lesson came');
    await house.press(first, actionIds.later);
    await house.tickAt('2026-10-26T03:50:00Z');
    expect(house.messagesOf('slack', key)).toHaveLength(2);
    const [identity] = (
      await sql<{ workspaceId: string; userId: string; conversation: string }>`
        SELECT workspace_id AS "workspaceId", user_id AS "userId", conversation FROM identities
        WHERE person_id = ${id} AND preferred`.execute(house.db)
    ).rows;
    if (identity === undefined) throw new Error('no chat');
    const address = { platform: 'slack', serviceUrl: null, ...identity } as const;
    await house.host.context.chats.get('slack')?.remove?.({ address, ref: first.ref });
    const at = new Date('2026-10-26T04:00:00Z');
    house.host.clock.moveTo(at);
    await addRecall(house.db, { item: 'l01', reason: 'salah', at });
    await planRecalls(house.db, '2026-10-26', at);
    await house.tickAt('2026-10-26T04:00:00Z');
    const copies = house.messagesOf('slack', key).filter(({ ref }) => ref !== first.ref);
    expect(copies.map(({ payload }) => withdrawn.test(JSON.stringify(payload)))).toEqual([true]);
    const ends = await sql`SELECT o.reason, i.unreachable_reason FROM outbox o
      JOIN identities i USING (person_id) WHERE o.person_id = ${id}
        AND o.stream = 'recall/l01' AND i.preferred`.execute(house.db);
    expect(ends.rows).toEqual([{ reason: 'message_not_found', unreachable_reason: null }]);
  });

  it('that was taken back before anything went is replaced everywhere by a second recall', async () => {
    const { house, item, shown } = await recalledDay();
    await planned(house);
    await removeRecall(house.db, item);
    await house.tickAt(recalledAt);
    expect(replaced(house)).toEqual([]);
    const at = new Date('2026-10-26T02:10:00Z');
    await addRecall(house.db, { item, reason: 'salah', at });
    expect(await planRecalls(house.db, '2026-10-26', at)).toBe(shown);
    for (const minute of ['10', '15']) await house.tickAt(`2026-10-26T02:${minute}:00Z`);
    expect(replaced(house)).toHaveLength(shown);
  });

  it('is replaced in both chats of who moved: in the second one with the next plan', async () => {
    const { house } = await recalledDay();
    const id = await house.idOf(sampleKeys.slackStaff);
    const other = await house.idOf(sampleKeys.teamsStaff);
    await sql`UPDATE identities SET preferred = false WHERE person_id = ${id}`.execute(house.db);
    await sql`UPDATE identities SET person_id = ${id} WHERE person_id = ${other}`.execute(house.db);
    await sql`UPDATE outbox SET person_id = ${id}, stream = 'lesson-later'
      WHERE person_id = ${other} AND stream = 'lesson'`.execute(house.db);
    await sql`UPDATE outbox SET state = 'sent', ref = coalesce(ref, 'r'), changed_at = '2026-10-26T01:45:00Z'
      WHERE person_id = ${id}`.execute(house.db);
    await planned(house);
    await house.tickAt(recalledAt);
    const next = new Date('2026-10-27T00:01:00Z');
    expect(await planRecalls(house.db, '2026-10-27', next)).toBe(1);
    expect(await planRecalls(house.db, '2026-10-28', next)).toBe(0);
    const lanes = await sql`SELECT DISTINCT lane_id FROM outbox
      WHERE person_id = ${id} AND stream LIKE 'recall/%'`.execute(house.db);
    expect(lanes.rows).toHaveLength(2);
  });

  it('goes out again when the recall is taken back; what was replaced stays', async () => {
    const { house, item, shown } = await recalledDay();
    await planned(house);
    await house.tickAt(recalledAt);
    expect(await removeRecall(house.db, item)).toBe(true);
    expect(await removeRecall(house.db, item)).toBe(false);
    await house.tickAt(half);
    await house.tickAt('2026-10-26T02:40:00Z');
    expect(house.host.messages().length).toBeGreaterThan(shown + 20);
    expect(house.host.messages().filter(({ changedAt }) => changedAt !== null)).toHaveLength(shown);
  });
});
