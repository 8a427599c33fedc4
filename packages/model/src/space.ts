/**
 * The address space of one process (`struct mm_struct`): VMAs, page table, counters, shared objects. The calls are
 * functions over it, one file each; what they need of its inside is public but meant for this package and for
 * @vmacheck/mremap.
 */
import type { PageBytes } from './contents.js';
import { readBytes, ZERO_PAGE } from './contents.js';
import { CowMap } from './cow-map.js';
import { SharedObject } from './objects.js';
import { TASK_PAGES } from './pages.js';
import { PROFILES } from './profile.js';
import { ArrayVmaStore, type VmaStore } from './store.js';
import type { Profile, Space, SpaceOptions, Vma, WhySink } from './types.js';
import { pgoffAt, vmaPages } from './vma.js';

/** See the head of the file. Make one with `AddressSpace.create`, branch it with `clone`. */
export class AddressSpace {
  readonly profile: Profile;
  readonly hasUffd: boolean;
  /** Pages whose layout is known. */
  readonly known: { readonly start: number; readonly end: number };
  readonly mmapBase: number;
  readonly mmapMin: number;

  /** Receives merge decisions when set. Not copied by `clone`. */
  explain: WhySink | undefined;

  /** The VMAs. Change them with `replace`. */
  readonly tree: VmaStore;
  /** Page -> frame: private pages. */
  readonly frameTable: CowMap<number>;
  /**
   * Pages whose entry in the page table is something else than a private page: the zero page, or a page of an object.
   * No call shows them, but a page that is there cannot fault any more, whatever is armed.
   */
  readonly mapped: CowMap<true>;
  /** Frame -> bytes. */
  readonly frameBytes: CowMap<PageBytes>;
  readonly objects: Map<number, SharedObject>;

  mapCount = 0;
  totalVm = 0;
  lockedVm = 0;
  committed = 0;
  /** Pages charged by shared objects. */
  shmemCommitted = 0;

  nextFile = 1;
  nextFrame = 1;
  nextAnonVma = 1;

  private constructor(from: {
    readonly profile: Profile;
    readonly hasUffd: boolean;
    readonly known: { readonly start: number; readonly end: number };
    readonly mmapBase: number;
    readonly mmapMin: number;
    readonly tree: VmaStore;
    readonly frameTable: CowMap<number>;
    readonly mapped: CowMap<true>;
    readonly frameBytes: CowMap<PageBytes>;
    readonly objects: Map<number, SharedObject>;
  }) {
    this.profile = from.profile;
    this.hasUffd = from.hasUffd;
    this.known = from.known;
    this.mmapBase = from.mmapBase;
    this.mmapMin = from.mmapMin;
    this.tree = from.tree;
    this.frameTable = from.frameTable;
    this.mapped = from.mapped;
    this.frameBytes = from.frameBytes;
    this.objects = from.objects;
  }

  static create(options: SpaceOptions = {}): AddressSpace {
    const vmas = options.vmas ?? [];
    const space = new AddressSpace({
      profile: options.profile ?? PROFILES['6.18'],
      hasUffd: options.hasUffd ?? true,
      known: options.known ?? { start: 0, end: TASK_PAGES },
      mmapBase: options.mmapBase ?? 0x7f0000000,
      mmapMin: options.mmapMin ?? 16,
      tree: new ArrayVmaStore(vmas),
      frameTable: new CowMap(),
      mapped: new CowMap(),
      frameBytes: new CowMap(),
      objects: new Map(),
    });
    for (const { file, pages } of options.files ?? []) {
      space.objects.set(file, new SharedObject(file, pages, true, false));
      space.nextFile = Math.max(space.nextFile, file + 1);
    }
    for (const vma of vmas) space.#adopt(vma);
    return space;
  }

  /** VMAs in order. The array is a snapshot: later calls do not change it. */
  get vmas(): readonly Vma[] {
    return this.tree.snapshot();
  }

  /** Private pages and their frames; a snapshot. */
  get frames(): ReadonlyMap<number, number> {
    return this.frameTable.view();
  }

  /** The state as properties see it. Costs nothing until the space changes. */
  snapshot(): Space {
    return {
      vmas: this.vmas,
      frames: this.frames,
      mapCount: this.mapCount,
      totalVm: this.totalVm,
      lockedVm: this.lockedVm,
      committed: this.committed,
    };
  }

  /** A branch of the state: both can go on independently. */
  clone(): AddressSpace {
    const objects = new Map<number, SharedObject>();
    for (const [id, object] of this.objects) objects.set(id, object.clone());
    const copy = new AddressSpace({
      profile: this.profile,
      hasUffd: this.hasUffd,
      known: this.known,
      mmapBase: this.mmapBase,
      mmapMin: this.mmapMin,
      tree: this.tree.clone(),
      frameTable: this.frameTable.clone(),
      mapped: this.mapped.clone(),
      frameBytes: this.frameBytes.clone(),
      objects,
    });
    copy.mapCount = this.mapCount;
    copy.totalVm = this.totalVm;
    copy.lockedVm = this.lockedVm;
    copy.committed = this.committed;
    copy.shmemCommitted = this.shmemCommitted;
    copy.nextFile = this.nextFile;
    copy.nextFrame = this.nextFrame;
    copy.nextAnonVma = this.nextAnonVma;
    return copy;
  }

  /** `vma_lookup`: the VMA that contains the page. */
  lookup(page: number): Vma | undefined {
    const vma = this.tree.find(page);
    return vma !== undefined && vma.start <= page ? vma : undefined;
  }

  /** The next VMA above, adjacent or not. */
  next(vma: Vma): Vma | undefined {
    return this.tree.find(vma.end);
  }

  /** The next VMA below, adjacent or not. */
  prev(vma: Vma): Vma | undefined {
    return this.tree.findBefore(vma.start);
  }

  /** Whether this very object is in the tree: a handle taken earlier is good as long as it is. */
  holds(vma: Vma): boolean {
    return this.tree.find(vma.start) === vma;
  }

  /** Puts a changed VMA in the place of the old one; the range may not change. */
  update(old: Vma, fresh: Vma): void {
    this.tree.splice(old.start, old.end, [fresh]);
  }

  /** Bytes that a read at the start of the page would give, without faulting anything in; undefined when nothing is mapped. */
  peek(page: number, count = 8): bigint | undefined {
    const vma = this.lookup(page);
    return vma === undefined ? undefined : readBytes(this.bytesOf(vma, page), 0, count);
  }

  /** The bytes behind a page of a VMA, as a read would see them. */
  bytesOf(vma: Vma, page: number): PageBytes {
    const frame = this.frameTable.get(page);
    if (frame !== undefined) return this.frameBytes.get(frame) ?? ZERO_PAGE;
    return this.objects.get(vma.file)?.pages.get(pgoffAt(vma, page)) ?? ZERO_PAGE;
  }

  #adopt(vma: Vma): void {
    const pages = vmaPages(vma);
    this.mapCount += 1;
    this.totalVm += pages;
    if (vma.locked) this.lockedVm += pages;
    if (vma.account) this.committed += pages;
    this.nextAnonVma = Math.max(this.nextAnonVma, vma.anonVma + 1);
    this.nextFile = Math.max(this.nextFile, vma.file + 1);
    const object = this.objects.get(vma.file);
    if (object !== undefined) object.users += 1;
  }
}
