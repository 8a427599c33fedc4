/** What properties say of a value. */

/** 1 it holds, -1 it does not, 0 it says nothing, because the left side of its implication is false. */
export type Verdict = -1 | 0 | 1;

/**
 * Counts what property `i` said in `said`, if it said anything.
 * @returns `first`, the number of the first property that does not hold; if that was -1, there was none before this one
 */
export function tally(i: number, verdict: Verdict, said: number[] | Float64Array, first: number): number {
  if (verdict === 0) return first;
  said[i] = (said[i] as number) + 1;
  return verdict < 0 && first < 0 ? i : first;
}
