import { beforeAll, describe, expect, inject, it } from 'vitest';
import { faultPoints } from './judge/hardships.ts';
import { runSeed } from './seeds.ts';
import { prepareTemplate } from './store/clones.ts';

const minute = 60_000;
/** Milliseconds: about three on a machine of its own, more on one that others use. */
const timeout = 120_000;

describe('a simulated day', () => {
  beforeAll(() => prepareTemplate(inject('databaseUrl')));

  it(
    'loses, doubles and mistimes nothing, and is the same twice to the last line of its trace',
    async () => {
      const wish = {
        seed: 1,
        days: 1,
        messages: 12,
        history: true,
        honours: false,
        skew: 5 * minute,
      };
      const [one, other] = [await run(wish), await run(wish)];
      expect(one.faults).toEqual([]);
      expect(one.figures).toMatchObject({ lost: 0, duplicates: 0, outsideWindow: 0 });
      expect(one.figures.accepted).toBeGreaterThan(10);
      expect(faultPoints.some((point) => one.faced[point] > 0)).toBe(true);
      expect(other.trace).toEqual(one.trace);
      expect(other.digest).toBe(one.digest);
    },
    timeout,
  );

  it(
    'calls unconfirmed what nobody can look up, and nothing else',
    async () => {
      const { faults, figures } = await run({
        seed: 4,
        days: 1,
        messages: 12,
        history: false,
        honours: false,
        skew: 5 * minute,
      });
      expect(faults).toEqual([]);
      expect(figures.doubted).toBeGreaterThan(0);
      expect(figures.unconfirmed).toBeLessThanOrEqual(figures.doubted);
    },
    timeout,
  );
});

const run = (wish: Parameters<typeof runSeed>[1]) => runSeed(inject('databaseUrl'), wish);
