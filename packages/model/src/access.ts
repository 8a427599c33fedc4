/**
 * Loads and stores of 8 bytes at any address (arch/x86/mm/fault.c, 6.18: `do_user_addr_fault`, `access_error`). An access
 * that crosses into another page needs both; the lower one is faulted in first, and stays so if the other cannot be had.
 *
 *     memory              load        store
 *     nothing             SIGSEGV     SIGSEGV
 *     PROT_NONE           SIGSEGV     SIGSEGV
 *     without PROT_WRITE  yes         SIGSEGV
 *     PROT_WRITE alone    yes         yes         (x86 has no write-only pages)
 *     PROT_EXEC alone     yes         SIGSEGV     (no protection keys)
 */
import { type PageBytes, readBytes, writeBytes } from './contents.js';
import { faultPage } from './fault.js';
import type { SharedObject } from './objects.js';
import { DONE, done, signalled } from './outcome.js';
import { offsetInPage, PAGE_SIZE, pageOf, TASK_PAGES, u64 } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Signalled, Vma } from './types.js';
import { growStack } from './stack.js';
import { isAccessible, pgoffAt } from './vma.js';

const WORD = 8;

/** An 8-byte little-endian read. */
export function load(space: AddressSpace, addr: bigint): Outcome {
  const page = pageOf(addr);
  const offset = offsetInPage(addr);
  const crosses = offset + WORD > PAGE_SIZE;
  const failure = touch(space, page, false) ?? (crosses ? touch(space, page + 1, false) : undefined);
  if (failure !== undefined) return failure;
  const low = space.bytesOf(space.lookup(page) as Vma, page);
  if (!crosses) return done(readBytes(low, offset, WORD));
  const inLow = PAGE_SIZE - offset;
  const high = space.bytesOf(space.lookup(page + 1) as Vma, page + 1);
  return done(readBytes(low, offset, inLow) | (readBytes(high, 0, WORD - inLow) << BigInt(8 * inLow)));
}

/** An 8-byte little-endian write: all 8 bytes or none. */
export function store(space: AddressSpace, addr: bigint, value: bigint): Outcome {
  const page = pageOf(addr);
  const offset = offsetInPage(addr);
  const crosses = offset + WORD > PAGE_SIZE;
  const failure = touch(space, page, true) ?? (crosses ? touch(space, page + 1, true) : undefined);
  if (failure !== undefined) return failure;
  const inLow = crosses ? PAGE_SIZE - offset : WORD;
  put(space, page, offset, u64(value), inLow);
  if (crosses) put(space, page + 1, 0, u64(value) >> BigInt(8 * inLow), WORD - inLow);
  return DONE;
}

function touch(space: AddressSpace, page: number, write: boolean): Signalled | undefined {
  const vma = page < TASK_PAGES ? (space.lookup(page) ?? growStack(space, page)) : undefined;
  if (vma === undefined) return signalled('SIGSEGV', 'nothing is mapped');
  if (write ? !vma.write : !isAccessible(vma)) return signalled('SIGSEGV', 'not permitted');
  return faultPage(space, vma, page, write);
}

function put(space: AddressSpace, page: number, offset: number, value: bigint, count: number): void {
  const frame = space.frameTable.get(page);
  if (frame !== undefined) {
    const bytes = space.frameBytes.get(frame) as PageBytes;
    space.frameBytes.set(frame, writeBytes(bytes, offset, value, count));
    return;
  }
  const vma = space.lookup(page) as Vma;
  const object = space.objects.get(vma.file) as SharedObject;
  const index = pgoffAt(vma, page);
  object.pages.set(index, writeBytes(object.pages.get(index) as PageBytes, offset, value, count));
}
