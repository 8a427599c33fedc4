import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { KernelConfig } from '@vmacheck/trace';
import { compileRunner } from './compile.js';
import { featureNames } from './uffd.js';

const run = promisify(execFile);

/** What the kernel of this machine offers to this user. */
export interface LiveKernel {
  readonly available: true;
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
  /** The compiled runner. */
  readonly runner: string;
}

/** Why programs cannot be run here. */
export interface NoLiveKernel {
  readonly available: false;
  readonly reason: string;
}

const none = (reason: string): NoLiveKernel => ({ available: false, reason });

async function words(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return '';
  }
}

async function kernelConfig(probed: ReadonlyMap<string, string>): Promise<KernelConfig> {
  const thp = /\[(always|madvise|never)\]/.exec(await words('/sys/kernel/mm/transparent_hugepage/enabled'))?.[1];
  const overcommit = await words('/proc/sys/vm/overcommit_memory');
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

async function probe(): Promise<LiveKernel | NoLiveKernel> {
  if (process.platform !== 'linux') return none(`this is ${process.platform}, not Linux`);
  if (process.arch !== 'x64') return none(`this is ${process.arch}; the recorder runs on x86_64 only`);
  const compiled = await compileRunner();
  if (!compiled.ok) return none(compiled.reason);
  let output: string;
  try {
    output = (await run(compiled.path, ['probe'], { timeout: 20_000 })).stdout;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return none(`the recorder does not run here: ${why}`);
  }
  const probed = new Map(
    output.split('\n').map((line) => [line.split(' ', 1)[0] as string, line.slice(line.indexOf(' ') + 1)]),
  );
  if (probed.get('vmFlags') !== '1') return none('/proc/self/smaps cannot be read or shows no VmFlags');
  const memlock = BigInt(`0x${probed.get('memlock') ?? '0'}`);
  return {
    available: true,
    release: probed.get('release') ?? '',
    version: probed.get('version') ?? '',
    config: await kernelConfig(probed),
    maxMapCount: Number((await words('/proc/sys/vm/max_map_count')) || 65530),
    capIpcLock: probed.get('ipcLock') === '1',
    rlimitMemlock: memlock === 0xffff_ffff_ffff_ffffn ? 'unlimited' : Number(memlock),
    mseal: probed.get('mseal') === '1',
    uffd: probed.get('uffd') === '2' ? 'full' : probed.get('uffd') === '1' ? 'user-mode-only' : 'none',
    uffdFeatures: featureNames(Number.parseInt(probed.get('uffdFeatures') ?? '0', 16)),
    randomised: probed.get('randomised') !== '0',
    runner: compiled.path,
  };
}

let found: Promise<LiveKernel | NoLiveKernel> | undefined;

/**
 * Can programs run on the kernel of this machine, and what does it offer? Compiles the recorder when the cache does not hold it;
 * asks once per process.
 */
export function probeLive(): Promise<LiveKernel | NoLiveKernel> {
  found ??= probe();
  return found;
}
