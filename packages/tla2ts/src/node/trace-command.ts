/** `tla2ts trace SPEC FILE`: says whether a specification allows a recorded trace, and where not. */
import { readFileSync } from 'node:fs';
import { compileForChecker } from '../explore/compile.js';
import { readerOf, type Reader } from '../explore/differences.js';
import { renderTrace } from '../explore/render.js';
import { followTrace, type FollowedTrace, UnknownVariable } from '../explore/traces/follow-trace.js';
import { readTrace, type RecordedTrace, TraceFileError } from '../explore/traces/trace-file.js';
import { SpecError } from '../explore/values/values.js';
import { userPath } from './files.js';
import { loadModel } from './load-model.js';
import { complain, fail, mayColor, print, reasonOf, type ExitCode } from './terminal.js';
import { world } from './world.js';

export interface TraceCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
}

export function traceCommand(path: string, file: string, options: TraceCommandOptions): ExitCode {
  const loaded = loadModel(path, options.config);
  if (!loaded) return 2;
  const { spec, config, source } = loaded;
  const compiled = compileForChecker(spec, config, { world, print: (text) => process.stderr.write(`${text}\n`) });
  if (!('program' in compiled)) {
    complain(compiled, source);
    return 2;
  }
  complain(compiled.warnings, source);
  let recorded: RecordedTrace;
  let found: FollowedTrace;
  try {
    recorded = readTrace(readFileSync(userPath(file), 'utf8'));
    found = followTrace(compiled, recorded);
  } catch (error) {
    if (error instanceof SpecError) return fail(`the specification has no next state: ${error.message}`);
    if (
      error instanceof UnknownVariable ||
      error instanceof TraceFileError ||
      (error instanceof Error && 'code' in error)
    ) {
      return fail(`cannot follow the trace ${file}: ${reasonOf(error)}`);
    }
    throw error;
  }
  const reader = readerOf(compiled.table);
  print(options.json === true ? JSON.stringify(jsonOf(found, recorded, reader)) : textOf(found, recorded, reader));
  if (found.isAllowed) return 0;
  return found.isCut ? 3 : 1;
}

function jsonOf(
  { isAllowed, isCut, trace, violated, nearest }: FollowedTrace,
  { states }: RecordedTrace,
  reader: Reader,
): object {
  const result = isAllowed ? 'allowed' : isCut ? 'inconclusive' : 'not allowed';
  const steps = trace.map(({ label }) => label ?? null);
  if (isAllowed) return { result, states: states.length, steps, violated };
  const differences = nearest?.differences.map(({ variable, value }) => ({ variable, value: reader.format(value) }));
  return {
    result,
    states: states.length,
    failedAt: trace.length + 1,
    steps,
    nearest: { step: nearest?.label ?? null, differences },
  };
}

function textOf(
  { isAllowed, isCut, trace, violated, nearest }: FollowedTrace,
  { states }: RecordedTrace,
  reader: Reader,
): string {
  const shown = trace.length === 0 ? [] : ['', renderTrace(trace, reader, { color: mayColor(process.stdout) })];
  if (isAllowed) {
    const wrong = violated.map((name) => `its last state violates the invariant ${name}`);
    return [`allowed: all ${states.length} states`, ...wrong, ...shown].join('\n');
  }
  const at = trace.length;
  if (isCut) return [`inconclusive: more states agree with state ${at + 1} than are followed`, ...shown].join('\n');
  const recorded = states[at] ?? {};
  const lines = (nearest?.differences ?? []).flatMap(({ variable, value }) => [
    `     ${variable} = ${reader.format(value)}`,
    `     but the trace has ${JSON.stringify(recorded[variable])}`,
  ]);
  const step = nearest?.label === undefined ? 'an initial state' : nearest.label;
  const nearestLines =
    nearest === undefined ? ['there is no step at all'] : [`the nearest is ${step}, after which`, ...lines];
  return [`not allowed: state ${at + 1} of ${states.length}`, ...shown, '', ...nearestLines].join('\n');
}
