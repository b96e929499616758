/** What a bench prints at its end: one JSON line with figures, limits and the verdict. */
import { cpus, totalmem } from 'node:os';

export type Outcome = {
  readonly bench: string;
  readonly got: Readonly<Record<string, number>>;
  /** The most each figure may be, in the figure's unit. */
  readonly atMost: Readonly<Record<string, number>>;
};

/** Prints the last line; true when every figure is within its limit. */
export const report = ({ bench, got, atMost }: Outcome): boolean => {
  const ok = Object.entries(atMost).every(([name, most]) => (got[name] ?? Infinity) <= most);
  const must = Object.fromEntries(
    Object.entries(atMost).map(([name, most]) => [name, `<= ${most}`]),
  );
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? '',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${process.platform}-${process.arch}`,
  };
  console.log(JSON.stringify({ bench, got, must, ok, machine }));
  return ok;
};

/** The middle of an odd number of figures, to two digits. */
export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
};

/** Seconds since `start`, a reading of performance.now(). */
export const secondsSince = (start: number): number => (performance.now() - start) / 1_000;
