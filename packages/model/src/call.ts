/**
 * The record of a call in pages, as properties see it, from raw arguments. An argument that has no value in pages (or
 * that the call refuses for its form alone) shows in `argClass`; the page fields are then rounded down.
 */
import {
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_LOCKED,
  MAP_NORESERVE,
  MAP_SHARED,
  PROT_EXEC,
  PROT_GROWSDOWN,
  PROT_GROWSUP,
  PROT_READ,
  PROT_SEM,
  PROT_WRITE,
} from './mmap-flags.js';
import { offsetInPage, PAGE_LIMIT, PAGE_SIZE, pageOf, pagesOf, TASK_PAGES, u64 } from './pages.js';
import type { AddressSpace } from './space.js';
import type { ArgClass, Call, Outcome, RawCall, RawMmap, RawMremap } from './types.js';

const EMPTY: Omit<Call, 'op'> = {
  addr: 0,
  len: 0,
  newAddr: 0,
  newLen: 0,
  mayMove: false,
  fixed: false,
  dontUnmap: false,
  noReplace: false,
  read: false,
  write: false,
  exec: false,
  shared: false,
  noreserve: false,
  locked: false,
  file: 0,
  pgoff: 0,
  onFault: false,
  mode: 0,
  argClass: 'ok',
};

/** The record of a call that is about to be performed on `space`. */
export function toCall(space: AddressSpace, raw: RawCall): Call {
  switch (raw.op) {
    case 'mmap':
      return mmapCall(space, raw);
    case 'mremap':
      return mremapCall(raw);
    case 'load':
    case 'store':
      return { ...EMPTY, op: raw.op, addr: pageOf(raw.addr), len: offsetInPage(raw.addr) > PAGE_SIZE - 8 ? 2 : 1 };
    case 'mlock':
    case 'mlock2':
    case 'munlock': {
      const flags = raw.op === 'mlock2' ? BigInt.asUintN(32, raw.flags) : 0n;
      const range = rangeOf(
        raw.addr & ~0xfffn,
        raw.length + BigInt(offsetInPage(raw.addr)),
        flags > 1n ? 'badFlags' : 'ok',
      );
      return { ...EMPTY, op: raw.op === 'munlock' ? 'munlock' : 'mlock2', ...range, onFault: flags === 1n };
    }
    case 'mprotect': {
      const known = PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM | PROT_GROWSDOWN | PROT_GROWSUP;
      const grows = (raw.prot & (PROT_GROWSDOWN | PROT_GROWSUP)) !== 0n;
      const bad = grows || (u64(raw.prot) & ~known) !== 0n;
      return { ...EMPTY, op: raw.op, ...rangeOf(raw.addr, raw.length, bad ? 'badFlags' : 'ok'), ...accessOf(raw.prot) };
    }
    case 'uffdRegister':
    case 'uffdUnregister': {
      const mode = raw.op === 'uffdRegister' ? u64(raw.mode) : 1n;
      const bad = mode === 0n || mode > 7n ? 'badMode' : offsetInPage(raw.length) !== 0 ? 'lenUnaligned' : 'ok';
      const range = rangeOf(raw.addr, raw.length, bad);
      return { ...EMPTY, op: raw.op, ...range, mode: raw.op === 'uffdRegister' && mode <= 7n ? Number(mode) : 0 };
    }
    case 'mseal':
      return { ...EMPTY, op: raw.op, ...rangeOf(raw.addr, raw.length, u64(raw.flags) !== 0n ? 'badFlags' : 'ok') };
    case 'munmap':
    case 'madvise':
      return { ...EMPTY, op: raw.op, ...rangeOf(raw.addr, raw.length, 'ok') };
  }
}

/** The record of an mmap with the address that it got. */
export function withChoice(call: Call, outcome: Outcome): Call {
  return call.op === 'mmap' && outcome.ok ? { ...call, newAddr: pageOf(outcome.value) } : call;
}

function accessOf(prot: bigint): { readonly read: boolean; readonly write: boolean; readonly exec: boolean } {
  return { read: (prot & PROT_READ) !== 0n, write: (prot & PROT_WRITE) !== 0n, exec: (prot & PROT_EXEC) !== 0n };
}

/** A range of pages, and the class of its arguments unless another flaw was found before. */
function rangeOf(
  addr: bigint,
  length: bigint,
  flaw: ArgClass,
): { readonly addr: number; readonly len: number; readonly argClass: ArgClass } {
  const start = pageOf(addr);
  const len = pagesOf(length);
  return { addr: start, len, argClass: flaw === 'ok' ? rangeClass(addr, start, len, u64(length)) : flaw };
}

function rangeClass(addr: bigint, start: number, len: number, length: bigint): ArgClass {
  if (offsetInPage(addr) !== 0) return 'unaligned';
  if ((len === 0 && length !== 0n) || start + len >= PAGE_LIMIT) return 'wraps';
  return start + len > TASK_PAGES ? 'tooBig' : 'ok';
}

function mmapCall(space: AddressSpace, raw: RawMmap): Call {
  const flags = u64(raw.flags);
  const anonymous = (flags & MAP_ANONYMOUS) !== 0n;
  const shared = (flags & MAP_SHARED) !== 0n;
  const noReplace = (flags & MAP_FIXED_NOREPLACE) !== 0n;
  const fixed = noReplace || (flags & MAP_FIXED) !== 0n;
  // Without MAP_FIXED the address is a hint, which may be anything.
  const range = rangeOf(fixed ? raw.addr : 0n, raw.length, mmapFlaw(space, raw, anonymous));
  return {
    ...EMPTY,
    op: 'mmap',
    ...range,
    addr: pageOf(raw.addr),
    newAddr: fixed ? range.addr : 0,
    fixed,
    noReplace,
    ...accessOf(raw.prot),
    shared,
    noreserve: (flags & MAP_NORESERVE) !== 0n,
    locked: (flags & MAP_LOCKED) !== 0n,
    file: anonymous ? (shared ? space.nextFile : 0) : raw.file,
    pgoff: anonymous ? 0 : pageOf(raw.offset),
  };
}

function mmapFlaw(space: AddressSpace, raw: RawMmap, anonymous: boolean): ArgClass {
  if (offsetInPage(raw.offset) !== 0) return 'offsetUnaligned';
  if (!anonymous && !space.objects.has(raw.file)) return 'badFile';
  const type = raw.flags & 0xfn;
  return type === 1n || type === 2n || (type === 3n && !anonymous) ? 'ok' : 'badFlags';
}

function mremapCall(raw: RawMremap): Call {
  const flags = u64(raw.flags);
  const implied = (flags & 6n) !== 0n;
  const old = rangeOf(raw.oldAddr, raw.oldLen, flags > 7n ? 'badFlags' : 'ok');
  const target = rangeOf(implied ? raw.newAddr : 0n, raw.newLen, 'ok');
  return {
    ...EMPTY,
    op: 'mremap',
    ...old,
    argClass: old.argClass === 'ok' ? target.argClass : old.argClass,
    newAddr: target.addr,
    newLen: target.len,
    mayMove: (flags & 1n) !== 0n,
    fixed: (flags & 2n) !== 0n,
    dontUnmap: (flags & 4n) !== 0n,
  };
}
