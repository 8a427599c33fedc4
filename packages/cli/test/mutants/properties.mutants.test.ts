/** Every broken variant violates a property that is generated from the specifications; no kernel is asked. */
import { generatePrograms, shrinkProgram } from '@vmacheck/fuzz';
import type { PropertyViolation } from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { PROPERTIES } from '../../src/properties.js';
import { CAUGHT_BY_PROPERTIES } from './code-mutants.js';
import { loadMutant, type MutatedReplay } from './load-mutant.js';

const PROGRAMS = 5000;
const STEPS = 32;
const SEED = 20261123;
const MOST_STEPS = 6;

/** The first property that the program violates in the mutant. */
function violationIn(
  { Session, PropertyMonitor, PROFILES }: MutatedReplay,
  program: Program,
): PropertyViolation | undefined {
  const monitor = new PropertyMonitor(PROPERTIES);
  const session = new Session(program, PROFILES['6.18'], monitor);
  for (const step of program.steps as readonly Step[]) {
    session.perform(step);
    if (monitor.violation !== undefined) return monitor.violation;
  }
  return undefined;
}

function firstCaught(mutant: MutatedReplay): { program: Program; violation: PropertyViolation } | undefined {
  for (const program of generatePrograms({ seed: SEED, programs: PROGRAMS, steps: STEPS })) {
    const violation = violationIn(mutant, program);
    if (violation !== undefined) return { program, violation };
  }
  return undefined;
}

describe(`properties catch mutants within ${PROGRAMS} programs (seed ${SEED}) and shrink them to ${MOST_STEPS} steps`, () => {
  test.for(CAUGHT_BY_PROPERTIES)('$name: $what', async (mutant) => {
    const replay = await loadMutant(mutant);
    const caught = firstCaught(replay);
    expect(caught, 'no program violates a property').toBeDefined();
    const { program, violation } = caught as NonNullable<typeof caught>;
    const shrunk = await shrinkProgram(program, (smaller) => violationIn(replay, smaller)?.name === violation.name);
    expect(shrunk.program.steps.length).toBeLessThanOrEqual(MOST_STEPS);
  });
});
