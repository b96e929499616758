import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Profile } from '../../../../core/ports.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { openInbox } from '../../../../functions/app/queue/inbox.ts';
import { queued } from '../../../support/ballots.ts';
import { openInvited, sendAnswers } from '../../../support/closing.ts';
import type { House } from '../../../support/house.ts';
import { voters } from '../../../support/pulse.ts';

type Boxes = Awaited<ReturnType<typeof queued>>;

describe('a ballot on the queue', () => {
  let house: House;
  beforeAll(async () => {
    house = await openInvited();
  });
  beforeEach(async () => {
    await house.host.drain();
    await house.db.deleteFrom('ballots').execute();
  });

  /** A message on Teams that asks for answers; each time somebody else's. */
  const asked = (nth: number): LocalMessage => {
    const found = [...voters(house).values()].filter(({ platform }) => platform === 'teams')[nth];
    if (found === undefined) throw new Error('too few were asked on Teams');
    return found;
  };
  const personOf = async ({ userId }: LocalMessage) =>
    (
      await sql<{ id: number; email: string }>`SELECT p.id, p.email FROM people p
        JOIN identities i ON i.person_id = p.id WHERE i.user_id = ${userId}`.execute(house.db)
    ).rows[0] ?? { id: 0, email: '' };
  const ballots = async () =>
    (await house.db.selectFrom('ballots').select('ballot_key').execute()).length;
  /** Takes what waits, where Teams says of each sender what is given. */
  const takeKnowing = async (profile: Profile, boxes?: Boxes): Promise<void> => {
    const { context } = house.host;
    const teams = context.chats.get('teams');
    if (teams === undefined) throw new Error('no Teams');
    const chats = new Map([
      ...context.chats,
      ['teams' as const, { ...teams, whoIs: async () => profile }],
    ]);
    await openInbox({ ...context, chats }).takeBallots(boxes ?? (await queued(house)));
  };

  it('counts when its sender is found by the chat’s directory alone', async () => {
    const message = asked(0);
    const { email } = await personOf(message);
    const { userId } = message;
    await sendAnswers(house, message);
    await sql`DELETE FROM identities WHERE user_id = ${userId}`.execute(house.db);
    const member = { userId, email, zone: null, status: 'staff' } as const;
    await takeKnowing({ state: 'known', members: [member] });
    expect(await ballots()).toBe(1);
  });

  it('of somebody whom neither the roster nor the directory knows does not count', async () => {
    const message = asked(1);
    await sendAnswers(house, message);
    await sql`DELETE FROM identities WHERE user_id = ${message.userId}`.execute(house.db);
    await takeKnowing({ state: 'known', members: [] });
    expect(await ballots()).toBe(0);
  });

  it('waits while the directory gives no answer, and holds nobody else up', async () => {
    const [message, other] = [asked(4), asked(5)];
    const { email } = await personOf(message);
    const { userId } = message;
    await sendAnswers(house, message);
    await sendAnswers(house, other);
    await sql`DELETE FROM identities WHERE user_id = ${userId}`.execute(house.db);
    const boxes = await queued(house);
    await expect(takeKnowing({ state: 'unclear', reason: 'ratelimited' }, boxes)).rejects.toThrow(
      'did not say',
    );
    expect(await ballots()).toBe(1);
    const member = { userId, email, zone: null, status: 'staff' } as const;
    await takeKnowing({ state: 'known', members: [member] }, boxes);
    expect(await ballots()).toBe(2);
  });

  it('of who has left the agency does not count', async () => {
    const message = asked(2);
    const { id } = await personOf(message);
    await sendAnswers(house, message);
    await sql`UPDATE people SET status = 'left' WHERE id = ${id}`.execute(house.db);
    await house.host.drain();
    expect(await ballots()).toBe(0);
  });

  it('sent at the very instant of an early close comes too late', async () => {
    await sendAnswers(house, asked(3));
    const closesAt = house.host.clock.now();
    await house.db.updateTable('waves').set({ closes_at: closesAt }).execute();
    await house.host.drain();
    expect(await ballots()).toBe(0);
    const [told] = house.host.messages().slice(-1);
    expect(JSON.stringify(told?.payload)).toMatch(/sudah ditutup|has closed/);
  });
});
