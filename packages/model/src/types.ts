/**
 * The records of the model. `Vma`, `Space`, `Call`, `Result` and `Profile` have the names and fields that the
 * specifications use, so that generated properties are evaluated on the model's own objects.
 * Everything here is in pages; 64-bit addresses and lengths occur in `RawCall` and `Outcome` only.
 */
import type { FactName } from './facts.js';

/** One mapping (`struct vm_area_struct`). Immutable: a change makes a new object. Ranges are half-open. */
export interface Vma {
  /** First page number. */
  readonly start: number;
  /** Page number after the last. */
  readonly end: number;
  /** `vm_pgoff`, in pages. Decides merging for anonymous memory too, where nothing shows it. */
  readonly pgoff: number;
  /** VM_READ. */
  readonly read: boolean;
  /** VM_WRITE. */
  readonly write: boolean;
  /** VM_EXEC. */
  readonly exec: boolean;
  /** VM_SHARED and VM_MAYSHARE. */
  readonly shared: boolean;
  /** 0 = private anonymous; else the identity of the open file or of the shared-anonymous object. */
  readonly file: number;
  /** VM_ACCOUNT ("ac"). */
  readonly account: boolean;
  /** VM_NORESERVE ("nr"). */
  readonly noreserve: boolean;
  /** VM_LOCKED ("lo"). */
  readonly locked: boolean;
  /** VM_LOCKONFAULT ("lf"). */
  readonly lockonfault: boolean;
  /** VM_SEALED ("sl"). */
  readonly sealed: boolean;
  /** userfaultfd modes: sum of MISSING 1, WP 2, MINOR 4; 0 = not armed. */
  readonly uffd: number;
  /**
   * Pages by which the private pages of a file mapping were moved since the first was written, where the kernel keeps two page
   * offsets for such mappings (`__vm_anon_pgoff`, as its distance from the address); 0 otherwise.
   */
  readonly anonShift: number;
  /** 0 = never write-faulted; else an id. Whether it came by fork is known to the address space (`isForked`). */
  readonly anonVma: number;
  /** The userfaultfd context of `uffd`; 0 = not armed. */
  readonly ctx: number;
  /** The other flags: a sum of the `VmBit`s. */
  readonly extra: number;
}

/** What a process may have, in pages; 2^40 is no limit. See `Limits` for the bytes. */
export interface PageLimits {
  /** vm.max_map_count: mappings. */
  readonly maps: number;
  readonly as: number;
  readonly data: number;
  readonly memlock: number;
  /** CAP_IPC_LOCK is held: memlock limits nothing. */
  readonly ipcLock: boolean;
}

/** What a process has mapped beside the mappings of a `Space`; limits count it, too. */
export interface Elsewhere {
  readonly maps: number;
  /** Pages, and those of them that are data, and locked. */
  readonly total: number;
  readonly data: number;
  readonly locked: number;
}

/** What a property sees of an address space: its VMAs, its private pages, the kernel's counters. */
export interface Space {
  /** Sorted by start, disjoint. Later operations never change this array. */
  readonly vmas: readonly Vma[];
  /** Page number -> frame, for private anonymous pages only; a frame is never mapped twice. */
  readonly frames: ReadonlyMap<number, number>;
  /** Pages that MADV_GUARD_INSTALL made inaccessible. */
  readonly guards: ReadonlyMap<number, boolean>;
  /** `mm->map_count`. */
  readonly mapCount: number;
  /** `mm->total_vm`, pages. */
  readonly totalVm: number;
  /** `mm->locked_vm`, pages. */
  readonly lockedVm: number;
  /** Pages charged for VMAs with VM_ACCOUNT (the charges of shared objects are counted apart). */
  readonly committed: number;
  /** anon_vmas below came by fork. */
  readonly forkedBelow: number;
  /** New memory is locked, on fault or at once (mlockall). */
  readonly lockFuture: boolean;
  readonly onFaultFuture: boolean;
  /** Where the heap begins, and the page after its last. */
  readonly heapStart: number;
  readonly heapEnd: number;
  /** The userfaultfds that are told of moves (EVENT_REMAP). */
  readonly hearsMoves: ReadonlyMap<number, boolean>;
  readonly limits: PageLimits;
  readonly elsewhere: Elsewhere;
}

