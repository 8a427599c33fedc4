/**
 * When a proposed range may become one VMA with a neighbour (mm/vma.c, 6.12 and later: `can_vma_merge_left`,
 * `can_vma_merge_right`, `is_mergeable_vma`, `is_mergeable_anon_vma`; in 6.1 mm/mmap.c).
 *
 * The anon_vma rule, for A of the proposed range and T of the neighbour:
 *
 *     A     T     may merge   the result has
 *     none  none  yes         none
 *     a     none  since 6.16  a: the neighbour takes a clone of the chain
 *     none  t     yes         t
 *     a     a     yes         a
 *     a     t     no
 *
 * Where one is none, the other must not have come by fork.
 *
 * Joining both sides asks in addition that prev and next go together: equal, or one of them none. Otherwise only the left
 * side is joined.
 *
 * Not modelled: close hooks, special mappings (VM_SPECIAL never merges), policies, names.
 */
import type { AddressSpace } from './space.js';
import type { MergeSite, Vma } from './types.js';
import { extraCodes } from './vm-bits.js';
import { attributeDifference, type VmaAttributes, vmaPages } from './vma.js';

/** A range with the attributes that it is to have, and what lies beside it (`struct vma_merge_struct`). */
export interface MergeProposal {
  readonly site: MergeSite;
  readonly start: number;
  readonly end: number;
  readonly pgoff: number;
  readonly attributes: VmaAttributes;
  readonly anonVma: number;
  /** The nearest VMA below and above, adjacent or not. */
  readonly prev: Vma | undefined;
  readonly next: Vma | undefined;
}

/** Which rule refused; the values are in the decision's text. */
export type MergeRefusal =
  'nothing there' | 'not adjacent' | 'attributes differ' | 'anon_vma differs' | 'pgoff not contiguous';

/** Whether the range can be joined to the VMA below it. */
export function canMergeLeft(space: AddressSpace, p: MergeProposal): boolean {
  const refusal = refusalLeft(space, p);
  tell(space, p, 'left', p.prev, refusal);
  return refusal === undefined;
}

/** Whether the range can be joined to the VMA above it, given whether it is joined to the one below. */
export function canMergeRight(space: AddressSpace, p: MergeProposal, left: boolean): boolean {
  const refusal = refusalRight(space, p);
  tell(space, p, 'right', p.next, refusal);
  if (refusal !== undefined) return false;
  if (!left) return true;
  const together = anonVmasGoTogether((p.prev as Vma).anonVma, (p.next as Vma).anonVma);
  tell(space, p, 'both', p.next, together ? undefined : 'anon_vma differs');
  return together;
}

function refusalLeft(space: AddressSpace, p: MergeProposal): MergeRefusal | undefined {
  const { prev } = p;
  if (prev === undefined) return 'nothing there';
  if (prev.end !== p.start) return 'not adjacent';
  if (attributeDifference(prev, p.attributes) !== undefined) return 'attributes differ';
  if (!mayJoin(space, p, prev.anonVma)) return 'anon_vma differs';
  return prev.pgoff + vmaPages(prev) === p.pgoff ? undefined : 'pgoff not contiguous';
}

function refusalRight(space: AddressSpace, p: MergeProposal): MergeRefusal | undefined {
  const { next } = p;
  if (next === undefined) return 'nothing there';
  if (next.start !== p.end) return 'not adjacent';
  if (attributeDifference(next, p.attributes) !== undefined) return 'attributes differ';
  if (!mayJoin(space, p, next.anonVma)) return 'anon_vma differs';
  return p.pgoff + (p.end - p.start) === next.pgoff ? undefined : 'pgoff not contiguous';
}

/**
 * Whether the range may be joined with a neighbour that has the anon_vma `theirs`. One that came by fork is not shared with memory
 * that was never written; only a VMA that grows keeps its own, whatever lies behind.
 */
function mayJoin(space: AddressSpace, p: MergeProposal, theirs: number): boolean {
  const ours = p.anonVma;
  if (ours !== 0 && theirs === 0) {
    return space.profile.faultedJoinsUnfaulted && (!space.isForked(ours) || mayShareForked(space, p));
  }
  if (ours === 0 && theirs !== 0) return !space.isForked(theirs);
  return ours === theirs;
}

function mayShareForked({ profile }: AddressSpace, { site }: MergeProposal): boolean {
  return site === 'expand' || (site === 'copy' && profile.forkedCopyJoins);
}

function anonVmasGoTogether(a: number, b: number): boolean {
  return a === 0 || b === 0 || a === b;
}

/** Says what was decided, if anybody asked. */
function tell(
  space: AddressSpace,
  p: MergeProposal,
  side: 'left' | 'right' | 'both',
  neighbour: Vma | undefined,
  refusal: MergeRefusal | undefined,
): void {
  const { explain } = space;
  if (explain === undefined) return;
  explain({
    site: p.site,
    side,
    merged: refusal === undefined,
    rule: refusal === undefined ? '' : describe(p, side, neighbour, refusal),
    start: p.start,
    end: p.end,
    neighbour,
  });
}

function describe(p: MergeProposal, side: string, neighbour: Vma | undefined, refusal: MergeRefusal): string {
  if (neighbour === undefined) return refusal;
  switch (refusal) {
    case 'attributes differ': {
      const name = attributeDifference(neighbour, p.attributes);
      if (name === undefined) return refusal;
      if (name === 'extra') {
        return `${refusal}: flags "${extraCodes(neighbour)}" there and "${extraCodes(p.attributes)}" here`;
      }
      return `${refusal}: ${name} is ${neighbour[name]} there and ${p.attributes[name]} here`;
    }
    case 'anon_vma differs':
      if (side === 'both')
        return `${refusal}: the VMAs on the two sides have ${p.prev?.anonVma} and ${neighbour.anonVma}`;
      return `${refusal}: ${neighbour.anonVma} there and ${p.anonVma} here`;
    case 'pgoff not contiguous': {
      const expected = side === 'left' ? neighbour.pgoff + vmaPages(neighbour) : neighbour.pgoff - (p.end - p.start);
      return `${refusal}: ${p.pgoff}, expected ${expected}`;
    }
    default:
      return refusal;
  }
}
