import type { KernelConfig } from '@vmacheck/trace';
import { featureNames } from './uffd.js';

/** What a kernel offers to programs, as `runner probe` saw it there. */
export interface Kernel {
  /** `uname -r` and `uname -v`. */
  readonly release: string;
  readonly version: string;
  readonly config: KernelConfig;
  readonly maxMapCount: number;
  /** CAP_IPC_LOCK is effective. */
  readonly capIpcLock: boolean;
  /** The soft RLIMIT_MEMLOCK in bytes. */
  readonly rlimitMemlock: number | 'unlimited';
  /** mseal(2) exists. */
  readonly mseal: boolean;
  /** userfaultfd: unrestricted, for faults from user mode only, or not at all. */
  readonly uffd: 'full' | 'user-mode-only' | 'none';
  /** The features of userfaultfd that this kernel and the recorder have. */
  readonly uffdFeatures: readonly string[];
  /** Addresses are randomised, because the sandbox does not let the recorder switch that off: recordings are not reproducible. */
  readonly randomised: boolean;
}

/** This machine lacks what running programs takes: Linux on x86_64, a C compiler, a readable /proc, an image, an emulator. */
export class KernelUnavailable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'KernelUnavailable';
  }
}

/** Reads lines `name value`. */
export function probedValues(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').map((line) => [line.split(' ', 1)[0] as string, line.slice(line.indexOf(' ') + 1).trim()]),
  );
}

function configOf(probed: ReadonlyMap<string, string>): KernelConfig {
  const thp = /\[(always|madvise|never)\]/.exec(probed.get('thp') ?? '')?.[1];
  const overcommit = probed.get('overcommit') ?? '';
  const min = probed.get('mmapMinAddr');
  const base = probed.get('mmapBase');
  return {
    // A kernel without the file is one without transparent huge pages.
    thp: (thp ?? 'never') as 'always' | 'madvise' | 'never',
    softDirty: probed.get('softDirty') === '1',
    anonNames: probed.get('anonNames') === '1',
    ...(/^[012]$/.test(overcommit) ? { overcommit: Number(overcommit) as 0 | 1 | 2 } : {}),
    ...(min === undefined ? {} : { mmapMinAddr: `0x${min}` as const }),
    ...(base === undefined ? {} : { mmapBase: `0x${base}` as const }),
  };
}

/**
 * @param probed what `runner probe` printed, and of the kernel's settings `thp`, `overcommit`, `maxMapCount`
 * @throws KernelUnavailable where VMAs cannot be observed
 */
export function kernelOf(probed: ReadonlyMap<string, string>): Kernel {
  if (probed.get('vmFlags') !== '1') {
    throw new KernelUnavailable('/proc/self/smaps cannot be read or shows no VmFlags');
  }
  const memlock = BigInt(`0x${probed.get('memlock') ?? '0'}`);
  return {
    release: probed.get('release') ?? '',
    version: probed.get('version') ?? '',
    config: configOf(probed),
    maxMapCount: Number(probed.get('maxMapCount') || 65530),
    capIpcLock: probed.get('ipcLock') === '1',
    rlimitMemlock: memlock === 0xffff_ffff_ffff_ffffn ? 'unlimited' : Number(memlock),
    mseal: probed.get('mseal') === '1',
    uffd: probed.get('uffd') === '2' ? 'full' : probed.get('uffd') === '1' ? 'user-mode-only' : 'none',
    uffdFeatures: featureNames(Number.parseInt(probed.get('uffdFeatures') ?? '0', 16)),
    randomised: probed.get('randomised') !== '0',
  };
}
