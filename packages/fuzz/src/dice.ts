/** Takes the dice of an intent one after the other. */
export class Dice {
  readonly #values: readonly number[];
  #next = 0;

  constructor(values: readonly number[]) {
    this.#values = values;
  }

  /** A number from 0 to n - 1. */
  roll(n: number): number {
    const value = this.#values[this.#next++ % this.#values.length] ?? 0;
    return n <= 0 ? 0 : value % n;
  }

  /** True in `percent` of a hundred cases; the smallest dice say no. */
  chance(percent: number): boolean {
    return this.roll(100) >= 100 - percent;
  }

  /** One of the values; undefined when there is none. */
  pick<T>(values: readonly T[]): T | undefined {
    return values[this.roll(values.length)];
  }
}
