/** What the tests of this package share. Pages are counted from `BASE`. */
import {
  mincore,
  AddressSpace,
  addressOf,
  EXTRA_CODES,
  mmap,
  type Outcome,
  type SpaceOptions,
  store,
  type Vma,
  vmaPerms,
} from '@vmacheck/model';

export const BASE = 0x1000;
export const PROT = { none: 0n, r: 1n, rw: 3n, w: 2n, x: 4n, rx: 5n, rwx: 7n } as const;
export const MAP = {
  shared: 1n,
  private: 2n,
  fixed: 0x10n,
  anon: 0x20n,
  locked: 0x2000n,
  noreserve: 0x4000n,
  populate: 0x8000n,
};

export const at = (page: number): bigint => addressOf(BASE + page);
export const len = (pages: number): bigint => addressOf(pages);
export const newSpace = (options: SpaceOptions = {}): AddressSpace =>
  AddressSpace.create({
    files: [
      { file: 1, pages: 96 },
      { file: 2, pages: 8 },
    ],
    ...options,
  });

export interface MapOptions {
  readonly prot?: bigint;
  readonly flags?: bigint;
  readonly file?: number;
  readonly pgoff?: number;
}

/** MAP_FIXED, private and anonymous and rw unless told otherwise. */
export function map(space: AddressSpace, start: number, end: number, options: MapOptions = {}): Outcome {
  const file = options.file ?? 0;
  const flags = options.flags ?? (file === 0 ? MAP.private | MAP.anon : MAP.private);
  return mmap(space, {
    op: 'mmap',
    addr: at(start),
    length: len(end - start),
    prot: options.prot ?? PROT.rw,
    flags: flags | MAP.fixed,
    file,
    offset: len(options.pgoff ?? 0),
  });
}

/** Writes a value to each page of [start, end). */
export function touch(space: AddressSpace, start: number, end: number, value = 7n): void {
  for (let page = start; page < end; page += 1) store(space, at(page), value);
}

/** "[0,2)rw-p [3,5)r--p+sl": ranges, permissions, and what is not usual. */
export function show(space: AddressSpace): string {
  return space.vmas.map(showVma).join(' ');
}

function showVma(vma: Vma): string {
  const marks: string[] = [];
  if (vma.locked) marks.push(vma.lockonfault ? 'lf' : 'lo');
  if (vma.sealed) marks.push('sl');
  if (vma.uffd !== 0) marks.push(`u${vma.uffd}`);
  if (vma.noreserve) marks.push('nr');
  for (const [bit, code] of EXTRA_CODES) if ((vma.extra & bit) !== 0) marks.push(code);
  return `[${vma.start - BASE},${vma.end - BASE})${[vmaPerms(vma), ...marks].join('+')}`;
}

/** Page offsets counted from BASE for anonymous memory, and anon_vmas. */
export function hidden(space: AddressSpace): readonly (readonly [pgoff: number, anonVma: number])[] {
  return space.vmas.map((vma) => [vma.file === 0 ? vma.pgoff - BASE : vma.pgoff, vma.anonVma]);
}

/** The errno or the signal of an outcome, or 'ok'. */
export function result(outcome: Outcome): string {
  if (outcome.ok) return 'ok';
  if ('errno' in outcome) return outcome.errno;
  return 'signal' in outcome ? outcome.signal : 'other';
}

/** How many of the 512 pages from `start` mincore tells of. */
export const present = (space: AddressSpace, start: number): number => {
  const outcome = mincore(space, at(start), len(512));
  return outcome.ok ? (outcome.vector ?? '').replaceAll('0', '').length : -1;
};
