/** Checks a specification as the programs do: with checkpoints, a bound on memory, and errors in words. */
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { SnapshotError } from '@vmacheck/checker';
import type { ModelConfig } from '../config/config.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { type CheckOptions, checkCompiled } from '../explore/check.js';
import { compileForChecker } from '../explore/compile.js';
import type { CheckOutcome } from '../explore/outcome.js';
import type { ModuleSource } from '../names/modules.js';
import type { ResolvedSpec } from '../names/resolved.js';
import { digestOf, openCheckpoint, type Origin, writeCheckpoint } from './checkpoint.js';
import { userPath } from './files.js';
import { reasonOf } from './terminal.js';

/** A specification and its configuration with their texts. */
export interface CheckInput {
  readonly spec: ResolvedSpec;
  readonly config: ModelConfig;
  readonly configText: string;
  /** The modules that it is made of, by name. */
  readonly modules: ReadonlyMap<string, ModuleSource>;
}

/** What a user may ask for. */
export interface RunOptions extends Omit<CheckOptions, 'save' | 'resume' | 'maxBytes' | 'bytesInUse' | 'crew'> {
  /** Where to write checkpoints; every `checkpointSeconds` (default 300), and when the run is interrupted or meets a bound. */
  readonly checkpoint?: string;
  readonly checkpointSeconds?: number;
  /** The checkpoint to go on from. */
  readonly resume?: string;
  /** Bytes of memory, at most; default: three quarters of what the machine has. */
  readonly memory?: number;
}

/** A request that cannot be met, and what to do. */
export class RunError extends Error {
  override readonly name = 'RunError';

  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}

/** Operators that depend on what was evaluated before, which is not in a checkpoint. */
const unsaved = /\b(TLCSet|RandomElement)\b/;

const comments = /\\\*.*|\(\*[^]*?\*\)/g;

/**
 * @returns what was found, or what is wrong with specification and configuration
 * @throws RunError for a request that cannot be met
 */
export const runCheck = (input: CheckInput, options: RunOptions = {}): CheckOutcome | readonly Diagnostic[] => {
  const { checkpoint, checkpointSeconds = 300, resume, memory = defaultMemory(), ...others } = options;
  const { spec, config } = input;
  const compiled = compileForChecker(spec, config, others);
  if (!('program' in compiled)) return compiled;
  if (others.compact === true && compiled.selection.temporal.length > 0) {
    throw new RunError(
      'temporal properties need the states themselves, which --compact does not keep',
      'leave --compact out',
    );
  }
  if (checkpoint !== undefined || resume !== undefined) refuseUnsaved(input);
  const origin = originOf(input);
  const opened = resume === undefined ? undefined : open(resume, origin);
  try {
    return checkCompiled(spec, config, compiled, {
      ...others,
      ...(checkpoint === undefined && resume === undefined ? {} : valuesOnly),
      maxBytes: memory,
      bytesInUse: bytesInUse(memory),
      ...(checkpoint !== undefined && {
        save: (snapshot) => write(checkpoint, origin, snapshot),
        saveSeconds: checkpointSeconds,
      }),
      ...(opened && { resume: opened.snapshot }),
    });
  } catch (error) {
    if (resume !== undefined && error instanceof SnapshotError) throw unusable(resume, error);
    throw error;
  } finally {
    opened?.close();
  }
};

/** A layout of packed states depends on what was seen of them; words of values are the same in every run. */
const valuesOnly = { packed: false };

const refuseUnsaved = ({ modules }: CheckInput): void => {
  for (const [name, { text }] of modules) {
    const found = unsaved.exec(text.replaceAll(comments, ''));
    if (found !== null) {
      const message = `${name} uses ${found[1]}, whose results are not in a checkpoint`;
      throw new RunError(message, 'leave --checkpoint and --resume out');
    }
  }
};

const originOf = ({ modules, configText }: CheckInput): Origin => ({
  ...Object.fromEntries([...modules].map(([name, { text }]) => [`the module ${name}`, digestOf(text)])),
  'the configuration': digestOf(configText),
});

const open = (path: string, origin: Origin): ReturnType<typeof openCheckpoint> => {
  try {
    return openCheckpoint(userPath(path), origin);
  } catch (error) {
    throw unusable(path, error);
  }
};

const unusable = (path: string, error: unknown): RunError =>
  new RunError(`cannot go on from ${path}: ${reasonOf(error)}`, 'leave --resume out to begin anew');

const write = (path: string, origin: Origin, snapshot: Parameters<typeof writeCheckpoint>[2]): void => {
  try {
    writeCheckpoint(userPath(path), origin, snapshot);
  } catch (error) {
    throw new RunError(`cannot write the checkpoint ${path}: ${reasonOf(error)}`);
  }
};

const defaultMemory = (): number => Math.floor(totalmem() * 0.75);

/** Looks at the process every so many milliseconds only. */
const millisecondsPerLook = 50;

/** The part of the heap that values may take before the run ends: beyond it the process would. */
const mostOfHeap = 0.9;

/** The bytes of the process; more than there are when the heap of this thread is nearly full. */
const bytesInUse = (memory: number): (() => number) => {
  let bytes = 0;
  let looked = -Infinity;
  return () => {
    const now = performance.now();
    if (now - looked >= millisecondsPerLook) {
      looked = now;
      const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
      bytes = used > mostOfHeap * limit ? memory + 1 : process.memoryUsage.rss();
    }
    return bytes;
  };
};
