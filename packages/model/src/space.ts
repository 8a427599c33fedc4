/**
 * The address space of one process (`struct mm_struct`): VMAs, page table, counters, shared objects. The calls are
 * functions over it, one file each; what they need of its inside is public but meant for this package and for
 * @vmacheck/mremap.
 */
import type { PageBytes } from './contents.js';
import { readBytes, ZERO_PAGE } from './contents.js';
import { Moment, type Rest } from './moment.js';
import { PageMap } from './page-map.js';
import type { ObjectTable } from './object-table.js';
import { SharedObject } from './objects.js';
import { TASK_PAGES } from './pages.js';
import { PROFILES } from './profile.js';
import { SharedMemory } from './shared-memory.js';
import { VmaStore } from './store.js';
import type {
  Baseline,
  HugePages,
  Limits,
  LockFlags,
  Profile,
  Space,
  SpaceOptions,
  UffdContext,
  UffdEvent,
  Vma,
  WhySink,
} from './types.js';
import { pgoffAt, vmaPages } from './vma.js';

/** Nothing is locked. */
export const UNLOCKED: LockFlags = { locked: false, lockonfault: false };

/** What every address space is made from; the rest starts empty. */
interface Parts {
  readonly profile: Profile;
  readonly hasUffd: boolean;
  readonly known: { readonly start: number; readonly end: number };
  readonly mmapBase: number;
  readonly predicts: boolean;
  readonly mmapMin: number;
  readonly overcommit: 0 | 1 | 2;
  readonly hugePages: HugePages;
  readonly startBrk: bigint;
  readonly shared: SharedMemory;
  readonly tree: VmaStore;
  readonly frameTable: PageMap<number>;
  readonly mapped: PageMap<true>;
  readonly guards: PageMap<true>;
  readonly frameBytes: PageMap<PageBytes>;
  readonly freed: PageMap<true>;
  readonly contexts: ReadonlyMap<number, UffdContext>;
}

const NO_LIMITS: Limits = { memlock: Infinity, as: Infinity, data: Infinity, maxMapCount: 65530 };
const NOTHING_ELSE: Baseline = { mapCount: 0, totalVm: 0, dataVm: 0, lockedVm: 0 };
const ONE_CONTEXT: readonly UffdContext[] = [{ id: 1, features: new Set(['SIGBUS']) }];

/** See the head of the file. Make one with `AddressSpace.create`, branch it with `clone`, double it with `fork`. */
export class AddressSpace {
  readonly profile: Profile;
  /** The process had a userfaultfd when it began. */
  readonly hasUffd: boolean;
  /** Pages whose layout is known. */
  readonly known: { readonly start: number; readonly end: number };
  readonly mmapBase: number;
  readonly predicts: boolean;
  readonly mmapMin: number;
  readonly overcommit: 0 | 1 | 2;
  readonly hugePages: HugePages;
  /** `mm->start_brk`. */
  readonly startBrk: bigint;

  /** Receives merge decisions when set. Not copied by `clone`. */
  explain: WhySink | undefined;

  /** The VMAs. */
  readonly tree: VmaStore;
  /** Page -> frame: private pages. */
  readonly frameTable: PageMap<number>;
  /**
   * Pages whose entry in the page table is something else than a private page: the zero page, or a page of an object.
   * No call shows them, but a page that is there cannot fault any more, whatever is armed.
   */
  readonly mapped: PageMap<true>;
  /** Pages that MADV_GUARD_INSTALL made inaccessible. */
  readonly guards: PageMap<true>;
  /** Frame -> bytes. */
  readonly frameBytes: PageMap<PageBytes>;
  /** Frames that MADV_FREE gave up and nobody wrote since. */
  readonly freed: PageMap<true>;
  /** Objects, also those of other processes of the family. */
  readonly shared: SharedMemory;
  /** Open userfaultfds, by number. */
  contexts: ReadonlyMap<number, UffdContext>;
  /** Messages of userfaultfds since `takeEvents`, in the order in which they are sent. */
  events: UffdEvent[] = [];

  mapCount = 0;
  totalVm = 0;
  lockedVm = 0;
  committed = 0;

  limits: Limits = NO_LIMITS;
  capIpcLock = true;
  /** CAP_SYS_RAWIO: page 0 can be mapped. */
  capRawIo = true;
  baseline: Baseline = NOTHING_ELSE;
  /** mlockall(MCL_FUTURE): what new mappings get (`mm->def_flags`). */
  lockFuture: LockFlags = UNLOCKED;
  /** `mm->brk`. */
  brk: bigint;

  nextFrame = 1;
  /** Frames below were there at the last fork, which protected them against writing; those that were written since are among them. */
  cowBelow = 0;
  nextAnonVma = 1;
  /** anon_vmas below came by fork. */
  #moment: Moment | undefined;
  #forkedBelow = 0;

  private constructor(from: Parts) {
    this.profile = from.profile;
    this.hasUffd = from.hasUffd;
    this.known = from.known;
    this.mmapBase = from.mmapBase;
    this.predicts = from.predicts;
    this.mmapMin = from.mmapMin;
    this.overcommit = from.overcommit;
    this.hugePages = from.hugePages;
    this.startBrk = from.startBrk;
    this.brk = from.startBrk;
    this.shared = from.shared;
    this.tree = from.tree;
    this.frameTable = from.frameTable;
    this.mapped = from.mapped;
    this.guards = from.guards;
    this.frameBytes = from.frameBytes;
    this.freed = from.freed;
    this.contexts = from.contexts;
    this.shared.spaces.add(this);
  }

