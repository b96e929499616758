/** Public faults of other Slack apps that reach as far as the store. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { slackDispatcher } from '../../../../bot/slack/dispatch.ts';
import { dedupeKey } from '../../../../bot/slack/parse.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { onEvent } from '../../../../functions/jobs/conversation/converse.ts';
import { sendJob } from '../../../../functions/jobs/delivery/send.ts';
import { openWithPeople, person } from '../../../support/slack/directory.ts';
import type { Organisation } from '../../../support/slack/house.ts';

const at = (workspaceId: string, userId: string) =>
  ({ identities: [{ platform: 'slack', workspaceId, userId }] }) as const;

/** A message to each of these people that is due now. */
const due = async (house: Organisation) => {
  const now = house.clock.now();
  await ensurePartitions(house.db, ['2026-12-07']);
  await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires,
      state, changed_at)
    SELECT p.id, 'lesson', '2026-12-07', ${[...house.context.catalogue.lessons.keys()][0]}, i.lane_id,
      4, ${now}, ${new Date(now.getTime() + 3_600_000)}, 'planned', ${now}
    FROM people p JOIN identities i ON i.person_id = p.id`.execute(house.db);
};
const states = async (house: Organisation) => {
  const { rows } = await sql<{ told: string }>`
    SELECT concat_ws(' ', l.workspace_id, o.state, o.reason, l.paused_reason, i.unreachable_reason) AS told
    FROM outbox o JOIN lanes l ON l.id = o.lane_id JOIN identities i ON i.person_id = o.person_id
    ORDER BY o.person_id`.execute(house.db);
  return rows.map(({ told }) => told);
};
const ok = () => Response.json({ ok: true, channel: 'D1', ts: '1.1' });

describe('public faults in the store', () => {
  it('missing_scope pausing the lane instead of failing people', async () => {
    const house = await openWithPeople([person('sari', at('T0SATU', 'U1'))]);
    await due(house);
    house.grid.instead.set('chat.postMessage', [
      () => Response.json({ ok: false, error: 'missing_scope', needed: 'chat:write' }),
    ]);
    await sendJob.run(house.context, house.clock.now());
    expect(await states(house)).toEqual(['T0SATU retry missing_scope missing_scope']);
  });

  it('429 of one workspace delaying another', async () => {
    const house = await openWithPeople([
      person('sari', at('T0SATU', 'U1')),
      person('budi', at('T0DUA', 'U2')),
    ]);
    house.state.at += 60_000;
    await house.install('T0DUA');
    await due(house);
    const headers = { 'retry-after': '600' };
    const throttled = () =>
      Response.json({ ok: false, error: 'ratelimited' }, { status: 429, headers });
    house.grid.instead.set('chat.postMessage', [throttled, ok]);
    await sendJob.run(house.context, house.clock.now());
    const after = await states(house);
    expect(after.filter((one) => one.includes('sent'))).toHaveLength(1);
    expect(after.filter((one) => one.includes('retry ratelimited'))).toHaveLength(1);
  });

  it('triple event delivery', async () => {
    const house = await openWithPeople([person('sari', at('T0SATU', 'U1'))]);
    const body = {
      type: 'event_callback',
      team_id: 'T0SATU',
      event_id: 'Ev0SAMA',
      event: {
        ...{ type: 'message', channel_type: 'im', channel: 'D1' },
        ...{ user: 'U1', text: 'jeda 7', ts: '1796607000.000100' },
      },
    };
    const log = house.context.log;
    const dispatch = slackDispatcher({ onEvent: (event) => onEvent(house.context, event), log });
    for (const receivedAt of ['01:30:00', '01:31:00', '01:35:00'])
      await dispatch({
        platform: 'slack',
        key: dedupeKey(body),
        receivedAt: `2026-12-07T${receivedAt}.000Z`,
        body,
        ballot: null,
      });
    expect(house.grid.named('chat.postMessage')).toHaveLength(1);
    const paused = await sql<{
      paused_until: string;
    }>`SELECT paused_until FROM preferences`.execute(house.db);
    expect(paused.rows).toEqual([{ paused_until: '2026-12-13' }]);
  });

  it('answer of the command pressed in a chat of two colleagues: that chat is never written to', async () => {
    const house = await openWithPeople([person('sari', at('T0SATU', 'U1'))]);
    const log = house.context.log;
    const dispatch = slackDispatcher({ onEvent: (event) => onEvent(house.context, event), log });
    const press = (channel_id: string, is_ephemeral: boolean) => ({
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T0SATU' },
      team: { id: 'T0SATU' },
      container: { type: 'message', message_ts: '17.1', channel_id, is_ephemeral },
      channel: { id: channel_id, name: 'directmessage' },
      actions: [{ type: 'button', action_id: 'help', value: 'id', action_ts: `17.${channel_id}` }],
    });
    const conversation = async (channel: string, ephemeral: boolean) => {
      const body = press(channel, ephemeral);
      await dispatch({
        ...{ platform: 'slack', key: dedupeKey(body), body, ballot: null },
        receivedAt: '2026-12-07T01:30:00.000Z',
      });
      const { rows } = await sql<{ conversation: string | null }>`
        SELECT conversation FROM identities`.execute(house.db);
      return rows[0]?.conversation;
    };
    expect(await conversation('D0LAIN', true)).toBeNull();
    expect(await conversation('D0SARI', false)).toBe('D0SARI');
    expect(await conversation('D0LAIN', true)).toBe('D0SARI');
  });
});
