/** What the generated calls did: the shares that tell whether programs are worth running. */
import type { Machine, Moment, Observer, Result } from '@vmacheck/replay';

/** Counts over all steps of all programs. */
export interface Statistics {
  steps: number;
  /** Calls after which VMAs, page table, counters or contents differ. */
  changing: number;
  /** Successful mremap calls that moved two or more VMAs. */
  multiMoves: number;
  /** Calls that gave an error and changed something all the same. */
  partWay: number;
  /** How often each operation was performed. */
  readonly calls: Record<string, number>;
  /** How often each errno or signal was seen. */
  readonly errors: Record<string, number>;
}

/** An observer that counts, and passes everything on to the next one. */
export class StatisticsObserver implements Observer {
  readonly statistics: Statistics = { steps: 0, changing: 0, multiMoves: 0, partWay: 0, calls: {}, errors: {} };
  readonly #next: Observer | undefined;
  #pieces = 0;

  constructor(next?: Observer) {
    this.#next = next;
  }

  step(...args: Parameters<Observer['step']>): void {
    const [before, call, result, after] = args;
    const { statistics } = this;
    const changed = differs(before, after) || (call.op === 'store' && result.ok);
    statistics.steps += 1;
    if (changed) statistics.changing += 1;
    if (changed && !result.ok && !isSignal(result)) statistics.partWay += 1;
    if (call.op === 'mremap' && result.ok && this.#pieces >= 2) statistics.multiMoves += 1;
    this.#pieces = 0;
    statistics.calls[call.op] = (statistics.calls[call.op] ?? 0) + 1;
    if (!result.ok) statistics.errors[result.errno] = (statistics.errors[result.errno] ?? 0) + 1;
    this.#next?.step(...args);
  }

  state(after: Moment): void {
    this.#next?.state?.(after);
  }

  phase(before: Moment, machine: Machine, after: Moment, next: Machine): void {
    this.#pieces = next.moved.length;
    this.#next?.phase(before, machine, after, next);
  }
}

function isSignal(result: Result): boolean {
  return result.errno.startsWith('SIG');
}

function differs(a: Moment, b: Moment): boolean {
  if (a === b) return false;
  const counters = a.lockedVm !== b.lockedVm || a.committed !== b.committed || a.totalVm !== b.totalVm;
  const { removed, added } = b.vmasSince(a);
  return counters || removed.length + added.length > 0 || b.framesSince(a).length > 0;
}
