/** What measurements have in common. */

/** Milliseconds that `work` takes. */
export function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** "x 1.23" */
export const ratio = (value, base) => `x ${(value / base).toFixed(2)}`;

/** "1,234,567" */
export const whole = (value) => Math.round(value).toLocaleString('en-US');

/** A generator of numbers below a bound; the same seed gives the same numbers. */
export function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
