import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../../core/ports.ts';
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
  const hooks: { asleep: () => void } = { asleep: () => undefined };
  const sleep = async (milliseconds: number) => {
    hooks.asleep();
    house.state.at = new Date(house.state.at.getTime() + milliseconds);
  };
  const context = { ...house.context, clock: { ...house.context.clock, sleep } };
  const sendAt = async (seconds: number) => {
    house.state.at = later(seconds);
    await sendLane(context, house.lane);
  };
  const posts = () =>
    house.slack.methods().filter((method) => method === 'chat.postMessage').length;
  /** The same with an answer of one's own to every POST. */
  const sendWith = async (deliver: Chat['deliver'], seconds: number) => {
    house.state.at = later(seconds);
    const chats = new Map([['slack' as const, { ...slackOf(house), deliver }]]);
    await sendLane({ ...context, chats }, house.lane);
  };
  return { ...house, hooks, sendAt, sendWith, posts };
};

const slackOf = ({ context }: Pick<Awaited<ReturnType<typeof openDoubts>>, 'context'>): Chat => {
  const chat = context.chats.get('slack');
  if (chat === undefined) throw new Error('no Slack');
  return chat;
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
    // No platform means eleven days: after an hour it is asked again.
    ['999999', 3600],
    ['1000000', 3600],
    ['abc', 30],
    [undefined, 30],
  ])(
    'told Retry-After %s posts nothing for %i s, then everything once',
    async (retryAfter, wait) => {
      const house = await openDue(3);
      const answer = { status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) };
      house.slack.faults.set('chat.postMessage', { effect: false, answer });
      // The run itself may outlast the silence.
      house.hooks.asleep = () => house.slack.faults.clear();
      await house.sendAt(0);
      house.slack.faults.clear();
      for (const seconds of [wait - 0.001, wait, wait + 2]) await house.sendAt(seconds);
      expect(await house.states()).toEqual({ sent: 3 });
      expect(house.posts()).toBe(6);
      const times = house.slack.messages().map(({ sentAt }) => sentAt.getTime());
      expect(times).toHaveLength(3);
      for (const at of times) expect(at).toBeGreaterThanOrEqual(later(wait).getTime());
      expect(house.lines.includes('lane.held')).toBe(wait > 60);
      expect(house.lookUps()).toBe(0);
    },
  );
});

describe('what a throttled lane turned back', () => {
  it('goes before those of the crowd that were not tried yet', async () => {
    const house = await openDue(60);
    const posts: string[] = [];
    await house.sendWith(async ({ userId }) => {
      posts.push(userId);
      return posts.length === 3
        ? { state: 'retry', reason: 'ratelimited', afterSeconds: 1 }
        : { state: 'sent', ref: userId, conversation: `D${userId}` };
    }, 0);
    expect(await house.states()).toEqual({ sent: 60 });
    const { rows } = await sql<{ user: string }>`SELECT i.user_id AS user FROM outbox o
      JOIN identities i ON i.person_id = o.person_id WHERE o.attempt > 1`.execute(house.db);
    const turnedBack = rows.map(({ user }) => posts.lastIndexOf(user));
    expect(turnedBack.length).toBeGreaterThan(5);
    const untried = posts.length - Math.max(...turnedBack) - 1;
    expect(untried).toBeGreaterThan(20);
  });

  it('lets others go first once one has met silence time and again: it may be meant for its chat alone', async () => {
    const house = await openDue(3);
    const { deliver } = slackOf(house);
    const busy: Chat['deliver'] = async (to, ...rest) =>
      to.userId === 'U0ORANG1'
        ? { state: 'retry', reason: 'ratelimited', afterSeconds: 1 }
        : deliver(to, ...rest);
    await house.sendWith(busy, 0);
    const [first, ...others] = await house.rows();
    expect(first?.state).toBe('retry');
    expect(others.map(({ state }) => state)).toEqual(['sent', 'sent']);
  });
});

describe('silence on a lane that goes slowly', () => {
  it('for one chat, time and again, keeps no other from its message for ever', async () => {
    const house = await openDue(3);
    // Each answer is heard before the next message has its turn.
    await sql`UPDATE lanes SET rate = 1, burst = 1`.execute(house.db);
    const { deliver } = slackOf(house);
    const busy: Chat['deliver'] = async (to, ...rest) =>
      to.userId === 'U0ORANG1'
        ? { state: 'retry', reason: 'ratelimited', afterSeconds: 1 }
        : deliver(to, ...rest);
    for (let minute = 0; minute < 10; minute += 1) await house.sendWith(busy, 60 * minute);
    expect((await house.rows()).map(({ state }) => state)).toEqual(['retry', 'sent', 'sent']);
  });

  it('of no seconds at all is one second: what was refused is not posted again at once', async () => {
    const house = await openDue(1);
    const posts: number[] = [];
    const refused: Chat['deliver'] = async () => {
      posts.push(house.state.at.getTime());
      return { state: 'retry', reason: 'ratelimited', afterSeconds: 0 };
    };
    for (const seconds of [0, 0.1, 1.1]) await house.sendWith(refused, seconds);
    expect(posts.length).toBeGreaterThan(1);
    for (const [nth, at] of posts.slice(1).entries())
      expect(at - (posts[nth] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
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
  it('in the chat somebody left says nothing of the one they are in', async () => {
    const house = await openDue(1);
    await sql`INSERT INTO lanes (id, platform, workspace_id, rate, burst)
      VALUES (99, 'teams', 'tenant', 8, 20)`.execute(house.db);
    await house.sendWith(async () => {
      // The roster names another chat while the message is on its way.
      await sql`UPDATE identities SET preferred = false`.execute(house.db);
      await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id)
        VALUES ('teams', 'tenant', 'oid', 1, 99)`.execute(house.db);
      return { state: 'unreachable', reason: 'user_disabled' };
    }, 0);
    const { rows } = await sql`SELECT platform, unreachable_reason AS why FROM identities
      ORDER BY platform`.execute(house.db);
    expect(rows).toEqual([
      { platform: 'slack', why: 'user_disabled' },
      { platform: 'teams', why: null },
    ]);
  });

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
