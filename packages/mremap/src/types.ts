/** The records of the mremap machine; names and fields as in the specifications, with what a running call needs besides. */
import type { Call, Outcome, RawMremap, Result, Vma } from '@vmacheck/model';

/** The phase that a machine performs next. */
export type Phase =
  | 'params'
  | 'lock'
  | 'lookup'
  | 'unmapDest'
  | 'shrink'
  | 'choose'
  | 'charge'
  | 'copy'
  | 'movePages'
  | 'account'
  | 'unmapSource'
  | 'next'
  | 'unlock'
  | 'notify'
  | 'done';

/** A piece of the source that has been moved, in pages. */
export interface MovedPiece {
  readonly from: number;
  readonly to: number;
  readonly len: number;
}

/** One mremap call in progress: everything that the rest of the call needs is here, as data (`struct vma_remap_struct`). */
export interface Machine {
  /** What `step` does next. */
  readonly phase: Phase;
  readonly call: Call;
  readonly lock: 'none' | 'write';
  /** Where the walk over the source range resumes: the end of the last source VMA as it was found. */
  readonly cursor: number;
  /** Where the next piece goes, before a hole is added. */
  readonly target: number;
  /** End of the last source VMA, as it was found. */
  readonly lastEnd: number;
  /** A source VMA was moved already. */
  readonly seen: boolean;
  /** The piece in hand: its source, the length that is moved, its destination, its length there. */
  readonly addr: number;
  readonly len: number;
  readonly newAddr: number;
  readonly newLen: number;
  /** `vma` is a VMA of the tree as it is. */
  readonly iterValid: boolean;
  /** The phase that was just done dereferenced the handle that an earlier phase took. */
  readonly iterUsed: boolean;
  /** The source VMA as it was found, or as the call changed it since (`NO_VMA` when none). */
  readonly vma: Vma;
  /** Pieces moved, in order. */
  readonly moved: readonly MovedPiece[];
  readonly result: Result;

  /** The result with its 64-bit value and its reason. */
  readonly outcome: Outcome;
  readonly raw: RawMremap;
  /** MREMAP_FIXED with equal lengths, where the kernel moves VMA by VMA over the whole range. */
  readonly moveOnly: boolean;
  /** Pages by which the mapping grows or shrinks, as they are charged. */
  readonly delta: number;
  readonly resize: 'none' | 'shrink' | 'expand';
  /** The mapping grows where it is. */
  readonly inPlace: boolean;
  /** The mapping that the copy made or joined (`NO_VMA` before). */
  readonly copy: Vma;
  /** Locked memory grew: populate it after unlocking. */
  readonly populate: boolean;
  /** Messages of userfaultfds before that of the move: about what lay in the destination. */
  readonly told: number;
}

/** A machine while a phase works on it. */
export type Working = { -readonly [K in keyof Machine]: Machine[K] };
