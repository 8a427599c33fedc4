/** Compares the counters of a process with the model's. */
import { type AddressSpace, dataPages } from '@vmacheck/model';
import type { Counters } from '@vmacheck/trace';

const ofProcess = ['mapCount', 'totalVm', 'lockedVm', 'dataVm'] as const;
const all = [...ofProcess, 'committed'] as const;

/** How far the counters of a process and the model's are apart, because of mappings that the model does not see. */
type Distance = Partial<Record<(typeof all)[number], number>>;

/**
 * A process counts from a base that a trace need not carry, so that differences from the first step are compared.
 * `committed` counts the pages of the whole machine: it means something only where nothing else ran.
 */
export class CounterComparison {
  readonly #names: readonly (typeof all)[number][];
  #distance: Distance = {};

  /** @param withCommitted nothing else ran on the machine */
  constructor(withCommitted: boolean) {
    this.#names = withCommitted ? all : ofProcess;
  }

  /** Begins anew at the next counters: a layout was taken over. */
  rebase(): void {
    this.#distance = {};
  }

  /** What is locked outside of the model's view was changed as a whole: it begins anew. */
  rebaseLocked(): void {
    delete this.#distance.lockedVm;
  }

  /** For a process that was forked: it has the same mappings besides, but nothing of them is locked. */
  forked(): CounterComparison {
    const child = new CounterComparison(this.#names.includes('committed'));
    child.#distance = { ...this.#distance, lockedVm: 0 };
    return child;
  }

  difference(recorded: Counters | undefined, space: AddressSpace): string | undefined {
    if (recorded === undefined) return undefined;
    const now = countersOf(space);
    for (const name of this.#names) {
      const value = recorded[name];
      if (value === undefined) continue;
      const expected = now[name] + (this.#distance[name] ??= value - now[name]);
      if (expected !== value) {
        return `${name}: ${expected} in the model, ${value} recorded`;
      }
    }
    return undefined;
  }
}

function countersOf(space: AddressSpace): Required<Counters> {
  const { mapCount, totalVm, lockedVm, shared } = space;
  // What the processes charge, and what their shared objects do.
  const committed = [...shared.spaces].reduce((sum, each) => sum + each.committed, shared.committed);
  return { mapCount, totalVm, lockedVm, dataVm: dataPages(space), committed };
}
