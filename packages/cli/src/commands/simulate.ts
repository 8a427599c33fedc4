/** `vmacheck simulate`: walks random behaviours of a specification. */
import type { Command } from 'commander';
import { renderSimulation, simulateJson, simulateSpec } from 'tla2ts/node';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { positive, positiveNumber, randomSeed, seedNumber } from '../options.js';
import { complain, readSpecFiles } from '../spec-files.js';
import { mayColor, print, printJson, Progress, type Terminal } from '../terminal.js';

interface SimulateOptions {
  readonly config?: string;
  readonly depth?: number;
  readonly num?: number;
  readonly seed?: number;
  readonly seconds?: number;
  readonly json?: boolean;
}

export function addSimulate(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('simulate')
    .description('walk random behaviours of a TLA+ specification and print the shortest one in which a property fails')
    .argument('<spec>', 'a .tla file')
    .option('--config <file>', 'constants and properties (default: the .cfg of the same name)')
    .option('--depth <states>', 'states of a behaviour, at most (default: 100)', positive)
    .option('--num <count>', 'behaviours (default: 1000, or no limit with --seconds)', positive)
    .option('--seed <number>', 'the same seed gives the same run (default: another one each time)', seedNumber)
    .option('--seconds <seconds>', 'stop after this time', positiveNumber)
    .option('--json', 'print the result as JSON')
    .action((spec: string, options: SimulateOptions) => done(simulate(spec, options, terminal)));
}

function simulate(path: string, options: SimulateOptions, terminal: Terminal): ExitCode {
  const files = readSpecFiles(path, options.config, terminal);
  if (files === undefined) return EXIT.usage;
  const { spec, config, source } = files;
  const { depth, num, seconds, seed = randomSeed() } = options;
  const progress = new Progress(terminal);
  const outcome = simulateSpec(spec, config, {
    seed,
    ...(depth !== undefined && { depth }),
    ...(num !== undefined && { behaviours: num }),
    ...(seconds !== undefined && { maxSeconds: seconds }),
    print: (text) => terminal.err.write(`${text}\n`),
    onProgress: ({ behaviours, tested }) => progress.show(() => `${behaviours} behaviours, ${tested} states tested`),
  });
  progress.clear();
  if (!('result' in outcome)) {
    complain(outcome, source, terminal);
    return EXIT.usage;
  }
  complain(outcome.warnings, source, terminal);
  if (options.json === true) printJson(terminal, simulateJson(outcome));
  else {
    const head = `${outcome.spec} with ${outcome.config ?? 'no configuration'}`;
    print(terminal, [head, renderSimulation(outcome, { color: mayColor(terminal, 'out') })]);
  }
  if (outcome.result === 'inconclusive') return EXIT.inconclusive;
  return outcome.result === 'success' ? EXIT.holds : EXIT.violated;
}
