/** What a bench prints at its end: one JSON line with figures, limits and the verdict. */
import { cpus, totalmem } from 'node:os';

type Figures = Readonly<Record<string, number>>;

export type Outcome = {
  readonly bench: string;
  readonly got: Figures;
  /** The most each figure may be, in the figure's unit. */
  readonly atMost: Figures;
  /** The least each figure may be, in the figure's unit. */
  readonly atLeast?: Figures;
  /** Peers that could not be measured here, by name. */
  readonly skipped?: readonly string[];
};

/** Prints the last line; true when every figure is within its limits. */
export const report = ({ bench, got, atMost, atLeast = {}, skipped = [] }: Outcome): boolean => {
  const ok =
    Object.entries(atMost).every(([name, most]) => (got[name] ?? Infinity) <= most) &&
    Object.entries(atLeast).every(([name, least]) => (got[name] ?? -Infinity) >= least);
  const must = { ...limits('<=', atMost), ...limits('>=', atLeast) };
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? '',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${process.platform}-${process.arch}`,
  };
  const left = skipped.length === 0 ? {} : { skipped };
  console.log(JSON.stringify({ bench, got, must, ok, ...left, machine }));
  return ok;
};

const limits = (sign: '<=' | '>=', figures: Figures) =>
  Object.fromEntries(Object.entries(figures).map(([name, limit]) => [name, `${sign} ${limit}`]));

/** The middle of the figures, of an even number the mean of the two middle ones; to two digits unless told. */
export const median = (figures: readonly number[], digits = 2): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return rounded((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, digits);
};

/** A figure to so many digits after the point. */
export const rounded = (figure: number, digits: number): number =>
  Math.round(figure * 10 ** digits) / 10 ** digits;

/** Seconds since `start`, a reading of performance.now(). */
export const secondsSince = (start: number): number => (performance.now() - start) / 1_000;
