/**
 * The record of a call in pages, as properties see it, from raw arguments. An argument that has no value in pages (or
 * that the call refuses for its form alone) shows in `argClass`; the page fields are then rounded down.
 */
import { adviceName } from './advice.js';
import {
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_LOCKED,
  MAP_NONBLOCK,
  MAP_NORESERVE,
  MAP_POPULATE,
  MAP_PRIVATE,
  MAP_SHARED,
  MAP_SHARED_VALIDATE,
  MAP_TYPE,
  MAX_FILE_PAGES,
  PROT_EXEC,
  PROT_GROWSDOWN,
  PROT_GROWSUP,
  PROT_READ,
  PROT_SEM,
  PROT_WRITE,
  VALIDATED_FLAGS,
} from './mmap-flags.js';
import { offsetInPage, PAGE_LIMIT, PAGE_SIZE, pageOf, pagesOf, TASK_PAGES, u64 } from './pages.js';
import type { ArgClass, Call, CallOp, Outcome, RawCall, RawMmap, RawMremap } from './types.js';

/** What of an address space the record of a call depends on: which files there are. */
export interface KnownFiles {
  readonly objects: { has(file: number): boolean };
  /** What shared anonymous memory gets. */
  readonly nextFile: number;
}

/** The userfaultfd of a call that names none. */
export const FIRST_CONTEXT = 1;

type Draft = { -readonly [K in keyof Call]: Call[K] };

/** A record with a range and nothing else. Written out, so that all records have one hidden class. */
function draft(op: CallOp, addr: number, len: number, argClass: ArgClass): Draft {
  return {
    op,
    addr,
    len,
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
    populate: false,
    file: 0,
    pgoff: 0,
    onFault: false,
    mode: 0,
    ctx: 0,
    advice: '',
    argClass,
  };
}

/** The record of a call without arguments. */
export function emptyCall(op: CallOp): Call {
  return draft(op, 0, 0, 'ok');
}

/** The record of a call that is about to be performed on `space`, of which only the objects matter. */
export function toCall(space: KnownFiles, raw: RawCall): Call {
  switch (raw.op) {
    case 'mmap':
      return mmapCall(space, raw);
    case 'mremap':
      return mremapCall(raw);
    case 'load':
    case 'store':
      return draft(raw.op, pageOf(raw.addr), offsetInPage(raw.addr) > PAGE_SIZE - 8 ? 2 : 1, 'ok');
    case 'mlock':
    case 'mlock2':
    case 'munlock':
      return lockCall(raw);
    case 'mprotect':
      return mprotectCall(raw);
    case 'uffdRegister':
      return uffdCall(raw, u64(raw.mode));
    case 'uffdUnregister':
      return uffdCall(raw, 0n);
    case 'mseal':
      return rangeCall(raw, u64(raw.flags) === 0n ? rangeClass(raw, 'anyEnd') : 'badFlags');
    case 'madvise':
      return madviseCall(raw);
    case 'munmap':
    case 'mincore':
      return rangeCall(raw, rangeClass(raw, 'userEnd'));
    case 'msync':
      return msyncCall(raw);
    case 'brk':
      return brkCall(raw);
    case 'mlockall':
      return mlockallCall(raw);
    case 'uffdClose':
      return { ...emptyCall(raw.op), ctx: raw.ctx ?? FIRST_CONTEXT };
    case 'munlockall':
    case 'setLimit':
    case 'setCapability':
      return emptyCall(raw.op);
  }
}

/** The record of an mmap with the address that it got. */
export function withChoice(call: Call, outcome: Outcome): Call {
  if (call.op !== 'mmap' || !outcome.ok) return call;
  const newAddr = pageOf(outcome.value);
  return call.newAddr === newAddr ? call : { ...call, newAddr };
}

function setAccess(call: Draft, prot: bigint): void {
  call.read = (prot & PROT_READ) !== 0n;
  call.write = (prot & PROT_WRITE) !== 0n;
  call.exec = (prot & PROT_EXEC) !== 0n;
}

type RangeArguments = { readonly addr: bigint; readonly length: bigint };

function rangeCall(raw: RangeArguments & { readonly op: CallOp }, argClass: ArgClass): Draft {
  return draft(raw.op, pageOf(raw.addr), pagesOf(raw.length), argClass);
}

/**
 * The class of a range. Calls that walk from VMA to VMA do not mind where a range ends (`anyEnd`): they stop at the first
 * hole, and what they did before it stays. Others refuse what passes the end of user space (`userEnd`).
 */
