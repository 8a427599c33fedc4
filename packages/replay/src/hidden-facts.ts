/**
 * What a trace does not carry and what can decide a result all the same. Asked only where model and record differ: a
 * difference that such a fact can explain is neither agreement nor disagreement.
 */
import { type AddressSpace, type Outcome, PAGE_SIZE, pageOf, pagesOf, type RawCall, type Vma } from '@vmacheck/model';
import type { ProgramHeader, StepResult, VmaRecord } from '@vmacheck/trace';
import { hugePageFact } from './huge-page-fact.js';
import { foreignFlags } from './layout.js';
import type { PageRange, PageSet } from './page-set.js';

/** A step at which model and record differ. */
export interface Mismatch {
  readonly program: ProgramHeader;
  /** After the call, as the model performed it. */
  readonly space: AddressSpace;
  /** Some memory was registered with a userfaultfd before the call. */
  readonly armed: boolean;
  readonly lockedBefore: number;
  readonly window: PageRange | undefined;
  readonly raw: RawCall;
  readonly outcome: Outcome;
  /** The pages that the call names, and those where memory arrived. */
  readonly ranges: readonly PageRange[];
  readonly recorded: StepResult | undefined;
  /** The recorded vector of mincore. */
  readonly vector: string | undefined;
  readonly layout: readonly VmaRecord[] | undefined;
  /** The same of the model. */
  readonly ours: readonly VmaRecord[];
  /** Pages of which the model made up what a layout does not show. */
  readonly uncertain: PageSet;
  /** Files whose contents, size or kind the trace does not say. */
  readonly vague: ReadonlySet<number>;
}

