import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { hardships } from '../simulation/judge/hardships.ts';
import { runSeed } from '../simulation/seeds.ts';
import { prepareTemplate } from '../simulation/store/clones.ts';

const counts = z.record(z.string(), z.number());
const lastLine = z.object({ got: counts, faced: counts, failed: z.array(z.number()) });
type Sum = z.infer<typeof lastLine>;

type Span = { readonly start: number; readonly seeds: number };

/** What `npm run simulate` says of these seeds, 500 messages each; a seed that failed stands in the error with its trace. */
const simulate = async ({ start, seeds }: Span, ...options: readonly string[]): Promise<Sum> => {
  const given = ['--start', `${start}`, '--seeds', `${seeds}`, '--messages', '500', ...options];
  const run = ['--import', 'tsx', 'test/simulation/main.ts', ...given];
  const { stdout } = await promisify(execFile)(process.execPath, run, { maxBuffer: 2 ** 26 }).catch(
    (error: { readonly stdout: string }) => error,
  );
  const lines = stdout.trim().split('\n');
  const sum = lastLine.parse(JSON.parse(lines.at(-1) ?? ''));
  expect(sum.failed, lines.slice(0, -1).join('\n')).toEqual([]);
  return sum;
};

const added = (sums: readonly Sum[], of: (sum: Sum) => Readonly<Record<string, number>>) => {
  const all: Record<string, number> = {};
  for (const [name, count] of sums.flatMap((sum) => Object.entries(of(sum))))
    all[name] = (all[name] ?? 0) + count;
  return all;
};

const none = { lost: 0, duplicates: 0, outsideWindow: 0 };

describe('simulated weeks of 500 messages with eight fault points, lost answers and clocks five minutes wrong', () => {
  it('lose, double and mistime nothing in 40 seeds where Slack lets messages be looked up, and meet every hardship', async () => {
    // Two processes: a seed keeps one processor busy, for the most part in turn with Postgres.
    const sums = await Promise.all([
      simulate({ start: 1, seeds: 20 }),
      simulate({ start: 21, seeds: 20 }),
    ]);
    const got = added(sums, (sum) => sum.got);
    expect(got).toMatchObject({ ...none, unconfirmed: 0, repeated: 0 });
    expect(got['accepted']).toBeGreaterThan(40 * 400);
    const faced = added(sums, (sum) => sum.faced);
    expect(hardships.filter((one) => (faced[one] ?? 0) === 0)).toEqual([]);
  });

  it('double nothing where messages cannot be looked up, and leave unconfirmed what was under way; where Slack honours ids not even what goes again is seen twice', async () => {
    const [blind, honouring] = await Promise.all([
      simulate({ start: 101, seeds: 10 }, '--history', 'false'),
      simulate({ start: 201, seeds: 10 }, '--history', 'false', '--honours', 'true'),
    ]);
    for (const { got } of [blind, honouring]) {
      expect(got).toMatchObject(none);
      expect(got['unconfirmed']).toBeGreaterThan(0);
      expect(got['unconfirmed']).toBeLessThanOrEqual(got['doubted'] ?? 0);
    }
    // Streams that had better come twice than never do so here, and only here.
    expect(blind.got['repeated']).toBeGreaterThan(0);
    expect(honouring.got['repeated']).toBe(0);
  });
});

describe('one seed of 500 messages', () => {
  beforeAll(() => prepareTemplate(inject('databaseUrl')));

  it('is the same twice to the last line of its trace', async () => {
    const wish = { seed: 7, days: 4, messages: 500, skew: 300_000, history: true, honours: false };
    const [one, other] = [
      await runSeed(inject('databaseUrl'), wish),
      await runSeed(inject('databaseUrl'), wish),
    ];
    expect(other.trace).toEqual(one.trace);
    expect(other.digest).toBe(one.digest);
  });
});
