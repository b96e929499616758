import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { slackLookUp } from '../../bot/slack/workspace/history.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { quick, quickClock } from './kills/clock.ts';
import { seedLessons } from './kills/crowd.ts';
import { fragilePostgres } from './kills/postgres.ts';
import { openSenders } from './kills/senders.ts';
import { openWorkspace } from './kills/workspace.ts';

const people = 3_000;
const lanes = 3;
/** Messages a second on each lane: slow enough that all blows fall in the middle of the work. */
const rate = 3;
const kills = 50;
const crashes = 5;

describe('senders killed 50 times and Postgres five times over 3,000 messages', () => {
  const ends: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  it('lose and double nothing, and every message comes to its end in time', async () => {
    const postgres = await fragilePostgres();
    ends.push(postgres.stop);
    const db = openDatabase(postgres.url, { max: 2 });
    ends.push(() => db.destroy());
    await seedLessons(db, { people, lanes, rate });
    const began = Date.now();
    const clock = quickClock(began);
    const workspace = await openWorkspace(clock);
    ends.push(workspace.stop);
    const { apiUrl } = workspace;
    const senders = openSenders({ count: 3, databaseUrl: postgres.url, apiUrl, began });
    ends.push(senders.stop);

    let inWork = 0;
    for (let blow = 1; blow <= kills; blow += 1) {
      // In the middle of work, while there is any.
      await until(async () => (await countIn(db, ['sending'])) > 0 || (await isOver(db)));
      if (!(await isOver(db))) inWork += 1;
      await until(() => senders.kill());
      if (blow % (kills / crashes) === 0)
        await postgres.crash(blow % (2 * (kills / crashes)) === 0 ? 'SIGKILL' : 'SIGQUIT');
      await wait(800);
    }
    const struck = Date.now();
    const inDoubt = await countIn(db, ['sending', 'unknown']);
    const waiting = await countIn(db, ['planned', 'retry']);
    // Lease, quiet time, look-ups at their pace, and the sending of all that has not gone yet.
    const seconds =
      3 + 60 + inDoubt / (lookUpRate() * lanes) + (waiting + inDoubt) / (rate * lanes);
    const allowed = (seconds / quick) * 1000;
    await until(() => isOver(db));

    const took = Date.now() - struck;
    expect(inWork).toBe(kills);
    expect(waiting + inDoubt).toBeGreaterThan(0);
    expect(took).toBeLessThanOrEqual(allowed + startUp);
    const rows = await sql<{ user: string; state: string }>`
      SELECT 'U' || person_id AS user, state FROM outbox`.execute(db);
    const sent = rows.rows.filter(({ state }) => state === 'sent').map(({ user }) => user);
    const copies = [...workspace.taken.values()].map((messages) => messages.length);
    expect(sent).toHaveLength(people);
    expect(sent.filter((user) => !workspace.taken.has(user))).toEqual([]);
    expect(copies.filter((count) => count > 1)).toEqual([]);
    expect(senders.fell).toEqual([]);
  });
});

/** Milliseconds that a killed sender's follower needs until its first look, on a busy machine. */
const startUp = 8_000;

/** Look-ups a second on one lane. */
const lookUpRate = (): number => {
  const nobody = { post: never, update: never, respond: never, ask: never };
  return slackLookUp(nobody).rate;
};
const never = (): never => {
  throw new Error('nobody is asked');
};

const countIn = async (db: Database, states: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM outbox
    WHERE state::text = ANY(${[...states]}::text[])`.execute(db);
  return rows[0]?.count ?? 0;
};

const isOver = async (db: Database): Promise<boolean> =>
  (await countIn(db, ['planned', 'retry', 'sending', 'unknown'])) === 0;

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await wait(50);
};
