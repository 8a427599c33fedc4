/** Fuzzing the model: every generated program runs under the generated properties. */
import {
  NearMonitor,
  type NearOperators,
  type Profile,
  profileFor,
  type Properties,
  type PropertyCount,
  PropertyMonitor,
  type PropertyViolation,
  Session,
} from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';
import { generatePrograms, type GenerateOptions } from './generate.js';
import { shrinkProgram } from './shrink.js';
import { type Statistics, StatisticsObserver } from './statistics.js';

/** A program under which a property does not hold. */
export interface PropertyFailure {
  readonly violation: PropertyViolation;
  /** The step at which it was seen, counted from 0, in the shrunk program. */
  readonly step: number;
  /** As generated. */
  readonly original: Program;
  /** As small as it could be made. */
  readonly program: Program;
}

/** What a run of the fuzzer saw. */
export interface FuzzOutcome {
  readonly programs: number;
  readonly statistics: Statistics;
  readonly properties: readonly PropertyCount[];
  readonly failure: PropertyFailure | undefined;
}

/** What to run. */
export interface FuzzOptions extends GenerateOptions {
  readonly properties: Properties;
  /** Given: properties are evaluated on the neighbourhood of each call, see `NearMonitor`. */
  readonly near?: NearOperators;
  /** Default: the newest release. */
  readonly profile?: Profile;
  /** Called after each program. @returns false to stop */
  readonly onProgress?: (programs: number, statistics: Statistics) => boolean | void | Promise<boolean | void>;
}

/** Runs programs until one violates a property, which is then shrunk. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzOutcome> {
  const profile = options.profile ?? profileFor(null).profile;
  const monitor = new PropertyMonitor(options.properties);
  const observer = new StatisticsObserver(
    options.near === undefined ? monitor : new NearMonitor(monitor, options.near),
  );
  let programs = 0;
  let failure: PropertyFailure | undefined;
  for (const program of generatePrograms(options)) {
    const at = firstViolation(program, profile, monitor, observer);
    programs += 1;
    if (at !== undefined) {
      failure = await shrunkFailure(program, at.violation, profile, options.properties);
      break;
    }
    if ((await options.onProgress?.(programs, observer.statistics)) === false) break;
  }
  return { programs, statistics: observer.statistics, properties: monitor.counts, failure };
}

interface Found {
  readonly step: number;
  readonly violation: PropertyViolation;
}

/** Runs a program until a property does not hold. */
function firstViolation(
  program: Program,
  profile: Profile,
  monitor: PropertyMonitor,
  observer: StatisticsObserver,
): Found | undefined {
  monitor.reset();
  const session = new Session(program, profile, observer);
  for (let step = 0; step < program.steps.length; step++) {
    session.perform(program.steps[step] as Step);
    if (monitor.violation !== undefined) return { step, violation: monitor.violation };
  }
  return undefined;
}

/** The first property that a program violates, if any, under a fresh monitor. */
export function violationOf(program: Program, properties: Properties, profile: Profile): Found | undefined {
  const monitor = new PropertyMonitor(properties);
  return firstViolation(program, profile, monitor, new StatisticsObserver(monitor));
}

async function shrunkFailure(
  original: Program,
  violation: PropertyViolation,
  profile: Profile,
  properties: Properties,
): Promise<PropertyFailure> {
  const same = (program: Program): Found | undefined => {
    const found = violationOf(program, properties, profile);
    return found?.violation.name === violation.name ? found : undefined;
  };
  const { program } = await shrinkProgram(original, (candidate) => same(candidate) !== undefined);
  const found = same(program) as Found;
  return {
    violation,
    step: found.step,
    original,
    program: { ...program, steps: program.steps.slice(0, found.step + 1) },
  };
}
