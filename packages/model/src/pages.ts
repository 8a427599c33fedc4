/**
 * Between 64-bit addresses and pages. The kernel computes in unsigned 64-bit numbers that wrap; page numbers are 52 bits
 * and exact as JavaScript numbers, sums included, so that wrapping is done on pages too.
 * Not modelled: tagged addresses (arm64), 5-level page tables.
 */

export const PAGE_SIZE = 4096;
/** TASK_SIZE in pages: 0x7ffffffff000 on x86-64. */
export const TASK_PAGES = 0x7ffffffff;
/** Page numbers wrap here (2^64 bytes). */
export const PAGE_LIMIT = 2 ** 52;

const PAGE_MASK = 0xfffn;
const U64 = 64;

/** The argument as the kernel gets it: an unsigned 64-bit number. */
export function u64(value: bigint): bigint {
  return BigInt.asUintN(U64, value);
}

/** Page number of an address, rounded down. */
export function pageOf(addr: bigint): number {
  return Number(u64(addr) >> 12n);
}

/** Offset of an address in its page, in bytes. */
export function offsetInPage(addr: bigint): number {
  return Number(addr & PAGE_MASK);
}

/** A length in pages, rounded up as PAGE_ALIGN does it: what is within a page of 2^64 wraps to 0. */
export function pagesOf(length: bigint): number {
  const pages = Number((u64(length) + PAGE_MASK) >> 12n);
  return pages === PAGE_LIMIT ? 0 : pages;
}

/** Sum of two page numbers, wrapped at 2^64 bytes. */
export function wrapAdd(a: number, b: number): number {
  const sum = a + b;
  return sum >= PAGE_LIMIT ? sum - PAGE_LIMIT : sum;
}

/** The address of a page. */
export function addressOf(page: number): bigint {
  return BigInt(page) << 12n;
}
