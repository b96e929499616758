import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { actionIds } from '../../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../../core/store/local-messages.ts';
import { run } from '../../../../../functions/local/cli/run.ts';
import { pulseAnswers } from '../../../../../functions/local/sample/behaviour.ts';
import { timeline } from '../../../../../functions/local/studio/timeline.ts';
import { dump, type House, openHouse } from '../../../../support/house.ts';
import { isPulse, voters } from '../../../../support/pulse.ts';
import { onDatabase } from '../../../../support/run/server.ts';

const skip = 'Lewati periode ini';

/** Messages that say the survey is still open. */
const remindersOf = (house: House): readonly LocalMessage[] =>
  house.host
    .messages()
    .filter(
      (one) =>
        isPulse(house, one) &&
        /Survei singkat masih dibuka|The short survey is still open/.test(
          JSON.stringify(one.payload),
        ),
    );

/** Every minute of half an hour of a day, as the timer would come by. */
const sendDay = async (house: House, date: string): Promise<void> => {
  for (const hour of ['00', '01', '02']) await house.tickAt(`${date}T${hour}:00:00Z`);
  for (let minute = 0; minute < 15; minute += 1)
    await house.tickAt(`${date}T03:${String(minute).padStart(2, '0')}:00Z`);
};

describe('reminders', () => {
  let house: House;
  let home = '';
  let before: Readonly<Record<'seen' | 'identities' | 'progress', string>>;
  const answered: string[] = [];
  const skipped: string[] = [];
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'langkah-reminders-'));
    house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
    await sendDay(house, '2026-10-12');
    const all = [...voters(house).values()];
    const { items } = house.host.context.catalogue.survey;
    for (const message of all.filter((_, at) => at % 3 === 0)) {
      const { userId, platform } = message;
      const answers = pulseAnswers(items, { userId, unit: '', wave: 'w1' });
      await house.actor(platform).answerPulse({ userId, message, answers, comment: null });
      answered.push(userId);
    }
    await house.host.drain();
    for (const message of all.filter((_, at) => at % 12 === 1)) {
      await house.press(message, actionIds.skipPulse);
      skipped.push(message.userId);
    }
    before = await standing();
    house.host.clock.moveTo(new Date('2026-10-13T12:00:00Z'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(house.db)).rows;
  const tables = ['seen', 'identities', 'progress'] as const;
  const standing = async () => {
    const parts = (await dump(house.db)).split('\n');
    const table = (name: string) => {
      const from = parts.indexOf(name);
      const to = parts.findIndex((line, at) => at > from && /^[a-z_]+$/.test(line));
      return parts.slice(from, to).sort().join('\n');
    };
    return Object.fromEntries(tables.map((name) => [name, table(name)])) as typeof before;
  };

  it('that were skipped tell the day of the skip, and no time that may lie beside a ballot’s', async () => {
    const times = await rows(
      sql<{ at: Date }>`SELECT DISTINCT o.changed_at AS at FROM outbox o
        JOIN identities i ON i.person_id = o.person_id AND i.preferred
        WHERE o.stream = 'pulse-reminder' AND i.user_id = ANY(${skipped})`,
    );
    expect(skipped.length).toBeGreaterThan(0);
    // Midnight in Jakarta.
    expect(times).toEqual([{ at: new Date('2026-10-11T17:00:00Z') }]);
  });

  it('come on the third and seventh working day, in work time, to those who neither answered nor skipped', async () => {
    const invited = new Set([...voters(house).keys()]);
    const due = [...invited].filter((id) => !answered.includes(id) && !skipped.includes(id)).sort();
    await sendDay(house, '2026-10-13');
    expect(remindersOf(house)).toEqual([]);
    await sendDay(house, '2026-10-14');
    const third = remindersOf(house).map(({ userId }) => userId);
    expect([...third].sort()).toEqual(due);
    for (const date of ['15', '16', '17', '18', '19', '20'])
      await sendDay(house, `2026-10-${date}`);
    const both = remindersOf(house).map(({ userId }) => userId);
    expect(both).toHaveLength(2 * due.length);
    for (const date of ['21', '22']) await sendDay(house, `2026-10-${date}`);
    expect(remindersOf(house)).toHaveLength(2 * due.length);
    for (const { sentAt, payload } of remindersOf(house)) {
      // 10.00 in the zone of each: between 08.00 WIB and 15.30 WIB everywhere in the country.
      expect(sentAt.getUTCHours()).toBeGreaterThanOrEqual(1);
      expect(sentAt.getUTCHours()).toBeLessThan(9);
      expect(JSON.stringify(payload)).toMatch(/Lewati periode ini|Skip this period/);
    }
    expect(JSON.stringify(remindersOf(house)[0]?.payload)).toContain(skip);
  });

  it('leave rows that are all alike, and no trace in any other table', async () => {
    // Of the people whose row waited for its day: those who had answered, and those who were reminded.
    const kinds = await rows(
      sql<{ kind: string; answered: number; reminded: number }>`
        SELECT concat_ws(' ', o.slot, o.lane_id, o.state, o.reason, o.attempt, o.key, o.ref,
            o.conversation, o.fence, o.moved_reason, o.in_doubt, o.asked_at, o.changed_at) AS kind,
          count(*) FILTER (WHERE i.user_id = ANY(${answered}))::int AS answered,
          count(*) FILTER (WHERE i.user_id <> ALL(${answered}))::int AS reminded
        FROM outbox o JOIN identities i ON i.person_id = o.person_id AND i.preferred
        WHERE o.stream = 'pulse-reminder' AND o.state NOT IN ('skipped', 'unreachable')
          AND i.user_id <> ALL(${skipped}) GROUP BY kind ORDER BY kind`,
    );
    // Two days, two lanes and three zones; in each, both look the same.
    expect(kinds).toHaveLength(12);
    for (const kind of kinds) {
      expect(kind.answered).toBeGreaterThan(0);
      expect(kind.reminded).toBeGreaterThan(0);
    }
    expect(before.seen).toContain(',w1,');
    expect(await standing()).toEqual(before);
  });

  it('are told in totals only by the timeline, the delivery command and its file', async () => {
    const lines = (await timeline(house.host.context, 'en')).filter(({ text }) =>
      /reminder/i.test(text),
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const { text } of lines) expect(text).toMatch(/^[^:]+: \S+ 2\d\d$/);
    const [{ name = '' } = {}] = await rows(
      sql<{ name: string }>`SELECT current_database() AS name`,
    );
    const said: string[] = [];
    const show = (...more: string[]) =>
      run(['delivery', 'show', '--from', '2026-10-14', '--to', '2026-10-22', ...more], {
        env: { LANGKAH_HOME: home, DATABASE_URL: onDatabase(inject('databaseUrl'), name) },
        now: () => house.host.clock.now(),
        print: (text) => void said.push(text),
        complain: (text) => void said.push(text),
      });
    expect(await show('--stream', 'pulse-reminder')).toBe(0);
    expect(await show('--stream', 'pulse-reminder', '--csv', '-')).toBe(0);
    expect(said.join('\n')).not.toMatch(/not-needed|delivered|KC-|U0CONTOH|c0a70c0a/);
    expect(await show('--stream', 'pulse-reminder', '--people')).toBe(2);
  });

  it('name nobody in a log line', () => {
    const users = [...voters(house).keys()];
    const text = JSON.stringify(house.lines);
    expect(house.lines.length).toBeGreaterThan(0);
    for (const user of users) expect(text.includes(user), user).toBe(false);
    expect(text).not.toContain('pulse-reminder');
  });

  it('are deleted at the close', async () => {
    await house.tickAt('2026-10-23T10:15:00Z');
    expect(await rows(sql`SELECT 1 FROM outbox WHERE stream = 'pulse-reminder'`)).toEqual([]);
    expect(await dump(house.db, ['audit_log'])).not.toContain('pulse-reminder');
  });
});
