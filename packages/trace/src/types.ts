/**
 * The records of the trace format, version 1, as they stand in memory. `type` and `version` belong to the lines of a file: the
 * reader checks and drops them, the writer puts them back. Fields that the format does not know are kept in the objects.
 *
 * Addresses, lengths and values are hexadecimal strings because they are 64-bit numbers that must survive every JSON reader.
 */

/** "0x10000005000": at most 64 bits. `parseHex` gives the bigint. */
export type Hex = `0x${string}`;

/** An address, or in a program that has not run yet "r3+0x1000": the value of step 3's result plus an offset. */
export type Address = Hex | `r${number}+0x${string}`;

/** A raw ABI number (prot, flags, advice, mode): a JSON integer or hexadecimal. `toBits` gives the 64 bits. */
export type RawNumber = number | Hex;

/** What a file descriptor of the program can name. */
export type FileRecord =
  | { readonly kind: 'memfd'; readonly pages: number }
  | { readonly kind: 'file'; readonly path: string; readonly pages: number | null };

/** The userfaultfd of a program: one context, or several with names. `features` null: unknown. */
export type UffdRecord =
  | { readonly features: readonly string[] | null; readonly contexts?: never }
  | {
      readonly contexts: Readonly<Record<string, { readonly features: readonly string[] | null }>>;
      readonly features?: never;
    };

/** One VMA as /proc/PID/maps and smaps show it. `start` and `end` are its own bounds, also where they reach beyond the window. */
export interface VmaRecord {
  readonly start: Hex;
  readonly end: Hex;
  /** As in maps: "rw-p". */
  readonly perms: string;
  readonly offset: Hex;
  /** A name in `files`, "shmem" for shared anonymous memory, null for private anonymous. */
  readonly file: string | null;
  /** The two-letter codes of smaps, separated by blanks; absent: nobody looked. */
  readonly vmFlags?: string;
  /** Of mappings that the program did not make: the path, or [stack], [heap], [vdso]. */
  readonly name?: string;
  /** Of mappings that the program did not make: it has private pages. */
  readonly anonymous?: boolean;
}

/** Counters of the process in pages, as far as they were read. `committed` is global. */
export interface Counters {
  readonly mapCount?: number;
  readonly totalVm?: number;
  readonly lockedVm?: number;
  readonly dataVm?: number;
  readonly committed?: number;
}

/** What of the kernel's configuration decides results, as far as it is known. */
export interface KernelConfig {
  readonly thp?: 'always' | 'madvise' | 'never';
  readonly softDirty?: boolean;
  readonly anonNames?: boolean;
  readonly overcommit?: 0 | 1 | 2;
  readonly mmapMinAddr?: Hex;
  readonly mmapBase?: Hex;
}

/** Resource limits beyond RLIMIT_MEMLOCK, in bytes ("unlimited" where there is none) or mappings. */
export interface Limits {
  readonly maxMapCount?: number;
  readonly rlimitAs?: number | 'unlimited';
  readonly rlimitData?: number | 'unlimited';
}

/** The program record: the circumstances under which the steps run. */
export interface ProgramHeader {
  /** Names the program in reports. */
  readonly id: string;
  /** `uname -r`; null for a program that has not run yet. */
  readonly kernel: string | null;
  /** `uname -v`, where the release alone does not show the patch level. */
  readonly kernelVersion?: string;
  readonly arch: string;
  readonly pageSize: number;
  /** The range under observation; null is the whole address space. */
  readonly window: { readonly start: Hex; readonly end: Hex } | null;
  readonly files: Readonly<Record<string, FileRecord>>;
  readonly capIpcLock: boolean;
  /** Bytes. */
  readonly rlimitMemlock: number | 'unlimited';
  readonly limits?: Limits;
  /** null: the program has no userfaultfd. */
  readonly uffd: UffdRecord | null;
  /** The VMAs before the first step, in the window. */
  readonly mappings: readonly VmaRecord[];
  readonly origin?: 'execve' | 'fork';
  /** Where the heap area begins. */
  readonly brk?: Hex;
  /** Of the whole process before the first step. */
  readonly baseline?: Counters;
  readonly config?: KernelConfig;
}

/** A program: its record and its steps, in order. */
export interface Program extends ProgramHeader {
  readonly steps: readonly Step[];
}

