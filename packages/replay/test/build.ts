/** Hand-written programs in pages: page 0 is the start of the window. */
import { type Program, type Step, toHex, type VmaRecord } from '@vmacheck/trace';

const BASE = 0x10000000;

/** The address of a page of the window. */
export const at = (page: number): `0x${string}` => toHex((BASE + page) * 4096);
const pages = (count: number): `0x${string}` => toHex(count * 4096);

/** A program over a window of 48 pages, recorded on 6.18. */
export function program(steps: readonly Step[], more: Partial<Program> = {}): Program {
  return {
    id: 'hand-written',
    kernel: '6.18.15',
    arch: 'x86_64',
    pageSize: 4096,
    window: { start: at(0), end: at(48) },
    files: { F0: { kind: 'memfd', pages: 16 } },
    capIpcLock: true,
    rlimitMemlock: 'unlimited',
    uffd: { features: ['SIGBUS'] },
    mappings: [],
    steps,
    ...more,
  };
}

/** What a recorder saw of a step. */
export type Observed = Pick<Step, 'result' | 'after' | 'contents' | 'counters'>;

/** mmap with MAP_FIXED; private anonymous and read-write unless `file` names one. */
export function map(page: number, count: number, seen: Observed = {}, file?: string): Step {
  const flags = file === undefined ? 0x32 : 0x11;
  const args = { addr: at(page), length: pages(count), prot: 3, flags, fd: file ?? (-1 as const), offset: pages(0) };
  return { op: 'mmap', args, ...seen };
}

/** mmap without an address. */
export function mapAnywhere(count: number, seen: Observed = {}): Step {
  return {
    op: 'mmap',
    args: { addr: '0x0', length: pages(count), prot: 3, flags: 0x22, fd: -1, offset: '0x0' },
    ...seen,
  };
}

/** mremap with MREMAP_MAYMOVE and MREMAP_FIXED unless other flags are given. */
export function move(from: number, count: number, to: number, seen: Observed = {}, flags = 3): Step {
  const args = { oldAddr: at(from), oldLen: pages(count), newLen: pages(count), flags, newAddr: at(to) };
  return { op: 'mremap', args, ...seen };
}

/** A call over a range without further arguments. */
export function call(op: 'munmap' | 'munlock' | 'mlock', page: number, count: number, seen: Observed = {}): Step {
  return { op, args: { addr: at(page), length: pages(count) }, ...seen };
}

export function store(page: number, value: `0x${string}`, seen: Observed = {}): Step {
  return { op: 'store', args: { addr: at(page), value }, ...seen };
}

export function load(page: number, seen: Observed = {}): Step {
  return { op: 'load', args: { addr: at(page) }, ...seen };
}

/** A VMA as recorders write it: private anonymous, rw-p, unless told otherwise. */
export function vma(start: number, end: number, more: Partial<VmaRecord> = {}): VmaRecord {
  const vmFlags = 'rd wr mr mw me ac sd';
  return { start: at(start), end: at(end), perms: 'rw-p', offset: '0x0', file: null, vmFlags, ...more };
}

export const done = { value: '0x0' } as const;