/** The operations that have a `Call` record. */
export type CallOp =
  | 'mmap'
  | 'munmap'
  | 'mprotect'
  | 'mremap'
  | 'mlock2'
  | 'munlock'
  | 'mseal'
  | 'madvise'
  | 'uffdRegister'
  | 'uffdUnregister'
  | 'uffdClose'
  | 'mlockall'
  | 'munlockall'
  | 'msync'
  | 'mincore'
  | 'brk'
  | 'setLimit'
  | 'setCapability'
  | 'fork'
  | 'exit'
  | 'load'
  | 'store';

/**
 * Whether raw 64-bit arguments have a value in pages that the call accepts, and if not, why. Such a call changes nothing, with
 * one exception: an mremap with MREMAP_FIXED that shrinks and whose old range `wraps` unmaps its destination first.
 * `lenUnaligned` is a length that a call refuses instead of rounding it up.
 */
export type ArgClass =
  | 'ok'
  | 'unaligned'
  | 'lenUnaligned'
  | 'offsetUnaligned'
  | 'offsetTooBig'
  | 'wraps'
  | 'tooBig'
  | 'targetUnaligned'
  | 'lengthsDiffer'
  | 'badFlags'
  | 'badMode'
  | 'badFile';

/** One call in pages: the same record for all operations, with 0, false or "" where a field has no meaning. */
export interface Call {
  readonly op: CallOp;
  /** mremap: old address; load and store: the page of the first byte; brk: the page at which the heap is to end. */
  readonly addr: number;
  /** Rounded up; mremap: old length; load and store: 1, or 2 if the access crosses a page. */
  readonly len: number;
  /** mremap: new address; mmap: the address that was chosen, or addr when fixed; brk: the page of the address. */
  readonly newAddr: number;
  /** mremap: new length. */
  readonly newLen: number;
  readonly mayMove: boolean;
  readonly fixed: boolean;
  readonly dontUnmap: boolean;
  readonly noReplace: boolean;
  readonly read: boolean;
  readonly write: boolean;
  readonly exec: boolean;
  readonly shared: boolean;
  readonly noreserve: boolean;
  /** mmap: MAP_LOCKED. */
  readonly locked: boolean;
  /** mmap: MAP_POPULATE. */
  readonly populate: boolean;
  readonly file: number;
  readonly pgoff: number;
  /** mlock2: MLOCK_ONFAULT. */
  readonly onFault: boolean;
  /** uffdRegister: modes; mlockall and msync: flags. */
  readonly mode: number;
  /** uffdRegister, uffdUnregister, uffdClose: which userfaultfd. */
  readonly ctx: number;
  /** madvise: "DONTNEED" for MADV_DONTNEED. */
  readonly advice: string;
  readonly argClass: ArgClass;
}

/** A call's result as properties see it. A signal is in `errno` ("SIGSEGV", "SIGBUS"). */
export interface Result {
  readonly ok: boolean;
  /** Pages (mmap, mremap); 0 otherwise. */
  readonly value: number;
  /** "" when ok. */
  readonly errno: string;
}

/** What differs between kernel releases: the named facts, each true where it holds. See `FACTS` for ranges and sources. */
export type Profile = Readonly<Record<FactName, boolean>>;

/** An error number by name. */
export type Errno = `E${string}`;

/** Signals that a load or a store can raise. */
export type Signal = 'SIGSEGV' | 'SIGBUS';

/** The call succeeded; `value` is what it returned (an address in bytes, or the 8 bytes that were loaded). */
export interface Done {
  readonly ok: true;
  readonly value: bigint;
  /** mincore: one 0 or 1 per page. */
  readonly vector?: string;
}

/** The call was refused; `why` names the check that refused it. */
export interface Refused {
  readonly ok: false;
  readonly errno: Errno;
  readonly why: string;
}

/** The access raised a signal; `why` names the reason. */
export interface Signalled {
  readonly ok: false;
  readonly signal: Signal;
  readonly why: string;
}

