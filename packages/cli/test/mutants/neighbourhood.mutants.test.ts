/** Properties on the neighbourhood of each call give the verdicts that they give on whole states, for the model and for every broken variant of it; and catch these variants. */
import { generatePrograms } from '@vmacheck/fuzz';
import * as replay from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { NEAR, PROPERTIES } from '../../src/properties.js';
import { CAUGHT_BY_KERNEL, CAUGHT_BY_PROPERTIES } from './code-mutants.js';
import { loadMutant, type MutatedReplay } from './load-mutant.js';

const SEED = 20261130;
const STEPS = 32;

/** What both say of each step of a program: the first property that does not hold, by its name. */
function verdicts(
  { Session, PropertyMonitor, NearMonitor, PROFILES }: MutatedReplay,
  program: Program,
): readonly (readonly [whole: string | undefined, near: string | undefined])[] {
  const monitors = [new PropertyMonitor(PROPERTIES), new PropertyMonitor(PROPERTIES)] as const;
  const [whole, near] = [monitors[0], new NearMonitor(monitors[1], NEAR)];
  const session = new Session(program, PROFILES['6.18'], {
    step: (...args) => [whole, near].forEach((observer) => observer.step(...args)),
    state: (...args) => [whole, near].forEach((observer) => observer.state(...args)),
    phase: (...args) => [whole, near].forEach((observer) => observer.phase(...args)),
  });
  return (program.steps as readonly Step[]).map((step) => {
    for (const monitor of monitors) monitor.reset();
    session.perform(step);
    return [monitors[0].violation?.name, monitors[1].violation?.name] as const;
  });
}

describe(`the neighbourhood (seed ${SEED})`, () => {
  test.each(['mremap', 'all'] as const)('of calls of the model, alphabet %s, shows no violation', (alphabet) => {
    for (const program of generatePrograms({ seed: SEED, programs: 300, steps: STEPS, alphabet })) {
      expect(verdicts(replay, program).filter(([whole, near]) => whole !== near || near !== undefined)).toEqual([]);
    }
  });

  test('of calls among many VMAs shows no violation', () => {
    const options = { seed: SEED, programs: 2, steps: 1200, about: 'manyMappings', alphabet: 'all' } as const;
    for (const program of generatePrograms(options)) {
      expect(verdicts(replay, program).filter(([whole, near]) => whole !== near || near !== undefined)).toEqual([]);
    }
  });

  test.for([...CAUGHT_BY_PROPERTIES, ...CAUGHT_BY_KERNEL])('$name: $what', async (mutant) => {
    const mutated = await loadMutant(mutant);
    for (const program of generatePrograms({ seed: SEED, programs: 60, steps: STEPS })) {
      const said = verdicts(mutated, program);
      expect(said.map(([whole]) => whole)).toEqual(said.map(([, near]) => near));
    }
  });
});

describe(`the neighbourhood alone (seed ${SEED})`, () => {
  test.for(CAUGHT_BY_PROPERTIES)('catches $name: $what', async (mutant) => {
    const { Session, PropertyMonitor, NearMonitor, PROFILES } = await loadMutant(mutant);
    const monitor = new PropertyMonitor(PROPERTIES);
    const programs = generatePrograms({ seed: SEED, programs: 5000, steps: STEPS });
    const isCaught = (program: Program): boolean => {
      const session = new Session(program, PROFILES['6.18'], new NearMonitor(monitor, NEAR));
      return (program.steps as readonly Step[]).some((step) => {
        session.perform(step);
        return monitor.violation !== undefined;
      });
    };
    let caught = false;
    for (const program of programs) if ((caught = isCaught(program))) break;
    expect(caught, 'no program violates a property').toBe(true);
  });
});
