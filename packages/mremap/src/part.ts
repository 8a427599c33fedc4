/** The part of a VMA that a call moves. */
import { type AddressSpace, splitVma, type Vma } from '@vmacheck/model';
import type { Working } from './types.js';

/** Splits the source so that what moves is a VMA of its own. */
export function movedPart(space: AddressSpace, { addr, len, vma }: Working): Vma {
  const high = vma.start < addr ? splitVma(space, vma, addr).high : vma;
  return high.end > addr + len ? splitVma(space, high, addr + len).low : high;
}