/** The address handed in as the kernel's choice is none that the kernel can have chosen. Nothing was done. */
export interface IllegalChoice {
  readonly ok: false;
  readonly illegal: string;
}

/** The call uses something that the model does not know (a flag, say). Nothing was done. */
export interface NotModelled {
  readonly ok: false;
  readonly notModelled: string;
}

/** What a call did. Calls never throw for what a caller can cause. */
export type Outcome = Done | Refused | Signalled | IllegalChoice | NotModelled;

/**
 * The address that the kernel chose where the caller left it open, in bytes: known from a trace; `null` when the kernel
 * found no room; absent to let the model choose (top-down below `mmapBase`).
 */
export type Chosen = bigint | null | undefined;

/** A call with the arguments as the kernel gets them: unsigned 64-bit numbers. `file` 0 stands for a bad descriptor or none. */
export type RawCall =
  | {
      readonly op: 'mmap';
      readonly addr: bigint;
      readonly length: bigint;
      readonly prot: bigint;
      readonly flags: bigint;
      readonly file: number;
      readonly offset: bigint;
      readonly chosen?: Chosen;
    }
  | { readonly op: 'munmap'; readonly addr: bigint; readonly length: bigint }
  | { readonly op: 'mlock'; readonly addr: bigint; readonly length: bigint }
  | { readonly op: 'munlock'; readonly addr: bigint; readonly length: bigint }
  | { readonly op: 'mprotect'; readonly addr: bigint; readonly length: bigint; readonly prot: bigint }
  | {
      readonly op: 'mremap';
      readonly oldAddr: bigint;
      readonly oldLen: bigint;
      readonly newLen: bigint;
      readonly flags: bigint;
      readonly newAddr: bigint;
      readonly chosen?: Chosen;
    }
  | { readonly op: 'mlock2'; readonly addr: bigint; readonly length: bigint; readonly flags: bigint }
  | { readonly op: 'mseal'; readonly addr: bigint; readonly length: bigint; readonly flags: bigint }
  | { readonly op: 'madvise'; readonly addr: bigint; readonly length: bigint; readonly advice: bigint }
  | { readonly op: 'msync'; readonly addr: bigint; readonly length: bigint; readonly flags: bigint }
  | { readonly op: 'mincore'; readonly addr: bigint; readonly length: bigint }
  | { readonly op: 'mlockall'; readonly flags: bigint }
  | { readonly op: 'munlockall' }
  | { readonly op: 'brk'; readonly addr: bigint }
  | {
      readonly op: 'uffdRegister';
      readonly addr: bigint;
      readonly length: bigint;
      readonly mode: bigint;
      /** Default: the first context. */
      readonly ctx?: number;
    }
  | { readonly op: 'uffdUnregister'; readonly addr: bigint; readonly length: bigint; readonly ctx?: number }
  | { readonly op: 'uffdClose'; readonly ctx?: number }
  | { readonly op: 'setLimit'; readonly resource: keyof Limits; readonly value: number }
  | { readonly op: 'setCapability'; readonly name: string; readonly on: boolean }
  | { readonly op: 'load'; readonly addr: bigint }
  | { readonly op: 'store'; readonly addr: bigint; readonly value: bigint };

/** The raw calls of this package; `mremap` is performed by @vmacheck/mremap. */
export type ModelCall = Exclude<RawCall, { readonly op: 'mremap' }>;
export type RawMmap = Extract<RawCall, { readonly op: 'mmap' }>;
export type RawMremap = Extract<RawCall, { readonly op: 'mremap' }>;

/** Where a merge was attempted. */
export type MergeSite = 'newRange' | 'modify' | 'copy' | 'expand';

/** One merge decision, for a reader who asks why two VMAs are or are not one. */
export interface MergeDecision {
  readonly site: MergeSite;
  readonly side: 'left' | 'right' | 'both';
  readonly merged: boolean;
  /** The rule that refused, with the values that decided; "" when merged. */
  readonly rule: string;
  /** The range that was proposed. */
  readonly start: number;
  readonly end: number;
  readonly neighbour: Vma | undefined;
}

