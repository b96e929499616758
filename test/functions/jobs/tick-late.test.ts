import { beforeAll, describe, expect, it, vi } from 'vitest';
import { day, minute } from '../../../core/clock.ts';
import { tick } from '../../../functions/jobs/tick.ts';
import { simulatedClock } from '../../../functions/local/clock.ts';
import { diceOf } from '../../core/calendar/work/work-cases.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  deliver,
  differences,
  everyMinute,
  messageCounts,
  outboxOf,
  tickOnceAt,
  unreliably,
} from './schedulers.ts';

/** A Monday's plan is made and its lessons go out, from east to west. */
const [start, end] = ['2026-10-25T23:20:00Z', '2026-10-26T01:50:00Z'];
const marks = everyMinute(start, end);
const open = () => openHouse({ now: start, welcomed: true });

const between = (from: string, to: string): readonly number[] => {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return marks.filter((at) => at >= first && at <= last);
};

describe('a morning beside the one that one scheduler ticks once a minute', () => {
  let punctual: House;
  beforeAll(async () => {
    punctual = await open();
    await tickOnceAt(punctual, marks);
  });

  it('leaves the same outbox when eight schedulers with skewed clocks get marks 0, 1, 2 or 185 times', async () => {
    const house = await open();
    const often = [start, '2026-10-26T01:30:00Z'];
    await deliver(house, unreliably(diceOf(4), marks, often));
    expect(differences(await outboxOf(punctual), await outboxOf(house))).toEqual([]);
    expect(messageCounts(house)).toEqual(messageCounts(punctual));
  });

  it('takes an answer for true that comes after a clock running ahead took its lease for over', async () => {
    const house = await open();
    const { context } = house.host;
    await tickOnceAt(house, between(start, '2026-10-26T01:29:00Z'));
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const hanging = [...context.chats].map(([name, chat]): [typeof name, typeof chat] => [
      name,
      { ...chat, deliver: async (...message) => asked.then(() => chat.deliver(...message)) },
    ]);
    const behind = simulatedClock(new Date('2026-10-26T01:30:00Z'));
    const sending = tick({ ...context, chats: new Map(hanging), clock: behind, holder: 'behind' });
    await vi.waitFor(async () => expect(await inFlight(house)).toBeGreaterThan(50), {
      timeout: 20_000,
    });
    const ahead = simulatedClock(new Date('2026-10-26T01:31:30Z'));
    await tick({ ...context, clock: ahead, holder: 'ahead' });
    answer();
    await sending;
    await tickOnceAt(house, between('2026-10-26T01:32:00Z', end));
    expect(differences(await outboxOf(punctual), await outboxOf(house))).toEqual([]);
    expect(messageCounts(house)).toEqual(messageCounts(punctual));
  });

  it('leaves the same outbox, due times and all, when no tick comes for an hour and a half', async () => {
    const house = await open();
    await tickOnceAt(house, [
      ...between(start, '2026-10-26T00:10:00Z'),
      ...between('2026-10-26T01:40:00Z', end),
    ]);
    expect(differences(await outboxOf(punctual), await outboxOf(house))).toEqual([]);
    expect(messageCounts(house)).toEqual(messageCounts(punctual));
  });

  it('reaches the same people with the same when its very first tick is late: only due times move', async () => {
    const house = await open();
    await tickOnceAt(house, between('2026-10-26T01:40:00Z', end));
    const rows = await outboxOf(house);
    expect(differences(await outboxOf(punctual), rows)).toEqual([]);
    expect(rows.some((row) => row.moved_reason === 'planned-late')).toBe(true);
    expect(messageCounts(house)).toEqual(messageCounts(punctual));
  });
});

describe('a whole day without a tick', () => {
  it('ends what was planned for it with the reason, sends nothing outside its window, and goes on the next morning', async () => {
    const next = marks.map((at) => at + day).filter(isFifth);
    const [punctual, late] = [await open(), await open()];
    const noon = Date.parse('2026-10-26T12:00:00Z');
    await tickOnceAt(punctual, [...marks.filter(isFifth), noon, ...next]);
    await tickOnceAt(late, [Date.parse(start), ...next]);
    const [expected, rows] = [await outboxOf(punctual), await outboxOf(late)];
    expect(differences(expected.map(planned), rows.map(planned))).toEqual([]);
    // What became of Monday's rows differs, and so does who was found out of reach on that day already.
    expect(endsOf(expected, '2026-10-26')['sent null']).toBeGreaterThan(200);
    expect(Object.keys(endsOf(rows, '2026-10-26'))).toEqual([
      'expired window-over',
      'skipped paused',
      'skipped stopped',
    ]);
    expect(endsOf(rows, '2026-10-27')).toEqual(endsOf(expected, '2026-10-27'));
    const first = Math.min(...late.host.messages().map(({ sentAt }) => sentAt.getTime()));
    expect(first).toBeGreaterThan(Date.parse('2026-10-26T23:29:00Z'));
  });
});

const inFlight = async ({ db }: House): Promise<number> =>
  (await db.selectFrom('outbox').select('key').where('state', '=', 'sending').execute()).length;

/** Every fifth minute is enough where nobody is looked at more closely. */
const isFifth = (at: number): boolean => at % (5 * minute) === 0;

type Rows = Awaited<ReturnType<typeof outboxOf>>;

/** What the planner wrote, without what became of it. */
const planned = (row: Rows[number]): Rows[number] => ({
  ...row,
  state: null,
  reason: null,
  attempt: null,
  key: null,
  expires: null,
});

/** How many rows of a date stand how. */
const endsOf = (rows: Rows, slot: string): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const row of rows.filter((one) => one.slot === slot)) {
    const end = `${row['state']} ${row['reason']}`;
    counts[end] = (counts[end] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort());
};
