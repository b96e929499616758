import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { saveFindings } from '../../../../core/store/outbox/lanes.ts';
import { sendLane } from '../../../../functions/jobs/delivery/send.ts';
import { servedWorkspace } from '../../../support/slack/served.ts';
import { later, openDoubts } from './doubts.ts';

describe('the stored key of a message', () => {
  it.each(['deduplicates', 'ignored', 'refused', null] as const)(
    'goes along as client_msg_id only where that was found to be honoured: %s',
    async (clientMsgId) => {
      const house = await openDoubts();
      await house.doubt({ arrived: false });
      await sql`UPDATE outbox SET state = 'planned', attempt = 0, key = NULL`.execute(house.db);
      await saveFindings(house.db, house.lane, { clientMsgId, now: later(0) });
      await sendLane(house.context, house.lane);
      const { rows } = await sql<{ key: string }>`SELECT key::text FROM outbox`.execute(house.db);
      const [message] = house.slack.messages();
      const key = rows[0]?.key;
      expect(message?.payload).toMatchObject({ metadata: { event_payload: { key } } });
      expect([...house.slack.posted.keys()]).toEqual(
        clientMsgId === 'deduplicates' ? [`${servedWorkspace} ${key}`] : [],
      );
    },
  );

  it('posted again after a doubt shows one message there, even one that the history hid', async () => {
    const house = await openDoubts();
    house.slack.clientMsgId = 'deduplicates';
    await saveFindings(house.db, house.lane, {
      clientMsgId: 'deduplicates',
      history: false,
      now: later(0),
    });
    await house.doubt({ arrived: false, stream: 'correction' });
    await sql`UPDATE outbox SET state = 'planned', attempt = 0, key = NULL`.execute(house.db);
    house.slack.faults.set('chat.postMessage', { effect: true, answer: 'reset' });
    await sendLane(house.context, house.lane);
    house.slack.faults.clear();
    await house.run(60);
    house.state.at = later(300);
    await sendLane(house.context, house.lane);
    expect(await house.states()).toEqual({ sent: 1 });
    expect(house.slack.messages()).toHaveLength(1);
  });
});
