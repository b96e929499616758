import { type KyselyPlugin, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../../core/clock.ts';
import type { Chat } from '../../../../../core/ports.ts';
import { sendLane } from '../../../../../functions/jobs/delivery/send.ts';
import { openDoubts } from '../doubts.ts';

const people = 60;
/** The pace of the lane that `openDoubts` opens. */
const rate = 8;
const burst = 20;

describe('a claim that takes its time', () => {
  it('moves what comes after it, too: the platform counts from the first message it sees', async () => {
    const house = await openDoubts();
    for (let index = 0; index < people; index += 1) await house.doubt({ arrived: false });
    await sql`UPDATE outbox SET state = 'planned', reason = NULL, attempt = 0, key = NULL, fence = NULL`.execute(
      house.db,
    );
    const slack = house.context.chats.get('slack');
    if (slack === undefined) throw new Error('no Slack');
    const posts: number[] = [];
    const pass = (milliseconds: number): void => {
      house.state.at = new Date(house.state.at.getTime() + milliseconds);
    };
    // The store is slow until the first message leaves.
    const slow: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (posts.length === 0) pass(200);
        return result;
      },
    };
    const clock: Clock = {
      now: () => house.state.at,
      sleep: async (milliseconds) => pass(milliseconds),
    };
    const deliver: Chat['deliver'] = async ({ userId }) => {
      posts.push(house.state.at.getTime());
      return { state: 'sent', ref: userId, conversation: `D${userId}` };
    };
    const chats = new Map([['slack' as const, { ...slack, deliver }]]);
    const db = house.db.withPlugin(slow);
    await sendLane({ ...house.context, db, clock, chats }, house.lane);
    expect(posts).toHaveLength(people);
    expect(posts.filter((_, first) => isDense(posts.slice(first)))).toEqual([]);
  });
});

/** Whether some span from the first of the instants on holds more of them than the pace allows. */
const isDense = (posts: readonly number[]): boolean =>
  posts.some((at, nth) => nth + 1 > burst + (rate * (at - (posts[0] ?? 0))) / 1_000);
