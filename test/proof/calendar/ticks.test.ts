import { describe, it } from 'vitest';
import { expectSameByTicks } from '../../support/ticks.ts';

describe('moving the clock three days', () => {
  it('by jumps comes to the same as by every minute: the first wave opens, reminds, and nights pass', async () => {
    const [start, end] = ['2026-10-11T17:00:00Z', new Date('2026-10-14T17:00:00Z')];
    await expectSameByTicks({ start, end });
  });
});
