/** The state of an address space at one moment. Taking it costs next to nothing; what is looked at is put together then. */
import type { VmaDifference } from './difference.js';
import type { PageMap } from './page-map.js';
import type { VmaStore } from './store.js';
import { PAGE_SIZE, pagesOf } from './pages.js';
import type { Baseline, Elsewhere, Limits, LockFlags, PageLimits, Space, UffdContext, Vma } from './types.js';

/** A page whose private frame is another. */
export interface FrameChange {
  readonly page: number;
  readonly old: number | undefined;
  readonly now: number | undefined;
}

/** What an address space counts and is configured to. */
export interface Rest {
  readonly mapCount: number;
  readonly totalVm: number;
  readonly lockedVm: number;
  readonly committed: number;
  readonly forkedBelow: number;
  readonly future: LockFlags;
  readonly startBrk: bigint;
  readonly brk: bigint;
  readonly limits: Limits;
  readonly capIpcLock: boolean;
  readonly baseline: Baseline;
  readonly contexts: ReadonlyMap<number, UffdContext>;
}

/** More pages than an address space has: no limit, as a number that can be counted with. */
const ALL_PAGES = 2 ** 40;

const NO_GUARDS: ReadonlyMap<number, boolean> = new Map();

function pageLimits({ maxMapCount, as, data, memlock }: Limits, ipcLock: boolean): PageLimits {
  const pages = (bytes: number): number => Math.min(Math.floor(bytes / PAGE_SIZE), ALL_PAGES);
  return { maps: maxMapCount, as: pages(as), data: pages(data), memlock: pages(memlock), ipcLock };
}

/** The userfaultfds that asked for EVENT_REMAP, by number. */
function hearsMoves(contexts: ReadonlyMap<number, UffdContext>): ReadonlyMap<number, boolean> {
  const hearing = [...contexts.values()].filter(({ features }) => features.has('EVENT_REMAP'));
  return new Map(hearing.map(({ id }) => [id, true]));
}

/** See the head of the file. */
export class Moment implements Space {
  readonly #tree: VmaStore;
  readonly #frames: PageMap<number>;
  readonly #guards: PageMap<true>;
  readonly #rest: Rest;
  #state: Space | undefined;

  /** What it is given must not change. */
  constructor(tree: VmaStore, frames: PageMap<number>, guards: PageMap<true>, rest: Rest) {
    this.#tree = tree;
    this.#frames = frames;
    this.#guards = guards;
    this.#rest = rest;
  }

  /** Whether nothing has changed since. */
  isNow(tree: VmaStore, frames: PageMap<number>, guards: PageMap<true>, now: Rest): boolean {
    const then = this.#rest;
    return (
      this.#tree.isSame(tree) &&
      this.#frames.isSame(frames) &&
      this.#guards.isSame(guards) &&
      then.mapCount === now.mapCount &&
      then.totalVm === now.totalVm &&
      then.lockedVm === now.lockedVm &&
      then.committed === now.committed &&
      then.forkedBelow === now.forkedBelow &&
      then.future === now.future &&
      then.brk === now.brk &&
      then.limits === now.limits &&
      then.capIpcLock === now.capIpcLock &&
      then.baseline === now.baseline &&
      then.contexts === now.contexts
    );
  }

  get vmas(): readonly Vma[] {
    return this.#tree.snapshot();
  }

  get frames(): ReadonlyMap<number, number> {
    return this.#frames.view();
  }

  get guards(): ReadonlyMap<number, boolean> {
    return this.#guards.size === 0 ? NO_GUARDS : this.#guards.view();
  }

  get mapCount(): number {
    return this.#rest.mapCount;
  }

  get totalVm(): number {
    return this.#rest.totalVm;
  }

  get lockedVm(): number {
    return this.#rest.lockedVm;
  }

  get committed(): number {
    return this.#rest.committed;
  }

  get forkedBelow(): number {
    return this.#rest.forkedBelow;
  }

  get lockFuture(): boolean {
    return this.#rest.future.locked;
  }

  get onFaultFuture(): boolean {
    return this.#rest.future.lockonfault;
  }

  get heapStart(): number {
    return pagesOf(this.#rest.startBrk);
  }

  get heapEnd(): number {
    return pagesOf(this.#rest.brk);
  }

  get hearsMoves(): ReadonlyMap<number, boolean> {
    return hearsMoves(this.#rest.contexts);
  }

  get limits(): PageLimits {
    return pageLimits(this.#rest.limits, this.#rest.capIpcLock);
  }

  get elsewhere(): Elsewhere {
    const { mapCount, totalVm, dataVm, lockedVm } = this.#rest.baseline;
    return { maps: mapCount, total: totalVm, data: dataVm, locked: lockedVm };
  }

  /** All of it as a plain object, as properties see it. */
  get state(): Space {
    return (this.#state ??= this.withParts(this));
  }

  /** The same with some of it replaced. */
  withParts(
    parts: Pick<Space, 'vmas' | 'frames' | 'guards' | 'mapCount' | 'totalVm' | 'lockedVm' | 'committed' | 'elsewhere'>,
  ): Space {
    return {
      vmas: parts.vmas,
      frames: parts.frames,
      guards: parts.guards,
      mapCount: parts.mapCount,
      totalVm: parts.totalVm,
      lockedVm: parts.lockedVm,
      committed: parts.committed,
      forkedBelow: this.forkedBelow,
      lockFuture: this.lockFuture,
      onFaultFuture: this.onFaultFuture,
      heapStart: this.heapStart,
      heapEnd: this.heapEnd,
      hearsMoves: this.hearsMoves,
      limits: this.limits,
      elsewhere: parts.elsewhere,
    };
  }

  /** VMAs that came and went since another moment. Costs little if both are moments of one address space. */
  vmasSince(before: Moment): VmaDifference {
    return this.#tree.since(before.#tree);
  }

  /** Pages that have another frame than at another moment. */
  framesSince(before: Moment): readonly FrameChange[] {
    const changes: FrameChange[] = [];
    this.#frames.since(before.#frames, (page, old, now) => changes.push({ page, old, now }));
    return changes;
  }

  /** Pages that have become guards, or are none any more. */
  guardsSince(before: Moment): readonly number[] {
    const pages: number[] = [];
    this.#guards.since(before.#guards, (page) => pages.push(page));
    return pages;
  }

  /** The lowest VMA that ends after `page`. */
  find(page: number): Vma | undefined {
    return this.#tree.find(page);
  }

  /** The highest VMA that starts before `page`. */
  findBefore(page: number): Vma | undefined {
    return this.#tree.findBefore(page);
  }

  /** The pages of [start, end) that have a frame, ascending. */
  pagesIn(start: number, end: number): readonly number[] {
    return this.#frames.keysIn(start, end);
  }

  /** The guards in [start, end). */
  guardsIn(start: number, end: number): readonly number[] {
    return this.#guards.keysIn(start, end);
  }

  frameOf(page: number): number | undefined {
    return this.#frames.get(page);
  }
}
