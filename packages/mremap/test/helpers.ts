/** What the tests of this package share. Pages are counted from `BASE`. */
import {
  AddressSpace,
  addressOf,
  load,
  mmap,
  type Outcome,
  type RawMremap,
  type SpaceOptions,
  store,
  type Vma,
  vmaPerms,
} from '@vmacheck/model';
import { mremap } from '@vmacheck/mremap';

export const BASE = 0x1000;
export const PROT = { none: 0n, r: 1n, rw: 3n } as const;
export const MAP = { shared: 1n, private: 2n, fixed: 0x10n, anon: 0x20n, noreserve: 0x4000n };
export const MAYMOVE = 1n;
export const FIXED = 3n;
export const DONTUNMAP = 5n;
export const FIXED_DONTUNMAP = 7n;

export const at = (page: number): bigint => addressOf(BASE + page);
export const len = (pages: number): bigint => addressOf(pages);
export const newSpace = (options: SpaceOptions = {}): AddressSpace =>
  AddressSpace.create({ files: [{ file: 1, pages: 96 }], mmapBase: BASE + 100, ...options });

export function map(
  space: AddressSpace,
  start: number,
  end: number,
  rest: { prot?: bigint; flags?: bigint; file?: number; pgoff?: number } = {},
): void {
  const file = rest.file ?? 0;
  const flags = (rest.flags ?? (file === 0 ? MAP.private | MAP.anon : MAP.private)) | MAP.fixed;
  const offset = len(rest.pgoff ?? 0);
  const outcome = mmap(space, {
    op: 'mmap',
    addr: at(start),
    length: len(end - start),
    prot: rest.prot ?? PROT.rw,
    flags,
    file,
    offset,
  });
  if (!outcome.ok)
    throw new Error(JSON.stringify(outcome, (_k, v: unknown) => (typeof v === 'bigint' ? String(v) : v)));
}

/** Writes each page's number into it. */
export function touch(space: AddressSpace, start: number, end: number): void {
  for (let page = start; page < end; page += 1) store(space, at(page), BigInt(page + 1));
}

/** What `touch` left in a page: the page that it came from, or undefined. */
export function cameFrom(space: AddressSpace, page: number): number | undefined {
  const outcome = load(space, at(page));
  return outcome.ok && outcome.value !== 0n ? Number(outcome.value) - 1 : undefined;
}

export const raw = (old: number, oldLen: number, newLen: number, flags: bigint, to = 0): RawMremap => ({
  op: 'mremap',
  oldAddr: at(old),
  oldLen: len(oldLen),
  newLen: len(newLen),
  flags,
  newAddr: at(to),
});

/** Performs a call given in pages; the page of the result, or the errno. */
export function remap(
  space: AddressSpace,
  old: number,
  oldLen: number,
  newLen: number,
  flags: bigint,
  to = 0,
): number | string {
  return short(mremap(space, raw(old, oldLen, newLen, flags, to)));
}

export function short(outcome: Outcome): number | string {
  if (outcome.ok) return Number(outcome.value >> 12n) - BASE;
  return 'errno' in outcome ? outcome.errno : JSON.stringify(outcome);
}

/** "[0,2)rw-p [3,5)r--p+sl". */
export function show(space: AddressSpace): string {
  return space.vmas.map(showVma).join(' ');
}

function showVma(vma: Vma): string {
  const marks: string[] = [];
  if (vma.locked) marks.push(vma.lockonfault ? 'lf' : 'lo');
  if (vma.sealed) marks.push('sl');
  if (vma.uffd !== 0) marks.push(`u${vma.uffd}`);
  return `[${vma.start - BASE},${vma.end - BASE})${[vmaPerms(vma), ...marks].join('+')}`;
}