/** Takes merge decisions as they are made; see `AddressSpace.explain`. */
export type WhySink = (decision: MergeDecision) => void;

/**
 * What an object charges to the global commit counter: its size when it is made (`shmem_acct_size`), each page when it comes to
 * exist (`shmem_acct_blocks`), or nothing, as a file that was there before.
 */
export type Accounting = 'size' | 'blocks' | 'none';

/** A file that a program can map. */
export interface FileSpec {
  /** The identity of the open file, 1 or more. */
  readonly file: number;
  /** Size in pages; contents start as zeros. */
  readonly pages: number;
  /** Default: as a memfd, `blocks`. */
  readonly accounting?: Accounting;
}

/** What locking does to a VMA. */
export interface LockFlags {
  /** VM_LOCKED. */
  readonly locked: boolean;
  /** VM_LOCKONFAULT. */
  readonly lockonfault: boolean;
}

/** Resource limits in force; `Infinity` is none. Bytes, but for `maxMapCount`. */
export interface Limits {
  /** RLIMIT_MEMLOCK. */
  readonly memlock: number;
  /** RLIMIT_AS. */
  readonly as: number;
  /** RLIMIT_DATA. */
  readonly data: number;
  /** vm.max_map_count. */
  readonly maxMapCount: number;
}

/** What the mappings of the process count that the model does not see. Pages, but for `mapCount`. */
export interface Baseline {
  readonly mapCount: number;
  readonly totalVm: number;
  readonly dataVm: number;
  /** Locked already. */
  readonly lockedVm: number;
}

/** What is in /sys/kernel/mm/transparent_hugepage/enabled. */
export type HugePages = 'always' | 'madvise' | 'never';

/** A userfaultfd. */
export interface UffdContext {
  readonly id: number;
  /** As in UFFDIO_API: "EVENT_REMAP", "SIGBUS", .... */
  readonly features: ReadonlySet<string>;
}

/** A message of a userfaultfd about a change of memory that is registered with it (struct uffd_msg). In pages. */
export type UffdEvent =
  | { readonly ctx: number; readonly event: 'REMAP'; readonly from: number; readonly to: number; readonly len: number }
  | { readonly ctx: number; readonly event: 'UNMAP' | 'REMOVE'; readonly from: number; readonly len: number }
  | { readonly ctx: number; readonly event: 'FORK' };

/** What a new address space starts from. Everything has a default. */
export interface SpaceOptions {
  readonly profile?: Profile;
  readonly files?: readonly FileSpec[];
  /** VMAs that exist already; counters start from them. */
  readonly vmas?: readonly Vma[];
  /** The process has a userfaultfd (default true): one with the id 1 and the feature SIGBUS. */
  readonly hasUffd?: boolean;
  /** The userfaultfds of the process, where there are others than that. */
  readonly contexts?: readonly UffdContext[];
  /** Default: no limits but 65,530 mappings. */
  readonly limits?: Partial<Limits>;
  /** The process holds CAP_IPC_LOCK (default true). */
  readonly capIpcLock?: boolean;
  /** Default: nothing but what the model sees. */
  readonly baseline?: Partial<Baseline>;
  /** The address where the heap begins, empty. Default: below everything. */
  readonly brk?: bigint;
  /** vm.overcommit_memory; 2 makes the kernel ignore MAP_NORESERVE. */
  readonly overcommit?: 0 | 1 | 2;
  /** Which private anonymous memory is made of huge pages where it can be. Default: what was advised so. */
  readonly hugePages?: HugePages;
  /** The anon_vmas of `vmas` came by fork. */
  readonly forked?: boolean;
  /** Pages whose layout is known; a hint outside of it may be ignored by the kernel. Default: all. */
  readonly known?: { readonly start: number; readonly end: number } | undefined;
  /** Page below which the kernel looks for room. */
  readonly mmapBase?: number;
  /** `vmas` and `mmapBase` are those of the whole process, so that there is one address that the kernel chooses. */
  readonly predicts?: boolean;
  /** Lowest page for hints. */
  readonly mmapMin?: number;
}
