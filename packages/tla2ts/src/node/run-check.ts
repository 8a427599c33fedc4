/** Checks a specification as the programs do: with checkpoints, a bound on memory, and errors in words. */
import { totalmem } from 'node:os';
import { SnapshotError } from '@vmacheck/checker';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { type CheckOptions, checkCompiled } from '../explore/check.js';
import { type CompiledSpec, compileForChecker } from '../explore/compile.js';
import type { CheckInput } from '../explore/check-input.js';
import type { CheckOutcome } from '../explore/outcome.js';
import type { SearchOptions } from '../explore/search.js';
import { digestOf, openCheckpoint, type Origin, writeCheckpoint } from './checkpoint.js';
import { userPath } from './files.js';
import { heapIsFull } from './heap.js';
import { makeCrew, type SpecTexts } from './crew.js';
import { reasonOf } from './terminal.js';

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
  const history = dependsOnHistory(input);
  if ((checkpoint !== undefined || resume !== undefined) && history !== undefined) {
    throw new RunError(`${history}, whose results are not in a checkpoint`, 'leave --checkpoint and --resume out');
  }
  if (others.coverage === true && resume !== undefined) {
    throw new RunError('what was evaluated before is not counted in a checkpoint', 'leave --coverage or --resume out');
  }
  const attempt = (threads: number): CheckOutcome | readonly Diagnostic[] => {
    const compiled = compileForChecker(spec, config, others);
    if (!('program' in compiled)) return compiled;
    if (others.compact === true && compiled.program.model.atPath !== undefined) {
      throw new RunError('Trace needs the states themselves, which --compact does not keep', 'leave --compact out');
    }
    if (others.compact === true && compiled.selection.temporal.length > 0) {
      throw new RunError(
        'temporal properties need the states themselves, which --compact does not keep',
        'leave --compact out',
      );
    }
    const alone =
      history === undefined
        ? aloneFor(compiled, others.coverage)
        : `${history}, which depends on the order of evaluation`;
    if (threads > 1 && alone !== undefined) note?.(`one worker: ${alone}`);
    const helpers = alone === undefined ? threads - 1 : 0;
    const opened = resume === undefined ? undefined : open(resume, originOf(input));
    try {
      return checkCompiled(spec, config, compiled, {
        ...others,
        maxBytes: memory,
        ...(helpers > 0 && {
          crewFor: (recipe, table) => makeCrew(helpers, textsOf(input, others.sometimes), recipe, table, memory),
        }),
        bytesInUse: bytesInUse(memory),
        ...(checkpoint !== undefined && { save: saver(checkpoint, originOf(input)), saveSeconds: checkpointSeconds }),
        ...(opened && { resume: opened.search }),
      });
    } catch (error) {
      if (resume !== undefined && error instanceof SnapshotError) throw unusable(resume, error);
      throw error;
    } finally {
      opened?.close();
    }
  };
  const found = attempt(workers);
  // Which of several faults is met first depends on the order of values, which threads find in another order each time.
  return 'result' in found && found.isTie === true ? attempt(1) : found;
};

/** Why a specification is explored by one thread. */
const aloneFor = ({ selection, program: { model } }: CompiledSpec, coverage = false): string | undefined => {
  if (coverage) return '--coverage counts evaluations, on values and without remembering any';
  if (model.atPath !== undefined) return 'Trace is the way by which one thread came to a state';
  if (model.atStart !== undefined) return 'TLCGet asks how far the search has got';
  return selection.view && 'which of the states with one VIEW is explored depends on the order of evaluation';
};

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

const saver =
  (path: string, origin: Origin): NonNullable<SearchOptions['save']> =>
  (snapshot, recipe) => {
    try {
      writeCheckpoint(userPath(path), origin, snapshot, recipe);
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
  let looked: number | undefined;
  return () => {
    const now = performance.now();
    if (looked === undefined || now - looked >= millisecondsPerLook) {
      // The heap of a run that has just begun has room, and the first question takes a millisecond.
      const isFull = looked !== undefined && heapIsFull();
      looked = now;
      bytes = isFull ? memory + 1 : process.memoryUsage.rss();
    }
    return bytes;
  };
};