/** The fact that the difference may depend on; undefined: there is none, model and record disagree. */
export function hiddenFact(found: Mismatch): string | undefined {
  for (const fact of [
    limitsFact,
    lowAddressFact,
    memoryFact,
    hugePageFact,
    uffdFact,
    fileFact,
    flagsFact,
    uncertainFact,
    outsideFact,
  ]) {
    const reason = fact(found);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

const MAP_LOCKED = 0x2000n;

function limitsFact(found: Mismatch): string | undefined {
  const { program, raw, recorded, space } = found;
  const errno = recorded?.errno;
  const { op } = raw;
  const allocates = op === 'mmap' || op === 'mremap' || op === 'brk';
  const { limits } = space;
  if (mayExceedMemlock(found) && (op === 'brk' || ['EPERM', 'ENOMEM', 'EAGAIN'].includes(errno ?? ''))) {
    return 'RLIMIT_MEMLOCK and how much the process has locked';
  }
  if (errno !== 'ENOMEM' && op !== 'brk') return undefined;
  const baseline = program.baseline ?? {};
  const sized =
    (limits.as !== Infinity && baseline.totalVm === undefined) ||
    (limits.data !== Infinity && baseline.dataVm === undefined);
  if (sized && (allocates || op === 'mprotect')) return 'RLIMIT_AS, RLIMIT_DATA and how much the process has mapped';
  if (baseline.mapCount !== undefined) return undefined;
  const near = space.mapCount + MANY_MAPPINGS + FEW_MAPPINGS >= limits.maxMapCount;
  return near ? 'vm.max_map_count and how many mappings the process has' : undefined;
}

/** So many mappings a process may have that nobody tells about; so many a call makes on the way. */
const MANY_MAPPINGS = 2000;
const FEW_MAPPINGS = 8;

const LOCKS: ReadonlySet<RawCall['op']> = new Set(['mlock', 'mlock2', 'mlockall', 'mremap', 'brk', 'mmap']);

function mayExceedMemlock({ program, raw, space, lockedBefore }: Mismatch): boolean {
  const { memlock } = space.limits;
  if (!LOCKS.has(raw.op) || space.capIpcLock || memlock === Infinity) return false;
  if (raw.op === 'mmap' && (raw.flags & MAP_LOCKED) === 0n && !space.lockFuture.locked) return false;
  if (raw.op === 'brk' && !space.lockFuture.locked) return false;
  const { lockedVm, totalVm } = program.baseline ?? {};
  if (lockedVm !== undefined && (raw.op !== 'mlockall' || totalVm !== undefined)) return false;
  const more = 'length' in raw ? pagesOf(raw.length) : raw.op === 'mremap' ? pagesOf(raw.newLen) : Infinity;
  // Without any right to lock it is EPERM, whatever the range.
  return memlock === 0 || lockedVm === undefined || (lockedBefore + more) * PAGE_SIZE > memlock;
}

/** No kernel is configured to keep more than this of the lowest addresses from programs. */
const LOW_PAGES = 16;

function lowAddressFact({ program, ranges, recorded, outcome, space }: Mismatch): string | undefined {
  if (recorded?.errno === 'EPERM' && ranges.some(({ start }) => start < space.mmapMin)) return 'CAP_SYS_RAWIO';
  // The setting may be as low as a page where a security module raises hints to more.
  const refused = !outcome.ok && 'errno' in outcome && outcome.errno === 'EPERM';
  if (refused && ranges.some(({ start }) => start > 0 && start < space.mmapMin)) return 'vm.mmap_min_addr';
  if (program.config?.mmapMinAddr !== undefined) return undefined;
  return ranges.some(({ start }) => start < LOW_PAGES) ? 'vm.mmap_min_addr' : undefined;
}

/** 1 GiB: less than that no kernel refuses for lack of memory, unless it is told to count strictly. */
const MUCH = 1 << 18;

function memoryFact({ program, raw, recorded, outcome }: Mismatch): string | undefined {
  const overcommit = program.config?.overcommit;
  if (recorded?.errno !== 'ENOMEM' || !outcome.ok || overcommit === 1) return undefined;
  const length = raw.op === 'mremap' ? raw.newLen : raw.op === 'mmap' || raw.op === 'mprotect' ? raw.length : 0n;
  return pagesOf(length) >= MUCH || (overcommit === 2 && length > 0n) ? 'how much memory the machine has' : undefined;
}

/** Features that the model knows, and those that change neither a layout nor a fault that ends in SIGBUS. */
const plainFeatures = new Set([
  'EVENT_FORK',
  'EVENT_REMAP',
  'EVENT_REMOVE',
  'EVENT_UNMAP',
  'SIGBUS',
  'PAGEFAULT_FLAG_WP',
  'MISSING_SHMEM',
  'MINOR_SHMEM',
  'MISSING_HUGETLBFS',
  'MINOR_HUGETLBFS',
  'WP_HUGETLBFS_SHMEM',
  'WP_UNPOPULATED',
  'THREAD_ID',
  'EXACT_ADDRESS',
  'POISON',
  'MOVE',
]);

function uffdFact({ program, raw, armed }: Mismatch): string | undefined {
  const { uffd } = program;
  if (uffd === null || !(armed || raw.op.startsWith('uffd'))) return undefined;
  const contexts = uffd.contexts === undefined ? [uffd] : Object.values(uffd.contexts);
  const plain = contexts.every(
    ({ features }) => features?.includes('SIGBUS') === true && features.every((name) => plainFeatures.has(name)),
  );
  return plain ? undefined : 'what the features of the userfaultfd change';
}

const near = (vma: Vma, ranges: readonly PageRange[]): boolean =>
  ranges.some(({ start, end }) => vma.start <= end && vma.end >= start);

function fileFact({ space, ranges, vague, raw }: Mismatch): string | undefined {
  const named = raw.op === 'mmap' && vague.has(raw.file);
  const mapped = space.vmas.some((vma) => vague.has(vma.file) && near(vma, ranges));
  return named || mapped ? 'the contents, the size and the kind of a file' : undefined;
}

function flagsFact({ layout, ours }: Mismatch): string | undefined {
  const known = new Map(ours.map(({ start, vmFlags }) => [start, foreignFlags(vmFlags ?? '').join(' ')]));
  for (const { start, vmFlags } of layout ?? []) {
    const codes = foreignFlags(vmFlags ?? '').join(' ');
    if (codes !== '' && known.get(start) !== codes) return `the VmFlags code ${codes}, which is not modelled`;
  }
  return undefined;
}

function uncertainFact({ space, ranges, uncertain }: Mismatch): string | undefined {
  if (uncertain.isEmpty) return undefined;
  const touched =
    ranges.some(({ start, end }) => uncertain.meets({ start: start - 1, end: end + 1 })) ||
    space.vmas.some((vma) => near(vma, ranges) && uncertain.meets({ start: vma.start - 1, end: vma.end + 1 }));
  return touched ? 'page offset, anon_vma and contents of memory that was mapped before anybody looked' : undefined;
}

const OUTSIDE = 'what is mapped outside of the window';

/** MAP_FIXED, MAP_FIXED_NOREPLACE. */
const FIXED = 0x100010n;

/** Only what this program mapped is known outside of the window. A place that the kernel chose was free. */
function outsideFact({ space, ranges, window, raw, outcome }: Mismatch): string | undefined {
  if (window === undefined || (raw.op === 'mmap' && (raw.flags & FIXED) === 0n)) return undefined;
  if (raw.op === 'brk') return pageOf(raw.addr) > window.end ? OUTSIDE : undefined;
  for (const { start, end } of ranges) {
    const isSeen = start >= window.start && end <= window.end;
    // What is refused for its form does not depend on what is there.
    const isSane = outcome.ok || (start >= space.mmapMin && end <= TASK_PAGES);
    if (isSeen || !isSane || start >= end) continue;
    // What was there before a mapping can no longer be told.
    if (raw.op === 'mmap') return OUTSIDE;
    const { vmas } = space;
    let reached = start;
    for (const vma of vmas) if (vma.start <= reached && vma.end > reached) reached = vma.end;
    if (reached < end && (reached < window.start || reached >= window.end)) return OUTSIDE;
  }
  return undefined;
}

const TASK_PAGES = 0x7ffffffff;
