/** The counts of a thread, in memory that the others may read. */
import type { Model } from './model.js';

/** See the head of the file. */
export class Tallies {
  /** Initial states and successors. */
  readonly generated: Float64Array;
  /** Successors by action. */
  readonly generatedBy: Float64Array;
  /** States that an action was the first to find. */
  readonly distinctBy: Float64Array;
  /** The level at which a "sometimes" property was seen first; 0: not yet. */
  readonly reachedAt: Float64Array;

  constructor(
    model: Model,
    readonly all: Float64Array = new Float64Array(Tallies.size(model)),
  ) {
    const actions = model.actions.length;
    this.generated = all.subarray(0, 1);
    this.generatedBy = all.subarray(1, 1 + actions);
    this.distinctBy = all.subarray(1 + actions, 1 + 2 * actions);
    this.reachedAt = all.subarray(1 + 2 * actions);
  }

  static size({ actions, sometimes = [] }: Model): number {
    return 1 + 2 * actions.length + sometimes.length;
  }

  /** Adds the counts of another thread. */
  add(other: Tallies): void {
    const { all, reachedAt } = this;
    const counts = all.length - reachedAt.length;
    for (let i = 0; i < counts; i++) (all[i] as number) += other.all[i] as number;
    other.reachedAt.forEach((level, i) => {
      const mine = reachedAt[i] as number;
      if (level > 0 && (mine === 0 || level < mine)) reachedAt[i] = level;
    });
  }
}