  static create(options: SpaceOptions = {}): AddressSpace {
    const vmas = options.vmas ?? [];
    const hasUffd = options.hasUffd ?? true;
    const contexts = options.contexts ?? (hasUffd ? ONE_CONTEXT : []);
    const space = new AddressSpace({
      profile: options.profile ?? PROFILES['6.18'],
      hasUffd,
      known: options.known ?? { start: 0, end: TASK_PAGES },
      mmapBase: options.mmapBase ?? 0x7f0000000,
      predicts: options.predicts ?? false,
      mmapMin: options.mmapMin ?? 16,
      overcommit: options.overcommit ?? 0,
      hugePages: options.hugePages ?? 'madvise',
      startBrk: options.brk ?? 0n,
      shared: new SharedMemory(),
      tree: new VmaStore(vmas),
      frameTable: new PageMap(),
      mapped: new PageMap(),
      guards: new PageMap(),
      frameBytes: new PageMap(),
      freed: new PageMap(),
      contexts: new Map(contexts.map((context) => [context.id, context])),
    });
    space.limits = { ...NO_LIMITS, ...options.limits };
    space.capIpcLock = options.capIpcLock ?? true;
    space.baseline = { ...NOTHING_ELSE, ...options.baseline };
    for (const { file, pages, accounting = 'blocks' } of options.files ?? []) {
      space.objects.set(file, new SharedObject(file, pages, true, accounting));
      space.nextFile = Math.max(space.nextFile, file + 1);
    }
    for (const vma of vmas) space.#adopt(vma);
    if (options.forked === true) space.forgetOrigins();
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

  /** What VMAs map, by their `file`. */
  get objects(): ObjectTable {
    return this.shared.objects;
  }

  /** The number that the next object gets. */
  get nextFile(): number {
    return this.shared.nextFile;
  }

  set nextFile(value: number) {
    this.shared.nextFile = value;
  }

  /** Pages charged by shared objects. */
  get shmemCommitted(): number {
    return this.shared.committed;
  }

  set shmemCommitted(value: number) {
    this.shared.committed = value;
  }

  /** The state as it is now; the same object as long as nothing changes. */
  moment(): Moment {
    const { tree, frameTable, guards } = this;
    const rest: Rest = {
      mapCount: this.mapCount,
      totalVm: this.totalVm,
      lockedVm: this.lockedVm,
      committed: this.committed,
      forkedBelow: this.#forkedBelow,
      future: this.lockFuture,
      startBrk: this.startBrk,
      brk: this.brk,
      limits: this.limits,
      capIpcLock: this.capIpcLock,
      baseline: this.baseline,
      contexts: this.contexts,
    };
    if (this.#moment?.isNow(tree, frameTable, guards, rest) !== true) {
      this.#moment = new Moment(tree.clone(), frameTable.clone(), guards.clone(), rest);
    }
    return this.#moment as Moment;
  }

  /** The state as properties see it. */
  snapshot(): Space {
    return this.moment().state;
  }

  /** Messages of userfaultfds since the last time. */
  takeEvents(): readonly UffdEvent[] {
    const { events } = this;
    if (events.length > 0) this.events = [];
    return events;
  }

  /** A branch of the state: both can go on independently. Other processes of the family are left out. */
  clone(): AddressSpace {
    return this.#copy(this.shared.clone(), this.tree.clone());
  }

  /** Another process with the same pages, which maps the same objects (`dup_mm` before anything is left out). */
  duplicate(vmas: readonly Vma[]): AddressSpace {
    const child = this.#copy(this.shared, new VmaStore(vmas));
    child.forgetOrigins();
    return child;
  }

  /** All anon_vmas so far came by fork. */
  forgetOrigins(): void {
    this.#forkedBelow = this.nextAnonVma;
  }

  /** Whether an anon_vma, 0 included, came by fork: its VMA has a chain of several (`vma_is_fork_child`). */
  isForked(anonVma: number): boolean {
    return anonVma !== 0 && anonVma < this.#forkedBelow;
  }

  #copy(shared: SharedMemory, tree: VmaStore): AddressSpace {
    const copy = new AddressSpace({
      profile: this.profile,
      hasUffd: this.hasUffd,
      known: this.known,
      mmapBase: this.mmapBase,
      predicts: this.predicts,
      mmapMin: this.mmapMin,
      overcommit: this.overcommit,
      hugePages: this.hugePages,
      startBrk: this.startBrk,
      shared,
      tree,
      frameTable: this.frameTable.clone(),
      mapped: this.mapped.clone(),
      guards: this.guards.clone(),
      frameBytes: this.frameBytes.clone(),
      freed: this.freed.clone(),
      contexts: this.contexts,
    });
    copy.events = [...this.events];
    copy.mapCount = this.mapCount;
    copy.totalVm = this.totalVm;
    copy.lockedVm = this.lockedVm;
    copy.committed = this.committed;
    copy.limits = this.limits;
    copy.capIpcLock = this.capIpcLock;
    copy.capRawIo = this.capRawIo;
    copy.baseline = this.baseline;
    copy.lockFuture = this.lockFuture;
    copy.brk = this.brk;
    copy.nextFrame = this.nextFrame;
    copy.cowBelow = this.cowBelow;
    copy.nextAnonVma = this.nextAnonVma;
    copy.#forkedBelow = this.#forkedBelow;
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

  /** A new private page. */
  putFrame(page: number, bytes: PageBytes): void {
    const frame = this.nextFrame;
    this.nextFrame += 1;
    this.frameTable.set(page, frame);
    this.frameBytes.set(frame, bytes);
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
    if (frame !== undefined) return this.frameBytes.get(frame) as PageBytes;
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
