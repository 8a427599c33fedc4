/** Runs all that may reach a part of the specifications: the bounds, generated programs, recorded programs. */
import { basename, join } from 'node:path';
import { generatePrograms } from '@vmacheck/fuzz';
import {
  type Profile,
  profileFor,
  PROFILES,
  type Properties,
  PropertyMonitor,
  RecordedChecker,
  RELEASES,
  Session,
} from '@vmacheck/replay';
import { grouped } from '@vmacheck/report';
import type { Program, Step } from '@vmacheck/trace';
import { openPrograms } from '@vmacheck/trace/node';
import type { ModuleHost } from 'tla2ts';
import { CliError } from '../../errors.js';
import type { Progress } from '../../terminal.js';
import { runSpecs, type SpecsRun, textOf } from '../run-specs.js';
import { countedProperties } from './counted-properties.js';
import { parseReasons, type Reason } from './reasons.js';
import { Tally } from './tally.js';

/** How much is run. */
export interface MeasureOptions extends Omit<SpecsRun, 'mutants' | 'workers' | 'explore'> {
  /** States of each bound. */
  readonly maxStates: number;
  /** Undefined: the specifications say nothing of programs. */
  readonly programs: ProgramOptions | undefined;
}

/** Which programs are run. */
export interface ProgramOptions {
  /** Generated programs of each alphabet, spread over releases, and steps of each. */
  readonly generated: number;
  readonly steps: number;
  readonly seed: number;
  /** Traces of kernels. */
  readonly traces: readonly string[];
  /** Programs of each trace, at most. */
  readonly recorded: number;
}

/** What was run, and what it reached. */
export interface Measured {
  readonly tally: Tally;
  /** Why parts are reached by nothing. */
  readonly reasons: readonly Reason[];
  /** The text of a file of the specifications. */
  readonly source: (file: string) => string | undefined;
  readonly bounds: number;
  readonly states: number;
  readonly fuzzedSteps: number;
  readonly recordedSteps: number;
}

/**
 * @returns undefined: the user stopped it
 * @throws CliError CLI1002 when a property does not hold: then there is something else to do than to measure
 */
export async function measure(options: MeasureOptions, progress: Progress): Promise<Measured | undefined> {
  const tally = new Tally();
  const { reports, interrupted } = runSpecs(
    { ...options, mutants: false, workers: 1, explore: { coverage: true, maxStates: options.maxStates } },
    progress,
  );
  if (interrupted) return undefined;
  for (const { outcome } of reports) tally.add('explored', outcome?.expressions ?? []);
  const { folder, shown } = options;
  const source = (file: string): string | undefined => textOf(join(folder, basename(file)));
  const host = {
    read: (name: string) => {
      const file = join(shown, `${name}.tla`);
      const text = source(file);
      return text === undefined ? undefined : { file, text };
    },
  };
  const place = join(shown, 'unreached.json');
  const reasons = parseReasons(place, source(place));
  const ran = await runPrograms(options.programs, host, tally, progress);
  if (ran === undefined) return undefined;
  const states = reports.reduce((sum, { distinct }) => sum + distinct, 0);
  return { tally, reasons, source, bounds: reports.length, states, ...ran };
}

async function runPrograms(
  options: ProgramOptions | undefined,
  host: ModuleHost,
  tally: Tally,
  progress: Progress,
): Promise<Pick<Measured, 'fuzzedSteps' | 'recordedSteps'> | undefined> {
  if (options === undefined) return { fuzzedSteps: 0, recordedSteps: 0 };
  const fuzzed = countedProperties(host);
  const fuzzedSteps = await fuzz(options, fuzzed.all, progress);
  if (fuzzedSteps === undefined) return undefined;
  tally.add('fuzzed', fuzzed.counted());
  const recorded = countedProperties(host);
  const recordedSteps = await followTraces(options, recorded, progress);
  if (recordedSteps === undefined) return undefined;
  tally.add('recorded', recorded.counted());
  return { fuzzedSteps, recordedSteps };
}

async function fuzz(
  { seed, generated, steps }: ProgramOptions,
  properties: Properties,
  progress: Progress,
): Promise<number | undefined> {
  const share = Math.ceil(generated / RELEASES.length);
  let done = 0;
  for (const [k, release] of RELEASES.entries()) {
    const profile = PROFILES[release];
    for (const alphabet of ['mremap', 'all'] as const) {
      const options = { seed: seed + k, programs: share, steps, alphabet, profile, machineWide: true };
      for (const program of generatePrograms(options)) {
        run(program, properties, profile);
        done += steps;
        if (!(await progress.tick(() => `generated programs: ${grouped(done)} steps`))) return undefined;
      }
    }
  }
  return done;
}

/** What a kernel did, judged by what it shows; and the same program in the model, where it is seen whether each step is what the specification says. */
async function followTraces(
  { traces, recorded }: ProgramOptions,
  { shown, relation }: Pick<ReturnType<typeof countedProperties>, 'shown' | 'relation'>,
  progress: Progress,
): Promise<number | undefined> {
  const checker = new RecordedChecker(shown);
  let done = 0;
  for (const file of traces) {
    let count = 0;
    for await (const program of openPrograms(file)) {
      if (++count > recorded) break;
      const { profile } = profileFor(program.kernel, program.kernelVersion);
      const violation = checker.check(program, profile);
      if (violation !== undefined) throw violated(violation.name, program);
      run(program, relation, profile);
      done += program.steps.length;
      if (!(await progress.tick(() => `recorded programs: ${grouped(done)} steps`))) return undefined;
    }
  }
  return done;
}

function run(program: Program, properties: Properties, profile: Profile): void {
  const monitor = new PropertyMonitor(properties);
  const session = new Session(program, profile, monitor);
  for (const step of program.steps as readonly Step[]) session.perform(step);
  if (monitor.violation !== undefined) throw violated(monitor.violation.name, program);
}

function violated(name: string, { id }: Program): CliError {
  const help = 'vmacheck fuzz and vmacheck check-trace say more';
  return new CliError('CLI1002', `program ${id} violates ${name}: nothing is measured`, { help });
}
