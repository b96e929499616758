import { beforeAll, describe, expect, inject, it } from 'vitest';
import { runSeeds } from '../simulation/seeds.ts';
import { prepareTemplate } from '../simulation/stage.ts';

const minute = 60_000;

describe('simulated weeks with eight fault points, lost answers and clocks five minutes wrong', () => {
  beforeAll(() => prepareTemplate(inject('databaseUrl')));

  it.each([
    { history: true, start: 1, seeds: 5, days: 4, messages: 300 },
    { history: false, start: 101, seeds: 5, days: 4, messages: 150 },
  ])('hold for every seed (%o)', async (span) => {
    const told: string[] = [];
    const sum = await runSeeds(inject('databaseUrl'), { ...span, skew: 5 * minute }, (line) => {
      told.push(line);
    });
    expect(sum.failed, told.join('\n')).toEqual([]);
    expect(sum.got).toMatchObject({ lost: 0, duplicates: 0, outsideWindow: 0 });
    expect(sum.got['unconfirmed']).toBeLessThanOrEqual(sum.got['doubted'] ?? 0);
  });
});
