import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../../core/ports.ts';
import { lanesWithWork } from '../../../../../core/store/outbox/lanes.ts';
import type { Context } from '../../../../../functions/jobs/context.ts';
import { sendJob, sendLane } from '../../../../../functions/jobs/delivery/send.ts';
import { counted, openInvited, sendAnswers } from '../../../../support/closing.ts';
import type { House } from '../../../../support/house.ts';
import { voters } from '../../../../support/pulse.ts';

/** The morning of the first reminders; every second person has answered. */
const openReminding = async (): Promise<{ house: House; silent: readonly string[] }> => {
  const house = await openInvited();
  const all = [...voters(house).values()];
  for (const message of all.filter((_, at) => at % 2 === 0)) await sendAnswers(house, message);
  await house.host.drain();
  await house.tickAt('2026-10-13T12:00:00Z');
  house.host.clock.moveTo(new Date('2026-10-14T03:00:00Z'));
  return { house, silent: all.filter((_, at) => at % 2 === 1).map(({ userId }) => userId) };
};

type Copy = { person: number; state: string; written: string };

const copyOf = async ({ db }: House): Promise<readonly Copy[]> =>
  (
    await sql<Copy>`SELECT person_id AS person, state, xmin::text AS written FROM outbox
      WHERE stream = 'pulse-reminder' AND slot = '2026-10-14'`.execute(db)
  ).rows;

/** Lane after lane: beside another one's run it would be left to chance which of them asks for the secret first. */
const inTurn = async (context: Context): Promise<void> => {
  const lanes = await lanesWithWork(context.db, context.clock.now());
  for (const lane of lanes) await sendLane(context, lane);
};

const throttled: Outcome = { state: 'retry', reason: 'ratelimited', afterSeconds: 120 };

type Trouble = { readonly forgets?: boolean; readonly refusal?: Outcome };

/**
 * A run over every lane; gives a copy of the store at each message, and who got one. `refuse` names the turn of a refusal, and
 * `forgets` says that the store of secrets then fails once.
 */
const send = async (
  house: House,
  refuse: number | null = null,
  { forgets = false, refusal = throttled }: Trouble = {},
) => {
  const { context } = house.host;
  let failing = false;
  const get: typeof context.secrets.get = async (name) => {
    if (!failing) return context.secrets.get(name);
    failing = false;
    throw new Error('throttled');
  };
  const copies: (readonly Copy[])[] = [];
  const reached: string[] = [];
  const refused: string[] = [];
  const chats = [...context.chats].map(([platform, chat]) => {
    const deliver: typeof chat.deliver = async (to, message, wish) => {
      copies.push(await copyOf(house));
      if (copies.length === refuse) {
        failing = forgets;
        refused.push(to.userId);
        return refusal;
      }
      reached.push(to.userId);
      return chat.deliver(to, message, wish);
    };
    return [platform, { ...chat, deliver }] as const;
  });
  const secrets = { ...context.secrets, get };
  const sender = { ...context, secrets, chats: new Map(chats) };
  if (forgets) await inTurn(sender);
  else await sendJob.run(sender, context.clock.now());
  return { copies: [...copies, await copyOf(house)], reached, refused };
};

/** Minute after minute from the first run on; gives who got one. */
const sendOn = async (house: House, minutes: number): Promise<readonly string[]> => {
  const reached: string[] = [];
  for (let minute = 1; minute < minutes; minute += 1) {
    house.host.clock.moveTo(new Date(Date.parse('2026-10-14T03:00:00Z') + minute * 60_000));
    reached.push(...(await send(house)).reached);
  }
  return reached;
};

/** Ends every reminder but those of so many of the people, who are all on Slack. */
const leave = (house: House, people: readonly string[], count: number) =>
  sql`UPDATE outbox SET state = 'settled' WHERE stream = 'pulse-reminder' AND person_id NOT IN
    (SELECT person_id FROM identities WHERE user_id = ANY(${people}) AND preferred
      ORDER BY platform, user_id LIMIT ${count})`.execute(house.db);

