/** Compares the counters of a process with the model's. */
import type { AddressSpace } from '@vmacheck/model';
import type { Counters } from '@vmacheck/trace';

const names = ['mapCount', 'totalVm', 'lockedVm', 'dataVm'] as const;

/**
 * A process counts from a base that a trace does not carry, so that differences from the first step are compared.
 * `committed` is global and never compared.
 */
export class CounterComparison {
  #base: { readonly theirs: Counters; readonly ours: Counters } | undefined;

  /** Begins anew at the next counters: a layout was taken over. */
  rebase(): void {
    this.#base = undefined;
  }

  difference(recorded: Counters | undefined, space: AddressSpace): string | undefined {
    if (recorded === undefined) return undefined;
    const now = countersOf(space);
    if (this.#base === undefined) {
      this.#base = { theirs: recorded, ours: now };
      return undefined;
    }
    for (const name of names) {
      const value = recorded[name];
      const base = this.#base.theirs[name];
      if (value === undefined || base === undefined) continue;
      const ours = (now[name] ?? 0) - (this.#base.ours[name] ?? 0);
      if (ours !== value - base) {
        return `${name}: ${ours} more than after the first step in the model, ${value - base} recorded`;
      }
    }
    return undefined;
  }
}

function countersOf({ mapCount, totalVm, lockedVm, vmas }: AddressSpace): Counters {
  const data = vmas.filter(({ write, shared }) => write && !shared);
  return { mapCount, totalVm, lockedVm, dataVm: data.reduce((sum, { start, end }) => sum + end - start, 0) };
}
