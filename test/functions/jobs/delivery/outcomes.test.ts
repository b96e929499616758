import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { resumeLane } from '../../../../core/store/outbox/lanes.ts';
import { sendLane } from '../../../../functions/jobs/delivery/send.ts';
import { later, openDoubts } from './doubts.ts';

/** People whose message is due now, and a sender that may run at an instant. */
const openDue = async (people: number) => {
  const house = await openDoubts();
  for (let index = 0; index < people; index += 1) await house.doubt({ arrived: false });
  await sql`UPDATE outbox SET state = 'planned', reason = NULL, attempt = 0, key = NULL, fence = NULL`.execute(
    house.db,
  );
  const sendAt = async (seconds: number) => {
    house.state.at = later(seconds);
    await sendLane(house.context, house.lane);
  };
  const posts = () =>
    house.slack.methods().filter((method) => method === 'chat.postMessage').length;
  return { ...house, sendAt, posts };
};

/** What may be answered to a message in doubt, and whether it took effect. */
const ambiguous = [
  [{ status: 408 }, true],
  [{ status: 500 }, true],
  [{ status: 502 }, true],
  [{ status: 503 }, true],
  [{ status: 503 }, false],
  [{ status: 504 }, true],
  ['reset', true],
  ['reset', false],
  ['hang', true],
] as const;

describe('an answer lost', () => {
  it.each(ambiguous)(
    'to %j (effect: %s) is in doubt, and ends as one message',
    async (answer, effect) => {
      const house = await openDue(3);
      house.slack.faults.set('chat.postMessage', { effect, answer });
      await house.sendAt(0);
      expect(await house.states()).toEqual({ unknown: 3 });
      await house.sendAt(30);
      expect(house.posts()).toBe(3);
      house.slack.faults.clear();
      for (const seconds of [90, 150]) {
        await house.run(seconds);
        await house.sendAt(seconds + 1);
      }
      expect(await house.states()).toEqual({ sent: 3 });
      expect(house.slack.messages()).toHaveLength(3);
      expect(house.posts()).toBe(effect ? 3 : 6);
      expect(house.lookUps()).toBe(3);
    },
  );
});

describe('a throttled lane', () => {
  it.each([
    ['0', 1],
    ['3600', 3600],
    ['abc', 30],
    [undefined, 30],
  ])(
    'told Retry-After %s posts nothing for %i s, then everything once',
    async (retryAfter, wait) => {
      const house = await openDue(3);
      const answer = { status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) };
      house.slack.faults.set('chat.postMessage', { effect: false, answer });
      await house.sendAt(0);
      expect(await house.states()).toEqual({ retry: 3 });
      const posts = house.posts();
      house.slack.faults.clear();
      await house.sendAt(wait - 0.001);
      expect(house.posts()).toBe(posts);
      await house.sendAt(wait);
      expect(await house.states()).toEqual({ sent: 3 });
      expect(house.slack.messages()).toHaveLength(3);
      expect(house.lookUps()).toBe(0);
    },
  );
});

describe('a refusal of the whole workspace', () => {
  const refusals = ['token_revoked', 'missing_scope', 'account_inactive', 'invalid_auth', 401];

  it.each(refusals)('%s pauses the lane with an alarm and blames nobody', async (refusal) => {
    const house = await openDue(5);
    if (typeof refusal === 'string') house.slack.refusing.set('chat.postMessage', refusal);
    else house.slack.faults.set('chat.postMessage', { effect: false, answer: { status: refusal } });
    await house.sendAt(0);
    expect(house.lines).toEqual(['lane.paused']);
    const { retry = 0, planned = 0, ...others } = await house.states();
    expect([retry + planned, others]).toEqual([5, {}]);
    const posts = house.posts();
    await house.sendAt(120);
    expect(house.posts()).toBe(posts);
    const blamed = await sql`SELECT 1 FROM identities WHERE unreachable_reason IS NOT NULL`.execute(
      house.db,
    );
    expect(blamed.rows).toEqual([]);
    house.slack.refusing.clear();
    house.slack.faults.clear();
    await resumeLane(house.db, house.lane);
    await house.sendAt(121);
    expect(await house.states()).toEqual({ sent: 5 });
    expect(house.slack.messages()).toHaveLength(5);
  });
});

describe('a refusal before any effect', () => {
  it('goes again after a definite 4xx, and is never looked up', async () => {
    const house = await openDue(2);
    house.slack.faults.set('chat.postMessage', { effect: false, answer: { status: 404 } });
    await house.sendAt(0);
    expect(await house.states()).toEqual({ retry: 2 });
    house.slack.faults.clear();
    await house.sendAt(180);
    expect(await house.states()).toEqual({ sent: 2 });
    expect(house.lookUps()).toBe(0);
  });

  it('of one person concerns that person alone', async () => {
    const house = await openDue(2);
    await sql`UPDATE identities SET conversation = 'C0LAIN' WHERE person_id = 1`.execute(house.db);
    await house.sendAt(0);
    expect((await house.rows()).map(({ state, reason }) => [state, reason])).toEqual([
      ['unreachable', 'channel_not_found'],
      ['sent', null],
    ]);
  });
});
