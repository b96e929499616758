/** A lane as fast as its store: thousands of due messages, and a chat whose answers a test gives. */
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { slackCapabilities } from '../../../../bot/slack/limits.ts';
import type { Address, Chat, Outcome } from '../../../../core/ports.ts';
import { openDatabase } from '../../../../core/store/database.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { readCatalogue } from '../../../../functions/app/files.ts';
import type { Context } from '../../../../functions/jobs/context.ts';
import { simulatedClock } from '../../../../functions/local/clock.ts';
import { sampleAgency } from '../../../../functions/local/story/agency.ts';
import { cloneDatabase } from '../../../support/run/database.ts';

const slot = '2026-12-07';
/** Monday 7 December 2026, 09.00 WIB. */
const now = new Date('2026-12-07T02:00:00.000Z');
const lane = 1;

const answered = ({ userId }: Address): Outcome => ({
  state: 'sent',
  ref: `1.${userId}`,
  conversation: `D${userId}`,
});

/** Opens it with so many due messages; `answer` gives the outcome of the n-th POST, or null for the usual one. */
export const openFastLane = async (people: number) => {
  const { db, url } = await cloneDatabase();
  await ensurePartitions(db, [slot]);
  const catalogue = await readCatalogue();
  const lesson = [...catalogue.lessons.keys()][0] ?? '';
  await sql`INSERT INTO units (id, code, name, level_label, valid_from)
    VALUES (1, 'KC', 'Kementerian Contoh', 'Kementerian', '2026-01-01')`.execute(db);
  await sql`INSERT INTO lanes (id, platform, workspace_id, rate, burst)
    VALUES (${lane}, 'slack', 'T0', 1000000, 1)`.execute(db);
  await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone)
    SELECT n, 'kunci-' || n, 'Pegawai ' || n, 1, 'Asia/Jakarta'
    FROM generate_series(1, ${people}::int) n`.execute(db);
  await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id, conversation)
    SELECT 'slack', 'T0', 'U' || id, id, ${lane}, 'DU' || id FROM people`.execute(db);
  await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires,
      state, changed_at)
    SELECT id, 'lesson', ${slot}::date, ${lesson}, ${lane}, 4, ${now}::timestamptz - interval '1 hour',
      ${now}::timestamptz + interval '6 hours', 'planned', ${now} FROM people`.execute(db);
  await sql`ANALYZE`.execute(db);
  const clock = simulatedClock(now);
  const posted: string[] = [];
  const lines: string[] = [];
  /** A sender of this name, on a pool of its own; `answer` gives the outcome of its n-th POST, null = sent. */
  const sender = (
    holder: string,
    answer: (post: number) => Promise<Outcome> | null = () => null,
  ): Context => {
    let posts = 0;
    const deliver: Chat['deliver'] = async (to) => {
      posts += 1;
      const told = await answer(posts);
      if (told === null || told.state === 'sent') posted.push(to.userId);
      return told ?? answered(to);
    };
    const chat: Chat = {
      platform: 'slack',
      capabilities: slackCapabilities,
      deliver,
      update: async () => ({ state: 'unreachable', reason: 'message_not_found' }),
      answer: async () => ({ state: 'unreachable', reason: 'message_not_found' }),
      lookUp: null,
    };
    const log = (event: string) => void lines.push(event);
    return {
      db: openDatabase(named(url, holder)),
      catalogue,
      chats: new Map([['slack', chat]]),
      secrets: { get: async () => null, put: async () => undefined, remove: async () => undefined },
      clock,
      log: { info: log, warn: log, error: log },
      agency: sampleAgency,
      ticketKey: 'kunci-tiket-untuk-uji',
      holder,
    };
  };
  const states = async (): Promise<Readonly<Record<string, number>>> => {
    const { rows } = await sql<{ state: string; count: number }>`
      SELECT state, count(*)::int AS count FROM outbox GROUP BY 1`.execute(db);
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  };
  /** Waits until so many intents stand; one who looks for all who wait leaves the machine to the sender. */
  let looking: Promise<void> | null = null;
  const intents = (count: number): Promise<void> => {
    looking ??= (async () => {
      while (((await states())['sending'] ?? 0) < count) await wait(10);
    })();
    return looking;
  };
  return { db, clock, lane, posted, lines, sender, states, intents };
};

/** The store under the name of who asks it. */
const named = (url: string, name: string): string => {
  const own = new URL(url);
  own.searchParams.set('application_name', name);
  return own.toString();
};
