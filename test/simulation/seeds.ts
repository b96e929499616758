/** Many seeds, one after the other: sums, and a trace on disk for each seed that fails. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hardships } from './judge/hardships.ts';
import type { Wish } from './stage.ts';
import { onClone } from './store/clones.ts';
import { type Report, runWeek } from './week.ts';

export type Sum = {
  readonly got: Readonly<Record<string, number>>;
  /** How often each hardship came, over all seeds. */
  readonly faced: Readonly<Record<string, number>>;
  readonly failed: readonly number[];
  readonly ok: boolean;
};

type Span = Omit<Wish, 'seed'> & { readonly start: number; readonly seeds: number };

/** Runs the seeds on a server that has the template; `say` hears a line a seed. */
export const runSeeds = async (
  server: string,
  span: Span,
  say: (line: string) => void,
): Promise<Sum> => {
  const got: Record<string, number> = {};
  const faced: Record<string, number> = {};
  const failed: number[] = [];
  for (let seed = span.start; seed < span.start + span.seeds; seed += 1) {
    const report = await runSeed(server, { ...span, seed });
    addUp(got, report.figures);
    addUp(faced, report.faced);
    if (report.faults.length > 0) failed.push(seed);
    say(lineOf(report));
    for (const line of await complaints(report)) say(line);
  }
  return { got, faced, failed, ok: failed.length === 0 };
};

const addUp = (sums: Record<string, number>, counts: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
};

/** Runs one seed on a clone of its own. */
export const runSeed = (server: string, wish: Wish): Promise<Report> =>
  onClone(server, `simulated_${wish.seed}`, (url) => runWeek(url, wish));

const lineOf = ({ seed, digest, figures, faced }: Report): string => {
  const counts = Object.entries(figures).map(([name, count]) => `${name} ${count}`);
  const kinds = hardships.filter((one) => faced[one] > 0).length;
  return `seed ${seed}: ${counts.join(', ')}, hardships ${kinds} of ${hardships.length}; trace ${digest.slice(0, 16)}`;
};

const complaints = async ({ seed, faults, trace }: Report): Promise<readonly string[]> => {
  if (faults.length === 0) return [];
  const path = join(tmpdir(), `langkah-simulation-${seed}.log`);
  await writeFile(path, `${trace.join('\n')}\n`);
  return [
    `seed ${seed} FAILED; its trace is ${path}`,
    ...faults.slice(0, 12).map(({ what, detail }) => `  ${what}: ${detail}`),
  ];
};
