/**
 * A state as the specifications speak of it, made of nothing but what was recorded from a kernel: the VMAs with their VmFlags, the
 * counters, and the bytes of pages. What a kernel does not show (the anon_vma of a VMA) throws `NotShown` when it is read.
 */
import {
  EXTRA_CODES,
  type Elsewhere as Others,
  isLockedOnFault,
  type PageLimits,
  type Space,
  type Vma,
} from '@vmacheck/model';
import { type Counters, parseHex, type VmaRecord } from '@vmacheck/trace';
import { notShown } from './not-shown.js';

const UFFD_CODES: readonly (readonly [string, number])[] = [
  ['um', 1],
  ['uw', 2],
  ['ui', 4],
];

const ALL_PAGES = 2 ** 40;
const NO_LIMITS: PageLimits = { maps: ALL_PAGES, as: ALL_PAGES, data: ALL_PAGES, memlock: ALL_PAGES, ipcLock: true };

const page = (hex: `0x${string}`): number => Number(parseHex(hex) >> 12n);

/** A VMA as it was shown. */
class RecordedVma implements Vma {
  readonly start: number;
  readonly end: number;
  readonly pgoff: number;
  readonly read: boolean;
  readonly write: boolean;
  readonly exec: boolean;
  readonly shared: boolean;
  readonly account: boolean;
  readonly noreserve: boolean;
  readonly locked: boolean;
  readonly lockonfault: boolean;
  readonly sealed: boolean;
  readonly uffd: number;
  readonly ctx: number;
  readonly anonShift = 0;
  readonly extra: number;

  constructor(
    { start, end, perms, offset, vmFlags }: VmaRecord,
    readonly file: number,
  ) {
    const codes = new Set((vmFlags ?? '').split(' '));
    this.start = page(start);
    this.end = page(end);
    // Of anonymous memory /proc shows 0. Its address stands in: the same for one page at two times.
    this.pgoff = file === 0 ? this.start : page(offset);
    this.read = perms[0] === 'r';
    this.write = perms[1] === 'w';
    this.exec = perms[2] === 'x';
    this.shared = perms[3] === 's';
    this.account = codes.has('ac');
    this.noreserve = codes.has('nr');
    this.locked = codes.has('lo');
    this.lockonfault = isLockedOnFault(codes);
    this.sealed = codes.has('sl');
    this.uffd = UFFD_CODES.reduce((sum, [code, mode]) => (codes.has(code) ? sum + mode : sum), 0);
    this.ctx = this.uffd === 0 ? 0 : 1;
    this.extra = EXTRA_CODES.reduce((sum, [flag, code]) => (codes.has(code) ? sum + flag : sum), 0);
  }

  get anonVma(): number {
    return notShown();
  }
}

/** Makes VMAs, the same object for what looks the same, so that two are known to be equal without looking at what is hidden. */
export class RecordedVmas {
  readonly #known = new Map<string, Vma>();
  readonly #files = new Map<string | null, number>([[null, 0]]);

  of(record: VmaRecord): Vma {
    const made = new RecordedVma(record, this.fileOf(record.file));
    const key = Object.values(made).join(' ');
    const known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, made);
    return known ?? made;
  }

  /** A number for the name of a file; 0 is anonymous memory. */
  fileOf(name: string | null): number {
    const known = this.#files.get(name) ?? this.#files.size;
    this.#files.set(name, known);
    return known;
  }
}

/** What was seen after a step. */
export interface Sighting {
  readonly vmas: readonly VmaRecord[];
  readonly counters: Counters | undefined;
  readonly contents: Readonly<Record<string, string>> | undefined;
}

/** How many mappings the program may have, and had before its first step beside those that are seen. */
export interface MapLimit {
  readonly most: number;
  readonly others: number;
}

/** What counters of the whole process say beyond the VMAs that are seen, in the first sighting that has any. */
export type Elsewhere = { readonly [K in keyof Counters]: number };

/** See the head of the file. */
export class RecordedSpace implements Space {
  readonly vmas: readonly Vma[];
  readonly #seen: Sighting;
  readonly #elsewhere: Elsewhere;
  #frames: ReadonlyMap<number, number> | undefined;
  /** Programs that fork, hear of moves, or change what future memory gets are not judged by what is shown of them. */
  readonly forkedBelow = 0;
  readonly lockFuture = false;
  readonly onFaultFuture = false;
  readonly hearsMoves: ReadonlyMap<number, boolean> = new Map();
  /** Nor are those with other limits than vm.max_map_count. */
  readonly limits: PageLimits;
  readonly elsewhere: Others;
  /** Whether the bytes of pages stand for the pages in the step that is judged. */
  showsFrames = false;

  constructor(seen: Sighting, elsewhere: Elsewhere, vmas: RecordedVmas, { most, others }: MapLimit) {
    this.vmas = seen.vmas.map((record) => vmas.of(record));
    const all = seen.counters?.mapCount;
    this.limits = { ...NO_LIMITS, maps: most };
    this.elsewhere = { maps: all === undefined ? others : all - this.vmas.length, total: 0, data: 0, locked: 0 };
    this.#seen = seen;
    this.#elsewhere = elsewhere;
  }

  /**
   * Private pages of anonymous memory that hold something else than zeros, by their first bytes: a page that moves takes them along.
   */
  get frames(): ReadonlyMap<number, number> {
    const { contents } = this.#seen;
    if (contents === undefined || !this.showsFrames) return notShown();
    return (this.#frames ??= this.#framesOf(contents));
  }

  get guards(): ReadonlyMap<number, boolean> {
    return notShown();
  }

  get heapStart(): number {
    return notShown();
  }

  get heapEnd(): number {
    return notShown();
  }

  get mapCount(): number {
    return this.#counter('mapCount');
  }

  get totalVm(): number {
    return this.#counter('totalVm');
  }

  get lockedVm(): number {
    return this.#counter('lockedVm');
  }

  /** The pages of objects are charged too, and nobody shows how many an object has. */
  get committed(): number {
    return this.vmas.some(({ file }) => file !== 0) ? notShown() : this.#counter('committed');
  }

  #counter(name: keyof Counters): number {
    const value = this.#seen.counters?.[name];
    const elsewhere = this.#elsewhere[name];
    return value === undefined || elsewhere === undefined ? notShown() : value - elsewhere;
  }

  #framesOf(contents: Readonly<Record<string, string>>): ReadonlyMap<number, number> {
    const frames = new Map<number, number>();
    for (const [address, value] of Object.entries(contents)) {
      const at = page(address as `0x${string}`);
      const vma = this.vmas.find(({ start, end }) => start <= at && at < end);
      if (vma !== undefined && vma.file === 0 && BigInt(value) !== 0n) frames.set(at, Number(BigInt(value)));
    }
    return frames;
  }
}

/** What the counters say beyond these VMAs. */
export function elsewhereOf(counters: Counters, vmas: readonly Vma[]): Elsewhere {
  const pages = (some: readonly Vma[]): number => some.reduce((sum, { start, end }) => sum + end - start, 0);
  const seen: Elsewhere = {
    mapCount: vmas.length,
    totalVm: pages(vmas),
    lockedVm: pages(vmas.filter(({ locked }) => locked)),
    committed: pages(vmas.filter(({ account }) => account)),
  };
  const elsewhere: { -readonly [K in keyof Counters]: number } = {};
  for (const name of ['mapCount', 'totalVm', 'lockedVm', 'committed'] as const) {
    const value = counters[name];
    if (value !== undefined) elsewhere[name] = value - (seen[name] ?? 0);
  }
  return elsewhere;
}
