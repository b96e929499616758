import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../core/conversation/event.ts';
import type { Member } from '../../../../core/people/member.ts';
import type { Profile } from '../../../../core/ports.ts';
import { onEvent } from '../../../../functions/jobs/conversation/converse.ts';
import { samplePeople } from '../../../../functions/local/sample/agency.ts';
import { teamsTenant } from '../../../../functions/local/story/agency.ts';
import { type House, openHouse } from '../../../support/house.ts';

const userId = 'c0a70c0a-0000-4000-9000-000000009999';
const leave = { from: '2026-01-01', to: '2026-01-01' };
/** Somebody whom the roster will not name in any chat. */
const person = samplePeople({ leave }).find(({ employeeKey }) => employeeKey === 'KC-0023');
const email = person?.email ?? '';

let house: House;
beforeAll(() => {
  expect(email).toContain('@');
});
beforeEach(async () => {
  house = await openHouse({ now: '2026-10-26T02:00:00Z' });
  await sql`DELETE FROM identities WHERE person_id = ${await house.idOf('KC-0023')}`.execute(
    house.db,
  );
});

const member = (change: Partial<Member> = {}): Member => ({
  userId,
  email,
  zone: null,
  status: 'staff',
  ...change,
});

/** Lets an unknown account send an event in a tenant whose directory answers with `profile`. */
const meetNewcomer = async (profile: Profile, kind: 'text' | 'installed' = 'installed') => {
  const { context } = house.host;
  const teams = context.chats.get('teams');
  if (teams === undefined) throw new Error('no Teams');
  const asked: string[] = [];
  const chat = {
    ...teams,
    whoIs: async ({ userId: about }: { readonly userId: string }) => {
      asked.push(about);
      return profile;
    },
  };
  const chats = new Map([...context.chats, ['teams' as const, chat]]);
  const event: ChatEvent = {
    key: `teams/${kind}`,
    from: {
      platform: 'teams',
      workspaceId: teamsTenant,
      userId,
      conversation: `a:${userId}`,
      serviceUrl: 'https://teams.localhost/',
    },
    at: context.clock.now(),
    target: { ref: null, replyUrl: null },
    ...(kind === 'text' ? { kind, text: 'bantuan' } : { kind }),
  };
  await onEvent({ ...context, chats }, event);
  await onEvent({ ...context, chats }, event);
  return asked;
};

const found = async () =>
  (
    await sql<{ person_id: number; conversation: string; preferred: boolean }>`
      SELECT person_id, conversation, preferred FROM identities
      WHERE user_id = ${userId}`.execute(house.db)
  ).rows;

describe('an account that the roster does not name', () => {
  it('is matched by e-mail at its first event, and welcomed for having the app', async () => {
    const id = await house.idOf('KC-0023');
    const asked = await meetNewcomer({ state: 'known', members: [member()] });
    expect(asked).toEqual([userId]);
    expect(await found()).toEqual([
      { person_id: id, conversation: `a:${userId}`, preferred: true },
    ]);
    await house.tickAt('2026-10-26T02:01:00Z');
    expect(house.host.messages().filter((one) => one.userId === userId)).toHaveLength(1);
  });

  it('is matched by its sign-in name when its e-mail address is another', async () => {
    const members = [member({ email: 'alias@contoh.example' }), member()];
    await meetNewcomer({ state: 'known', members }, 'text');
    expect(await found()).toHaveLength(1);
    expect(house.host.messages().filter((one) => one.userId === userId)).toHaveLength(1);
  });

  it.each([
    ['a guest', { state: 'known', members: [member({ status: 'guest' })] }, 'guest'],
    [
      'a stranger',
      { state: 'known', members: [member({ email: 'lain@contoh.example' })] },
      'not-on-roster',
    ],
    ['nobody the directory knows', { state: 'unclear', reason: 'http-404' }, 'http-404'],
  ] as const)('stays out as %s, told whom to ask and kept nowhere', async (_, profile, reason) => {
    await meetNewcomer(profile, 'text');
    expect(await found()).toEqual([]);
    const [answer] = house.host.messages().filter((one) => one.userId === userId);
    expect(JSON.stringify(answer?.payload)).toContain('belum ada dalam daftar pegawai');
    const line = house.lines.find(({ event }) => event.startsWith('newcomer.'));
    expect(line?.fields).toEqual({ platform: 'teams', reason });
  });
});

describe('a person who was out of reach', () => {
  it('is back, and planned for, with whatever they send next', async () => {
    const key = 'KC-0021';
    const id = await house.idOf(key);
    await sql`UPDATE identities SET unreachable_reason = 'blocked-by-user'
      WHERE person_id = ${id}`.execute(house.db);
    await house.tickAt('2026-10-26T02:05:00Z');
    expect(house.messagesOf('teams', key)).toEqual([]);
    await house.type('teams', key, 'bantuan');
    const { rows } = await sql`SELECT unreachable_reason FROM identities
      WHERE person_id = ${id}`.execute(house.db);
    expect(rows).toEqual([{ unreachable_reason: null }]);
    await house.tickAt('2026-10-27T02:05:00Z');
    expect(house.messagesOf('teams', key).length).toBeGreaterThan(1);
  });
});
