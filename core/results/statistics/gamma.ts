/** Two special functions the distributions need. */

const halfLogTwoPi = Math.log(2 * Math.PI) / 2;

/** Up to here the argument is first raised, where the series below is not yet exact to the last figures. */
const seriesFrom = 15;

/**
 * ln Γ(x) for x > 0: Stirling's series with five terms from 15 on, the recurrence Γ(x + 1) = x Γ(x) below.
 * Source: DLMF 5.11.1 and 5.5.1. Error below 1e-15 of the value.
 */
export const logGamma = (x: number): number => {
  let [at, product] = [x, 1];
  for (; at < seriesFrom; at += 1) product *= at;
  const square = 1 / (at * at);
  const series =
    (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / at;
  return (at - 0.5) * Math.log(at) - at + halfLogTwoPi + series - Math.log(product);
};

/** ln n! */
export const logFactorial = (n: number): number => (n < 2 ? 0 : logGamma(n + 1));

/** Factors after which the fraction stands still for every argument used here; more would be an endless loop. */
const mostSteps = 10_000;

/**
 * Regularised incomplete beta function I_x(a, b), 0 ≤ x ≤ 1, by the continued fraction evaluated with Lentz's method.
 * Source: DLMF 8.17.22 (and 8.17.4 for the far side, where it converges faster).
 */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return (front / a) * continuedFraction(x, a, b);
};

const continuedFraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= mostSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const part of [even, odd]) {
      c = 1 + part / c;
      d = 1 / (1 + part * d);
      change *= c * d;
    }
    value *= change;
    if (Math.abs(change - 1) < 1e-16) return value;
  }
  return value;
};
