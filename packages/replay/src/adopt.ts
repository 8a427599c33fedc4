/**
 * Takes a recorded layout over into the model: after a step that the model cannot perform, and for mappings from before
 * the first step. What a layout does not show (page offsets and anon_vmas of anonymous memory, contents) is kept where
 * the model had the same VMA, and made up elsewhere; those pages are returned, because nothing said about them is certain.
 */
import {
  type AddressSpace,
  EXTRA_CODES,
  isLockedOnFault,
  type Vma,
  VM_GROWSDOWN,
  vmaPerms,
  vmFlagCodes,
} from '@vmacheck/model';
import { parseHex, type VmaRecord } from '@vmacheck/trace';
import { comparableFlags, modelledFlags } from './layout.js';
import type { PageRange } from './page-set.js';

/** Gives files their identities. */
export interface FileTable {
  readonly idOf: (name: string) => number | undefined;
  readonly nameOf: (id: number) => string | null;
  /** A new object with this name; contents and size are not known. */
  readonly make: (name: string) => number;
}

const FAR_END = Number.MAX_SAFE_INTEGER;

/** What is mapped. */
export interface Mapped {
  /** In the window, or everywhere if there is none. */
  readonly records: readonly VmaRecord[];
  /** Elsewhere. */
  readonly outside: readonly Vma[];
}

/** @returns the ranges whose hidden parts are made up */
export function adoptLayout(
  space: AddressSpace,
  window: PageRange | undefined,
  { records, outside }: Mapped,
  files: FileTable,
): readonly PageRange[] {
  const old = space.vmas;
  const adopted = records.map((record) => adoptVma(space, record, files));
  const fresh = adopted.map(({ vma }) => vma);
  const kept = outside.filter(
    (vma) => window !== undefined && !meets(vma, window) && !fresh.some((vm) => meets(vma, vm)),
  );
  const all = [...kept, ...fresh].sort((a, b) => a.start - b.start);
  space.tree.splice(0, FAR_END, all);
  dropPages(space, old);
  count(space, all);
  return adopted.filter(({ certain }) => !certain).map(({ vma }) => ({ start: vma.start, end: vma.end }));
}

const meets = (a: PageRange, b: PageRange): boolean => a.start < b.end && b.start < a.end;
const page = (hex: `0x${string}`): number => Number(parseHex(hex) >> 12n);

function adoptVma(space: AddressSpace, record: VmaRecord, files: FileTable): { vma: Vma; certain: boolean } {
  const start = page(record.start);
  const end = page(record.end);
  const same = space.tree.find(start);
  if (same !== undefined && same.start === start && same.end === end && looksLike(same, record, files)) {
    return { vma: same, certain: true };
  }
  const before = space.lookup(start);
  const file = fileOf(record, before, files);
  const isPart = before !== undefined && before.file === file;
  const private_ = record.perms[3] !== 's';
  const shown = attributesOf(record, before?.ctx || 1);
  return {
    certain: false,
    vma: {
      start,
      end,
      pgoff: file === 0 ? (isPart ? before.pgoff + (start - before.start) : start) : page(record.offset),
      file,
      ...shown,
      anonVma: private_ && isPart ? before.anonVma : record.anonymous === true ? space.nextAnonVma++ : 0,
    },
  };
}

function looksLike(vma: Vma, record: VmaRecord, files: FileTable): boolean {
  return (
    vmaPerms(vma) === record.perms &&
    (vma.file === 0 ? null : (files.nameOf(vma.file) ?? 'shmem')) === record.file &&
    (vma.file === 0 || vma.pgoff === page(record.offset)) &&
    (record.vmFlags === undefined || comparableFlags(vmFlagCodes(vma)) === modelledFlags(record.vmFlags))
  );
}

function fileOf(record: VmaRecord, before: Vma | undefined, files: FileTable): number {
  if (record.file === null) return 0;
  if (record.file !== 'shmem') return files.idOf(record.file) ?? files.make(record.file);
  const wasShmem = before !== undefined && before.file !== 0 && files.nameOf(before.file) === null;
  return wasShmem ? before.file : files.make('shmem');
}

/** @param ctx the userfaultfd that a registered VMA is taken to belong to */
function attributesOf(
  { perms, vmFlags, file, name }: VmaRecord,
  ctx: number,
): Omit<Vma, 'start' | 'end' | 'pgoff' | 'file' | 'anonVma'> {
  const codes = new Set((vmFlags ?? '').split(' '));
  const isStack = vmFlags === undefined && name === '[stack]';
  const write = perms[1] === 'w';
  const shared = perms[3] === 's';
  return {
    read: perms[0] === 'r',
    write,
    exec: perms[2] === 'x',
    shared,
    account: vmFlags === undefined ? write && !shared && file === null : codes.has('ac'),
    noreserve: codes.has('nr'),
    locked: codes.has('lo'),
    lockonfault: isLockedOnFault(codes),
    sealed: codes.has('sl'),
    anonShift: 0,
    uffd: (codes.has('um') ? 1 : 0) + (codes.has('uw') ? 2 : 0) + (codes.has('ui') ? 4 : 0),
    ctx: codes.has('um') || codes.has('uw') || codes.has('ui') ? ctx : 0,
    // Without flags, a name tells a stack.
    extra: EXTRA_CODES.reduce((sum, [bit, code]) => (codes.has(code) ? sum + bit : sum), isStack ? VM_GROWSDOWN : 0),
  };
}

/** Entries of the page table stay where a VMA of the same file still is. */
function dropPages(space: AddressSpace, old: readonly Vma[]): void {
  const fileAt = (at: number): number | undefined => old.find((vma) => vma.start <= at && at < vma.end)?.file;
  for (const table of [space.frameTable, space.mapped, space.guards]) {
    for (const at of table.view().keys()) if (space.lookup(at)?.file !== fileAt(at)) table.delete(at);
  }
}

function count(space: AddressSpace, vmas: readonly Vma[]): void {
  const pages = (some: readonly Vma[]): number => some.reduce((sum, { start, end }) => sum + end - start, 0);
  space.mapCount = vmas.length;
  space.totalVm = pages(vmas);
  space.lockedVm = pages(vmas.filter(({ locked }) => locked));
  space.committed = pages(vmas.filter(({ account }) => account));
  // Forked processes may map the same objects.
  const everywhere = [...space.shared.spaces].flatMap((each) => each.vmas);
  for (const object of space.objects.values())
    object.users = everywhere.filter(({ file }) => file === object.id).length;
}