/** What a step gave: a syscall's value (`load`: what was read; `store`: "0x0"), a symbolic errno, or a signal. */
export type StepResult =
  | { readonly value: Hex; readonly errno?: never; readonly signal?: never }
  | { readonly errno: string; readonly value?: never; readonly signal?: never }
  | { readonly signal: 'SIGSEGV' | 'SIGBUS'; readonly value?: never; readonly errno?: never };

/** A userfaultfd event that a step sent. */
export interface UffdEvent {
  readonly ctx: string;
  readonly event: string;
  readonly from?: Hex;
  readonly to?: Hex;
  readonly len?: Hex;
}

/** A range of addresses as most calls take it. */
export interface RangeArgs {
  readonly addr: Address;
  readonly length: Hex;
}

/** The arguments of every operation of the format. */
export interface StepArgs {
  readonly mmap: RangeArgs & {
    readonly prot: RawNumber;
    readonly flags: RawNumber;
    /** -1, a name in `files`, or "unknown". */
    readonly fd: -1 | string;
    readonly offset: Hex;
  };
  readonly munmap: RangeArgs;
  readonly mlock: RangeArgs;
  readonly munlock: RangeArgs;
  readonly mprotect: RangeArgs & { readonly prot: RawNumber };
  readonly mremap: {
    readonly oldAddr: Address;
    readonly oldLen: Hex;
    readonly newLen: Hex;
    readonly flags: RawNumber;
    readonly newAddr: Address;
  };
  readonly madvise: RangeArgs & { readonly advice: RawNumber };
  readonly mlock2: RangeArgs & { readonly flags: RawNumber };
  readonly mseal: RangeArgs & { readonly flags: RawNumber };
  readonly msync: RangeArgs & { readonly flags: RawNumber };
  readonly mlockall: { readonly flags: RawNumber };
  readonly munlockall: Readonly<Record<string, never>>;
  readonly mincore: RangeArgs;
  readonly brk: { readonly addr: Address };
  readonly uffdRegister: RangeArgs & { readonly mode: RawNumber; readonly ctx?: string };
  readonly uffdUnregister: RangeArgs & { readonly ctx?: string };
  readonly uffdClose: { readonly ctx?: string };
  /** One 8-byte write at addr. */
  readonly store: { readonly addr: Address; readonly value: Hex };
  /** One 8-byte read at addr. */
  readonly load: { readonly addr: Address };
  readonly fork: Readonly<Record<string, never>>;
  readonly exit: Readonly<Record<string, never>>;
  readonly setLimit: {
    readonly resource: 'memlock' | 'as' | 'data' | 'maxMapCount';
    readonly value: number | Hex | 'unlimited';
  };
  readonly setCapability: { readonly name: string; readonly on: boolean };
  /** No call: the VMA at addr was seen to have private pages. */
  readonly faulted: { readonly addr: Address };
  /** A call without an operation of its own. */
  readonly other: { readonly call: string; readonly [argument: string]: unknown };
  /** No call: something unobserved changed the layout. */
  readonly drift: { readonly why: string };
}

/** The name of an operation. */
export type Op = keyof StepArgs;

/** What every step can carry beside its operation and arguments. */
export interface StepObservation {
  /** Absent: nobody ran the step yet. */
  readonly result?: StepResult;
  /** The VMAs in the window after the step; "unchanged": as before it; absent: nobody looked. */
  readonly after?: readonly VmaRecord[] | 'unchanged';
  /** First 8 bytes of pages, by page address; read in a way that faults nothing in. */
  readonly contents?: Readonly<Record<Hex, Hex>>;
  readonly counters?: Counters;
  readonly events?: readonly UffdEvent[];
  /** mincore: one 0 or 1 per page. */
  readonly vector?: string;
  /** The process that acted, after a fork; 0 when absent. */
  readonly proc?: number;
}

/** One step with the operation `K`. */
export type StepOf<K extends Op> = StepObservation & { readonly op: K; readonly args: StepArgs[K] };

/** One step of a program; `op` discriminates the union. */
export type Step = { [K in Op]: StepOf<K> }[Op];

/** The version of the format that this package reads and writes. */
export const FORMAT_VERSION = 1;
