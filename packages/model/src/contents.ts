/**
 * Bytes of pages. A page's bytes are an immutable array that may be shorter than the page: what is beyond it is zero.
 * A store makes a new array, so that pages can be shared between branches of a state and copied by reference.
 */
import { PAGE_SIZE } from './pages.js';

/** Bytes of one page; zero beyond its length. */
export type PageBytes = Uint8Array;

/** A page of zeros that was never written. */
export const ZERO_PAGE: PageBytes = new Uint8Array(0);

/** Zeros too, but of an object's page that was made to be written. */
export const WRITTEN_ZERO_PAGE: PageBytes = new Uint8Array(0);

/** The bytes [offset, offset + count) as a little-endian number. */
export function readBytes(page: PageBytes, offset: number, count: number): bigint {
  let value = 0n;
  for (let i = Math.min(offset + count, page.length) - 1; i >= offset; i -= 1) {
    value = (value << 8n) | BigInt(page[i] as number);
  }
  return value;
}

/** The page with `count` bytes of a little-endian number at `offset`. */
export function writeBytes(page: PageBytes, offset: number, value: bigint, count: number): PageBytes {
  const end = offset + count;
  const fresh = new Uint8Array(Math.min(PAGE_SIZE, Math.max(page.length, Math.ceil(end / 8) * 8)));
  fresh.set(page);
  let rest = value;
  for (let i = offset; i < end; i += 1) {
    fresh[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return fresh;
}
