/** Compares the counters of a process with the model's. */
import { type AddressSpace, dataPages } from '@vmacheck/model';
import type { Counters } from '@vmacheck/trace';

const names = ['mapCount', 'totalVm', 'lockedVm', 'dataVm'] as const;

/** How far the counters of a process and the model's are apart, because of mappings that the model does not see. */
type Distance = Partial<Record<(typeof names)[number], number>>;

/** A process counts from a base that a trace need not carry, so that differences from the first step are compared. */
export class CounterComparison {
  #distance: Distance = {};

  /** Begins anew at the next counters: a layout was taken over. */
  rebase(): void {
    this.#distance = {};
  }

  /** What is locked outside of the model's view was changed as a whole: it begins anew. */
  rebaseLocked(): void {
    delete this.#distance.lockedVm;
  }

  /** Mappings outside of the model's view may have become one with others, or come apart: they are counted anew. */
  rebaseMaps(): void {
    delete this.#distance.mapCount;
  }

  /** For a process that was forked: it has the same mappings besides, but nothing of them is locked. */
  forked(): CounterComparison {
    const child = new CounterComparison();
    child.#distance = { ...this.#distance, lockedVm: 0 };
    return child;
  }

  difference(recorded: Counters | undefined, space: AddressSpace): string | undefined {
    if (recorded === undefined) return undefined;
    const { mapCount, totalVm, lockedVm } = space;
    const now = { mapCount, totalVm, lockedVm, dataVm: dataPages(space) };
    for (const name of names) {
      const value = recorded[name];
      if (value === undefined) continue;
      const expected = now[name] + (this.#distance[name] ??= value - now[name]);
      if (expected !== value) return `${name}: ${expected} in the model, ${value} recorded`;
    }
    return undefined;
  }
}

/** Compares the committed pages of a machine on which nothing else ran, from the first that are recorded on. */
export class CommittedComparison {
  #distance: number | undefined;

  /** Begins anew at the next counters: a layout was taken over. */
  rebase(): void {
    this.#distance = undefined;
  }

  difference(recorded: Counters | undefined, { shared }: AddressSpace): string | undefined {
    const value = recorded?.committed;
    if (value === undefined) return undefined;
    // What the processes charge, and what their shared objects do.
    const now = [...shared.spaces].reduce((sum, { committed }) => sum + committed, shared.committed);
    const expected = now + (this.#distance ??= value - now);
    return expected === value ? undefined : `committed: ${expected} in the model, ${value} recorded`;
  }
}
