/** `tla2ts check SPEC`: explores a specification with the checker. */
import { availableParallelism } from 'node:os';
import { type CheckOutcome, checkJson, renderCoverage, renderOutcome } from '../explore/index.js';
import { loadModel } from './load-model.js';
import { ProgressLine } from './progress.js';
import { RunError, runCheck } from './run-check.js';
import { complain, fail, mayColor, print, tell, type ExitCode } from './terminal.js';
import { world } from './world.js';
import { writeTrace } from './write-trace.js';

export interface CheckCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly maxStates?: number;
  readonly maxDepth?: number;
  readonly maxSeconds?: number;
  readonly memory?: number;
  readonly compact?: boolean;
  /** Tell how often each action led somewhere, and each expression was evaluated. */
  readonly coverage?: boolean;
  readonly workers?: number;
  readonly checkpoint?: string;
  readonly checkpointSeconds?: number;
  readonly resume?: string;
  /** Where to write a counterexample. */
  readonly trace?: string;
}

export function checkCommand(path: string, options: CheckCommandOptions, isInterrupted: () => boolean): ExitCode {
  const loaded = loadModel(path, options.config);
  if (!loaded) return 2;
  const { source } = loaded;
  const { config: _, json, trace, coverage = false, workers = availableParallelism(), ...asked } = options;
  const progress = new ProgressLine();
  const outcome = ((): ReturnType<typeof runCheck> | RunError => {
    try {
      return runCheck(loaded, {
        ...asked,
        coverage,
        workers,
        note: (text) => tell(`${text}\n`),
        print: (text) => tell(`${text}\n`),
        world,
        progressSeconds: 0.2,
        onProgress: (counts) => {
          progress.show(counts);
          return !isInterrupted();
        },
      });
    } catch (error) {
      if (error instanceof RunError) return error;
      throw error;
    } finally {
      progress.clear();
    }
  })();
  if (outcome instanceof RunError) return fail(outcome.message, outcome.help);
  if (!('result' in outcome)) {
    complain(outcome, source);
    return 2;
  }
  complain(outcome.warnings, source);
  const unwritten = trace === undefined ? undefined : writeTrace(trace, outcome);
  if (unwritten !== undefined) return fail(unwritten);
  if (json === true) print(JSON.stringify(checkJson(outcome, coverage)));
  else {
    const look = { color: mayColor(process.stdout) };
    print([renderOutcome(outcome, look), ...(coverage ? [renderCoverage(outcome, source, look)] : [])].join('\n'));
  }
  return exitCode(outcome);
}

function exitCode({ result, bound }: CheckOutcome): ExitCode {
  if (result === 'success') return 0;
  if (bound?.kind === 'interrupted') return 130;
  return result === 'inconclusive' ? 3 : 1;
}
