import type { Call, Result, Space, Vma } from '@vmacheck/model';
import type { Span } from './spans.js';

/** What the specifications say of where a call reaches and of what counts. */
export interface NearOperators {
  /** `Reach` of Neighbourhood.tla. */
  readonly reach: (before: Space, call: Call, result: Result) => readonly Span[];
  /** `TotalPages`, `LockedPages`, `AccountPages` and `DataPages` of Vma.tla. */
  readonly totalPages: (vmas: readonly Vma[]) => number;
  readonly lockedPages: (vmas: readonly Vma[]) => number;
  readonly accountPages: (vmas: readonly Vma[]) => number;
  readonly dataPages: (vmas: readonly Vma[]) => number;
}
