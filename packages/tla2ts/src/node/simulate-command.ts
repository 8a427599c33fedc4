/** `tla2ts simulate SPEC`: walks random behaviours of a specification. */
import { randomInt } from 'node:crypto';
import { renderSimulation, simulateJson, simulateSpec } from '../explore/index.js';
import { loadModel } from './load-model.js';
import { complain, mayColor, print, tell, type ExitCode } from './terminal.js';
import { world } from './world.js';

export interface SimulateCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
  /** States of a behaviour, at most. */
  readonly depth?: number;
  /** Behaviours. */
  readonly num?: number;
  readonly seed?: number;
  readonly seconds?: number;
}

export function simulateCommand(path: string, options: SimulateCommandOptions, isInterrupted: () => boolean): ExitCode {
  const loaded = loadModel(path, options.config);
  if (!loaded) return 2;
  const { spec, config, source } = loaded;
  const { depth, num, seconds, seed = randomInt(2 ** 32) } = options;
  const outcome = simulateSpec(spec, config, {
    seed,
    ...(depth !== undefined && { depth }),
    ...(num !== undefined && { behaviours: num }),
    ...(seconds !== undefined && { maxSeconds: seconds }),
    print: (text) => tell(`${text}\n`),
    world,
    onProgress: () => !isInterrupted(),
  });
  if (!('result' in outcome)) {
    complain(outcome, source);
    return 2;
  }
  complain(outcome.warnings, source);
  print(
    options.json === true
      ? JSON.stringify(simulateJson(outcome))
      : renderSimulation(outcome, { color: mayColor(process.stdout) }),
  );
  if (outcome.result === 'inconclusive') return 3;
  return outcome.result === 'success' ? 0 : 1;
}
