/** Seeded organisations and samples, to see how often a published figure is right. */

/** A linear congruential generator (Numerical Recipes' constants): the same numbers in every run. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Shares of the five points. */
export const shapes = {
  even: [0.2, 0.2, 0.2, 0.2, 0.2],
  middling: [0.05, 0.2, 0.5, 0.2, 0.05],
  leaning: [0.05, 0.1, 0.2, 0.4, 0.25],
  skewed: [0.05, 0.1, 0.15, 0.25, 0.45],
  nearlyAlike: [0.02, 0.03, 0.05, 0.2, 0.7],
  alike: [0, 0, 0, 0.005, 0.995],
  divided: [0.45, 0.05, 0, 0.05, 0.45],
  split: [0.5, 0, 0, 0, 0.5],
  dissenting: [0.2, 0, 0, 0, 0.8],
} as const satisfies Record<string, readonly number[]>;

export type Shape = keyof typeof shapes;

/** A number 1–5 drawn from the shape, `at` in [0, 1). */
export const draw = (shape: readonly number[], at: number): number => {
  let left = at;
  for (const [index, share] of shape.entries()) {
    if (left < share) return index + 1;
    left -= share;
  }
  return shape.length;
};

/** Everybody's answer in a seeded order: the first n are a random sample of them. */
const population = (
  shape: readonly number[],
  invited: number,
  random: () => number,
): readonly number[] => {
  const values = Array.from({ length: invited }, () => draw(shape, random()));
  for (let at = values.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [values[at], values[other]] = [values[other] ?? 0, values[at] ?? 0];
  }
  return values;
};

type Trial = {
  readonly shape: Shape;
  /** Points counted from the other end. */
  readonly turned?: boolean;
  readonly invited: number;
  readonly n: number;
  readonly runs: number;
};

/** Share of runs in which `holds` is true of a sample of n and of the whole population it comes from. */
export const coverage = (
  { shape, turned = false, invited, n, runs }: Trial,
  holds: (sample: readonly number[], everybody: readonly number[]) => boolean,
): number => {
  const random = seeded(invited * 1_000 + n);
  const drawn = turned ? [...shapes[shape]].reverse() : shapes[shape];
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const everybody = population(drawn, invited, random);
    if (holds(everybody.slice(0, n), everybody)) covered += 1;
  }
  return covered / runs;
};

export const within = (
  value: number,
  { low, high }: { readonly low: number; readonly high: number },
): boolean => value >= low - 1e-9 && value <= high + 1e-9;