function rangeClass(raw: RangeArguments, end: 'anyEnd' | 'userEnd'): ArgClass {
  if (offsetInPage(raw.addr) !== 0) return 'unaligned';
  const start = pageOf(raw.addr);
  const len = pagesOf(raw.length);
  if ((len === 0 && u64(raw.length) !== 0n) || start + len >= PAGE_LIMIT) return 'wraps';
  return end === 'userEnd' && start + len > TASK_PAGES ? 'tooBig' : 'ok';
}

type RawOf<Op extends RawCall['op']> = Extract<RawCall, { readonly op: Op }>;

function madviseCall(raw: RawOf<'madvise'>): Call {
  const name = adviceName(raw.advice);
  const call = rangeCall(raw, name === undefined ? 'badFlags' : rangeClass(raw, 'anyEnd'));
  call.advice = name ?? '';
  return call;
}

function msyncCall(raw: RawOf<'msync'>): Call {
  const flags = BigInt.asUintN(32, raw.flags);
  const known = flags <= 7n && (flags & 5n) !== 5n;
  // A length that wraps to nothing is a range of nothing.
  const range = raw.length !== 0n && pagesOf(raw.length) === 0 ? 'ok' : rangeClass(raw, 'anyEnd');
  const flaw = offsetInPage(raw.addr) !== 0 ? 'unaligned' : range;
  const call = rangeCall(raw, known ? flaw : 'badFlags');
  if (known) call.mode = Number(flags);
  return call;
}

function mlockallCall(raw: RawOf<'mlockall'>): Call {
  const flags = BigInt.asUintN(32, raw.flags);
  const known = flags !== 0n && flags <= 7n && flags !== 4n;
  const call = draft('mlockall', 0, 0, known ? 'ok' : 'badFlags');
  if (known) call.mode = Number(flags);
  return call;
}

function brkCall(raw: RawOf<'brk'>): Call {
  // The last page of all does not wrap to the first: its end is above every heap.
  const end = pageOf(raw.addr) + (offsetInPage(raw.addr) === 0 ? 0 : 1);
  const call = draft('brk', end, 0, end > TASK_PAGES ? 'tooBig' : 'ok');
  call.newAddr = pageOf(raw.addr);
  return call;
}

/** These round the address down, and a length that wraps to nothing is a range of nothing. */
function lockCall(raw: RawOf<'mlock' | 'mlock2' | 'munlock'>): Call {
  const flags = raw.op === 'mlock2' ? BigInt.asUintN(32, raw.flags) : 0n;
  const addr = pageOf(raw.addr);
  const len = pagesOf(raw.length + BigInt(offsetInPage(raw.addr)));
  const argClass = flags > 1n ? 'badFlags' : addr + len >= PAGE_LIMIT ? 'wraps' : 'ok';
  const call = draft(raw.op === 'munlock' ? 'munlock' : 'mlock2', addr, len, argClass);
  call.onFault = flags === 1n;
  return call;
}

function mprotectCall(raw: RawOf<'mprotect'>): Call {
  const grows = PROT_GROWSDOWN | PROT_GROWSUP;
  const prot = u64(raw.prot);
  const bothWays = (prot & grows) === grows;
  const bad = (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM)) !== 0n && u64(raw.length) !== 0n;
  const range = rangeClass(raw, 'anyEnd');
  const argClass = bothWays ? 'badFlags' : range === 'ok' && bad ? 'badFlags' : range;
  const call = rangeCall(raw, argClass);
  setAccess(call, prot);
  return call;
}

function uffdCall(raw: RawOf<'uffdRegister' | 'uffdUnregister'>, mode: bigint): Call {
  const badMode = raw.op === 'uffdRegister' && (mode === 0n || mode > 7n);
  const range = offsetInPage(raw.length) === 0 ? rangeClass(raw, 'userEnd') : 'lenUnaligned';
  const call = rangeCall(raw, badMode ? 'badMode' : range);
  if (!badMode) call.mode = Number(mode);
  call.ctx = raw.ctx ?? FIRST_CONTEXT;
  return call;
}