/** In what ways those stood who were claimed together, in the first copy after their claim. */
const endsOf = (copies: readonly (readonly Copy[])[]): readonly (readonly string[])[] => {
  const claims = new Set(
    copies.flatMap((copy) =>
      copy.flatMap(({ state, written }) => (state === 'sending' ? [written] : [])),
    ),
  );
  return [...claims].map((claim) => {
    const isClaimed = ({ written }: Copy): boolean => written === claim;
    const from = copies.findIndex((copy) => copy.some(isClaimed));
    const people = new Set(copies[from]?.filter(isClaimed).map(({ person }) => person));
    const ends = copies.slice(from).map((copy) => copy.filter(({ person }) => people.has(person)));
    const end = ends.find((rows) => !rows.every(isClaimed)) ?? [];
    return [...new Set(end.map(({ state, written }) => `${state} ${written}`))];
  });
};

describe('reminders that are claimed together', () => {
  it('end together, so that no copy of the store tells late answers from none', async () => {
    const { house, silent } = await openReminding();
    const { copies, reached } = await send(house);
    expect(reached.length).toBeGreaterThan(20);
    expect(silent).toEqual(expect.arrayContaining(reached));
    expect(endsOf(copies).filter(({ length }) => length !== 1)).toEqual([]);
  });

  it('go again together where one was refused, and reach nobody twice', async () => {
    const { house, silent } = await openReminding();
    const first = await send(house, 12);
    expect(endsOf(first.copies).filter(({ length }) => length !== 1)).toEqual([]);
    const waiting = first.copies.at(-1)?.filter(({ state }) => state === 'retry') ?? [];
    const marks = () =>
      sql`SELECT 1 FROM seen_events WHERE key LIKE 'reminded/%'`.execute(house.db);
    expect(waiting.length).toBeGreaterThan(4);
    expect((await marks()).rows).toHaveLength(waiting.length);
    const reached = [...first.reached, ...(await sendOn(house, 20))];
    expect(new Set(reached).size).toBe(reached.length);
    expect(silent).toEqual(expect.arrayContaining(reached));
    expect((await copyOf(house)).map(({ state }) => state)).not.toContain('retry');
    await house.tickAt(counted);
    expect((await marks()).rows).toEqual([]);
  });

  it('end together where the secret for their marks cannot be had, and leave nothing in doubt', async () => {
    const { house } = await openReminding();
    const { copies } = await send(house, 6, { forgets: true });
    expect(endsOf(copies).filter(({ length }) => length !== 1)).toEqual([]);
    const states = copies.at(-1)?.map(({ state }) => state);
    expect(states).toContain('settled');
    expect(states).not.toContain('sending');
    expect(states).not.toContain('retry');
    expect(house.lines.map(({ event }) => event)).toContain('reminders.ended');
  });

  it('do not wait where they are so few that the wait would name them', async () => {
    const { house, silent } = await openReminding();
    await leave(house, silent, 2);
    const { copies } = await send(house, 1);
    expect(copies.length).toBeGreaterThan(1);
    expect(copies.at(-1)?.filter(({ state }) => state !== 'settled')).toEqual([]);
  });

  it('wait where they are five: each of them comes later, once', async () => {
    const { house, silent } = await openReminding();
    await leave(house, silent, 5);
    const { copies, reached } = await send(house, 1);
    const waiting = copies.at(-1)?.filter(({ state }) => state !== 'settled') ?? [];
    expect(waiting.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'retry'));
    const all = [...reached, ...(await sendOn(house, 10))];
    expect([all.length, new Set(all).size]).toEqual([5, 5]);
  });

  it('go again, too, where the one that was refused had its whole lane stopped', async () => {
    const { house } = await openReminding();
    const refusal: Outcome = { state: 'lane-paused', reason: 'token_revoked' };
    const first = await send(house, 12, { refusal });
    expect(first.refused).toHaveLength(1);
    await sql`UPDATE lanes SET paused_reason = NULL`.execute(house.db);
    const reached = [...first.reached, ...(await sendOn(house, 20))];
    expect(reached).toContain(first.refused[0]);
    expect(new Set(reached).size).toBe(reached.length);
    expect((await copyOf(house)).map(({ state }) => state)).not.toContain('retry');
  });
});
