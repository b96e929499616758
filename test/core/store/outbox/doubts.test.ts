import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { saveFindings } from '../../../../core/store/outbox/lanes.ts';
import { followChat } from '../../../../core/store/outbox/outbox.ts';
import { settleDoubts, takeDoubts } from '../../../../core/store/outbox/reconcile.ts';
import { later, openDoubts } from '../../../functions/jobs/delivery/doubts.ts';

/** A workspace that nobody may look into: what is in doubt ends by the policy of its stream. */
const openUnseen = async () => {
  const house = await openDoubts();
  await saveFindings(house.db, house.lane, { history: false, now: later(0) });
  return house;
};

describe('an answer of a look-up that comes late', () => {
  it.each([{ state: 'absent' }, { state: 'found', ref: '9.9', conversation: 'D9' }] as const)(
    'changes nothing of a message that is known to be sent by then: %j',
    async (answer) => {
      const house = await openDoubts();
      await house.doubt({ arrived: true });
      const wish = { now: later(60), pace: { rate: 1, burst: 5 }, most: 5 };
      const doubts = await takeDoubts(house.db, house.lane, wish);
      expect(doubts).toHaveLength(1);
      await house.run(120);
      const before = await house.rows();
      expect(before).toMatchObject([{ state: 'sent' }]);
      const answers = doubts.map((doubt) => [doubt, answer] as const);
      await settleDoubts(house.db, answers, { now: later(130), version: () => '' });
      expect(await house.rows()).toEqual(before);
    },
  );
});

describe('a message that nobody can look up', () => {
  it('counts as the one offer of a slower pace where it was a tip that carried it', async () => {
    const house = await openUnseen();
    const person = await house.doubt({ arrived: true });
    await sql`INSERT INTO preferences (person_id, pace_offer) VALUES (${person}, 'due')`.execute(
      house.db,
    );
    await house.run(60);
    const offers = await sql`SELECT pace_offer AS offer FROM preferences`.execute(house.db);
    expect(offers.rows).toEqual([{ offer: 'made' }]);
  });

  it('stays unconfirmed when it was to go again and the person’s chat is gone before that', async () => {
    const house = await openUnseen();
    await house.doubt({ stream: 'correction', arrived: true });
    await house.run(60);
    expect(await house.states()).toEqual({ retry: 1 });
    await sql`DELETE FROM identities`.execute(house.db);
    await followChat(house.db, later(600));
    expect(await house.rows()).toMatchObject([{ state: 'unconfirmed', reason: 'no-chat' }]);
  });

  it('does not wait for another try that would come after its window', async () => {
    const house = await openUnseen();
    await house.doubt({ stream: 'correction', arrived: true });
    await sql`UPDATE outbox SET expires = ${later(90)}`.execute(house.db);
    await house.run(60);
    expect(await house.rows()).toMatchObject([{ state: 'unconfirmed', reason: 'ECONNRESET' }]);
  });
});

describe('a welcome that is found', () => {
  it('has welcomed also who made a choice before it came', async () => {
    const house = await openDoubts();
    const person = await house.doubt({ arrived: true, stream: 'welcome' });
    await sql`INSERT INTO preferences (person_id, per_week) VALUES (${person}, 3)`.execute(
      house.db,
    );
    await house.run(60);
    const told = await sql`SELECT per_week, welcomed_at FROM preferences`.execute(house.db);
    expect(told.rows).toEqual([{ per_week: 3, welcomed_at: later(60) }]);
  });
});
