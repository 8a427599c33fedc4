import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { compileRunner } from './compile.js';
import { type Kernel, kernelOf, KernelUnavailable, probedValues } from './kernel.js';

const run = promisify(execFile);

/** What the kernel of this machine offers to this user. */
export interface LiveKernel extends Kernel {
  readonly available: true;
  /** The compiled runner. */
  readonly runner: string;
}

/** Why programs cannot be run here. */
export interface NoLiveKernel {
  readonly available: false;
  readonly reason: string;
}

const none = (reason: string): NoLiveKernel => ({ available: false, reason });

/** Settings that decide results and that the runner does not look at, as lines like its own. */
const settings = {
  thp: '/sys/kernel/mm/transparent_hugepage/enabled',
  overcommit: '/proc/sys/vm/overcommit_memory',
  maxMapCount: '/proc/sys/vm/max_map_count',
} as const;

async function settingLines(): Promise<string> {
  const lines = Object.entries(settings).map(async ([name, file]) => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text === '' ? '' : `${name} ${text.trim()}\n`;
  });
  return (await Promise.all(lines)).join('');
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
  try {
    const kernel = kernelOf(probedValues(output + (await settingLines())));
    return { available: true, ...kernel, runner: compiled.path };
  } catch (error) {
    if (error instanceof KernelUnavailable) return none(error.message);
    throw error;
  }
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
