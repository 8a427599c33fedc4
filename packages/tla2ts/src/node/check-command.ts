/** `tla2ts check SPEC`: explores a specification with the checker. */
import { type CheckOutcome, checkJson, checkSpec, renderOutcome } from '../explore/index.js';
import { loadModel } from './load-model.js';
import { complain, print, type ExitCode } from './terminal.js';
import { world } from './world.js';

export interface CheckCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly maxStates?: number;
  readonly maxDepth?: number;
  readonly maxSeconds?: number;
}

export function checkCommand(path: string, options: CheckCommandOptions): ExitCode {
  const loaded = loadModel(path, options.config);
  if (!loaded) return 2;
  const { spec, config, source } = loaded;
  const { maxStates, maxDepth, maxSeconds } = options;
  const outcome = checkSpec(spec, config, {
    ...(maxStates !== undefined && { maxStates }),
    ...(maxDepth !== undefined && { maxDepth }),
    ...(maxSeconds !== undefined && { maxSeconds }),
    print: (text) => process.stderr.write(`${text}\n`),
    world,
  });
  if (!('result' in outcome)) {
    complain(outcome, source);
    return 2;
  }
  complain(outcome.warnings, source);
  print(options.json === true ? JSON.stringify(checkJson(outcome)) : renderOutcome(outcome));
  return exitCode(outcome);
}

function exitCode({ result }: CheckOutcome): ExitCode {
  if (result === 'success') return 0;
  return result === 'inconclusive' ? 3 : 1;
}