function mmapCall(space: KnownFiles, raw: RawMmap): Call {
  const flags = u64(raw.flags);
  const anonymous = (flags & MAP_ANONYMOUS) !== 0n;
  const noReplace = (flags & MAP_FIXED_NOREPLACE) !== 0n;
  const fixed = noReplace || (flags & MAP_FIXED) !== 0n;
  const call = draft('mmap', pageOf(raw.addr), pagesOf(raw.length), mmapClass(space, raw, anonymous, fixed));
  call.newAddr = fixed ? call.addr : 0;
  call.fixed = fixed;
  call.noReplace = noReplace;
  setAccess(call, raw.prot);
  call.shared = (flags & MAP_SHARED) !== 0n;
  call.noreserve = (flags & MAP_NORESERVE) !== 0n;
  call.locked = (flags & MAP_LOCKED) !== 0n;
  call.populate = (flags & (MAP_POPULATE | MAP_NONBLOCK)) === MAP_POPULATE;
  if (!anonymous) call.file = raw.file;
  else if (call.shared) call.file = space.nextFile;
  call.pgoff = anonymous ? 0 : pageOf(raw.offset);
  return call;
}

/** In the order in which mmap looks at its arguments. Without MAP_FIXED the address is a hint, which may be anything. */
function mmapClass(space: KnownFiles, raw: RawMmap, anonymous: boolean, fixed: boolean): ArgClass {
  if (offsetInPage(raw.offset) !== 0) return 'offsetUnaligned';
  if (!anonymous && !space.objects.has(raw.file)) return 'badFile';
  const len = pagesOf(raw.length);
  if (len === 0 && u64(raw.length) !== 0n) return 'wraps';
  if (len > TASK_PAGES || (fixed && pageOf(raw.addr) > TASK_PAGES - len)) return 'tooBig';
  if (fixed && offsetInPage(raw.addr) !== 0) return 'unaligned';
  if (!anonymous && pageOf(raw.offset) > MAX_FILE_PAGES - len) return 'offsetTooBig';
  const type = u64(raw.flags) & MAP_TYPE;
  if (type === MAP_SHARED || type === MAP_PRIVATE) return 'ok';
  return type === MAP_SHARED_VALIDATE && !anonymous && (u64(raw.flags) & ~VALIDATED_FLAGS) === 0n ? 'ok' : 'badFlags';
}

function mremapCall(raw: RawMremap): Call {
  const flags = u64(raw.flags);
  const implied = (flags & 6n) !== 0n;
  const call = draft('mremap', pageOf(raw.oldAddr), pagesOf(raw.oldLen), mremapClass(raw, flags > 7n, implied));
  call.newAddr = implied ? pageOf(raw.newAddr) : 0;
  call.newLen = pagesOf(raw.newLen);
  call.mayMove = (flags & 1n) !== 0n;
  call.fixed = (flags & 2n) !== 0n;
  call.dontUnmap = (flags & 4n) !== 0n;
  return call;
}

/**
 * In the order in which mremap looks at its arguments. An old range that passes the end of user space is no flaw of form:
 * how it ends depends on what the call does. Only if the sum cannot be had in pages it is a class, unless an earlier flaw is.
 * What a release finds before it looks up the source, and another after it, has a class of its own.
 */
function mremapClass(raw: RawMremap, badFlags: boolean, implied: boolean): ArgClass {
  if (badFlags) return 'badFlags';
  if (offsetInPage(raw.oldAddr) !== 0) return 'unaligned';
  const newLen = pagesOf(raw.newLen);
  if (newLen === 0 && u64(raw.newLen) !== 0n) return 'wraps';
  const target = targetClass(raw, newLen, implied);
  if (lengthsDiffer(raw)) return target === 'ok' ? 'lengthsDiffer' : 'unaligned'; // Of both one is refused at once, by every release.
  if (target !== 'ok') return target;
  return pageOf(raw.oldAddr) + pagesOf(raw.oldLen) >= PAGE_LIMIT ? 'wraps' : 'ok';
}

function targetClass(raw: RawMremap, newLen: number, implied: boolean): ArgClass {
  if (implied && offsetInPage(raw.newAddr) !== 0) return 'targetUnaligned';
  return newLen > TASK_PAGES || (implied && pageOf(raw.newAddr) > TASK_PAGES - newLen) ? 'tooBig' : 'ok';
}

/** MREMAP_DONTUNMAP with lengths that are equal only when they are rounded up. */
function lengthsDiffer({ flags, oldLen, newLen }: RawMremap): boolean {
  return (u64(flags) & 4n) !== 0n && u64(oldLen) !== u64(newLen) && pagesOf(oldLen) === pagesOf(newLen);
}
