import { describe, expect, it } from 'vitest';
import { diceOf } from '../../core/calendar/work/work-cases.ts';
import {
  deliver,
  differences,
  everyMinute,
  messageCounts,
  outboxOf,
  tickOnceAt,
  unreliably,
} from '../../functions/jobs/schedulers.ts';
import { openHouse } from '../../support/house.ts';

const seed = 20_261_012;
const start = '2026-10-11T17:00:00Z';

describe('three days ticked by eight schedulers with skewed clocks, marks lost, repeated and late', () => {
  it('leave the outbox that one scheduler leaves: everybody is welcomed, invited and reminded once', async () => {
    const marks = everyMinute(start, '2026-10-14T17:00:00Z');
    // The first plan, a welcome and an invitation in each zone, a reminder, and an hour of nothing.
    const often = [
      start,
      '2026-10-11T22:00:00Z',
      '2026-10-12T00:00:00Z',
      '2026-10-12T00:30:00Z',
      '2026-10-12T01:30:00Z',
      '2026-10-12T03:00:00Z',
      '2026-10-13T12:00:00Z',
      '2026-10-13T19:00:00Z',
      '2026-10-14T03:00:00Z',
    ];
    const [one, eight] = [await openHouse({ now: start }), await openHouse({ now: start })];
    await tickOnceAt(one, marks);
    await deliver(eight, unreliably(diceOf(seed), marks, often));
    const expected = await outboxOf(one);
    expect(expected.length).toBeGreaterThan(700);
    expect(differences(expected, await outboxOf(eight))).toEqual([]);
    expect(messageCounts(eight)).toEqual(messageCounts(one));
  });
});
