/** Finding the source VMA, or the next one of a range that is moved VMA by VMA (mm/mremap.c: `do_mremap`; since 6.17 `remap_move`). */
import { type AddressSpace, refused, addressOf, done, type Outcome } from '@vmacheck/model';
import { finish } from './finish.js';
import { mayMoveWithOthers, prepareVma } from './prep.js';
import type { Working } from './types.js';

/** Phase `lookup` of a call that concerns one VMA. */
export function lookupOne(space: AddressSpace, m: Working): void {
  const vma = space.lookup(m.addr);
  if (vma === undefined) return finish(m, refused('EFAULT', 'mremap: nothing is mapped at the old address'));
  m.vma = vma;
  const refusal = prepareVma(space, m, vma);
  if (refusal !== undefined) return finish(m, refusal);
  if (m.call.fixed) m.phase = 'unmapDest';
  else if (m.call.dontUnmap || m.resize === 'expand') m.phase = 'choose';
  else if (m.resize === 'shrink') m.phase = 'shrink';
  else finish(m, done(addressOf(m.addr)));
}

/**
 * Phase `lookup` of a move over several VMAs: each goes to the same distance from the first as before, so that holes stay
 * holes of the same size, and what is mapped in the destination under a hole is not touched.
 *
 *     before  |AA|..|BB|........     mremap [0, 6) -> 8
 *     after   ........|AA|..|BB|
 */
export function lookupNext(space: AddressSpace, m: Working): void {
  const from = m.call.addr;
  const end = from + m.call.len;
  // The last piece may have grown its own VMA past the cursor (DONTUNMAP of unwritten memory): the range ends all the same.
  const vma = m.cursor < end ? space.tree.find(m.cursor) : undefined;
  if (vma === undefined || vma.start >= end) return finish(m, movedResult(m));
  if (!m.seen && from < vma.start) return finish(m, refused('EFAULT', 'mremap: the range starts with a hole'));

  m.vma = vma;
  m.addr = Math.max(vma.start, from);
  m.len = Math.min(end, vma.end) - m.addr;
  m.newLen = m.len;
  m.newAddr = m.target + (m.seen ? vma.start - m.lastEnd : 0);
  m.lastEnd = vma.end;
  const refusal = refuseAmongOthers(m, end) ?? prepareVma(space, m, vma);
  if (refusal !== undefined) return finish(m, refusal);
  m.phase = 'unmapDest';
}

/** A VMA that cannot be moved with others must be the only one, and reach to the end of the range, over a hole too. */
function refuseAmongOthers(m: Working, end: number): Outcome | undefined {
  if (mayMoveWithOthers(m.vma)) return undefined;
  if (m.seen) return refused('EFAULT', 'mremap: a later mapping of the range is registered with a userfaultfd');
  if (m.vma.end < end) return refused('EFAULT', 'mremap: a registered mapping and more than it');
  return undefined;
}

/** The call returns where the first piece went; that later ones failed is an error, and nothing of it is undone. */
function movedResult(m: Working): Outcome {
  const first = m.moved[0];
  return first === undefined ? refused('EFAULT', 'mremap: nothing is mapped in the range') : done(addressOf(first.to));
}
