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
import { makeCrew, type SpecTexts } from './crew.js';
import { mostOfHeap } from './memory-size.js';
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
export interface RunOptions extends Omit<
  CheckOptions,
  'save' | 'resume' | 'maxBytes' | 'bytesInUse' | 'crew' | 'crewFor'
> {
  /** Where to write checkpoints; every `checkpointSeconds` (default 300), and when the run is interrupted or meets a bound. */
  readonly checkpoint?: string;
  readonly checkpointSeconds?: number;
  /** The checkpoint to go on from. */
  readonly resume?: string;
  /** Bytes of memory, at most; default: three quarters of what the machine has. */
  readonly memory?: number;
  /** Threads; default: one. */
  readonly workers?: number;
  /** Told what a user should know beside the outcome. */
  readonly note?: (text: string) => void;
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

/** Operators that depend on what was evaluated before: that is not in a checkpoint, and threads do not share it. */
const historic = /\b(TLCSet|TLCGetAndSet|RandomElement|RandomSubset|RandomSetOfSubsets)\b/;

const comments = /\\\*.*|\(\*[^]*?\*\)/g;

/**
 * @returns what was found, or what is wrong with specification and configuration
 * @throws RunError for a request that cannot be met
 */
export const runCheck = (input: CheckInput, options: RunOptions = {}): CheckOutcome | readonly Diagnostic[] => {
  const {
    checkpoint,
    checkpointSeconds = 300,
    resume,
    memory = defaultMemory(),
    workers = 1,
    note,
    ...others
  } = options;
  const { spec, config } = input;
  const compiled = compileForChecker(spec, config, others);
  if (!('program' in compiled)) return compiled;
  if (others.compact === true && compiled.selection.temporal.length > 0) {
    throw new RunError(
      'temporal properties need the states themselves, which --compact does not keep',
      'leave --compact out',
    );
  }
  const history = dependsOnHistory(input);
  if ((checkpoint !== undefined || resume !== undefined) && history !== undefined) {
    throw new RunError(`${history}, whose results are not in a checkpoint`, 'leave --checkpoint and --resume out');
  }
  const alone = workers > 1 ? history : undefined;
  if (alone !== undefined) note?.(`one worker: ${alone}, which depends on the order of evaluation`);
  const helpers = alone === undefined ? workers - 1 : 0;
  const origin = originOf(input);
  const opened = resume === undefined ? undefined : open(resume, origin);
  try {
    return checkCompiled(spec, config, compiled, {
      ...others,
      ...(checkpoint === undefined && resume === undefined ? {} : valuesOnly),
      maxBytes: memory,
      ...(helpers > 0 && {
        crewFor: (recipe, table) => makeCrew(helpers, textsOf(input, others.sometimes), recipe, table, memory),
      }),
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

const dependsOnHistory = ({ modules }: CheckInput): string | undefined => {
  for (const [name, { text }] of modules) {
    const found = historic.exec(text.replaceAll(comments, ''));
    if (found !== null) return `${name} uses ${found[1]}`;
  }
  return undefined;
};

const textsOf = ({ spec, config, configText, modules }: CheckInput, sometimes: readonly string[] = []): SpecTexts => ({
  root: spec.root.name,
  modules,
  config: { file: config.file ?? '', text: configText },
  sometimes,
});

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
