/** Broken variants that no property tells from the right code: the kernel of this machine does. */
import { generatePrograms, shrinkProgram } from '@vmacheck/fuzz';
import { livePlace, probeLive, Recorder } from '@vmacheck/kernel';
import { profileFor } from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';
import { afterAll, describe, expect, test } from 'vitest';
import { CAUGHT_BY_KERNEL } from './code-mutants.js';
import { loadMutant, type MutatedReplay } from './load-mutant.js';

const PROGRAMS = 5000;
const STEPS = 32;
const SEED = 20261123;
const MOST_STEPS = 6;

const kernel = await probeLive();
const why = kernel.available ? profileFor(kernel.release, kernel.version).note : kernel.reason;
const recorder = kernel.available && why === '' ? new Recorder(await livePlace()) : undefined;
afterAll(() => recorder?.close());

/** Programs as the kernel ran them; recorded once, for all mutants. */
const recorded: Program[] = [];
const generated = generatePrograms({ seed: SEED, programs: PROGRAMS, steps: STEPS });

async function recordedProgram(live: Recorder, index: number): Promise<Program | undefined> {
  while (recorded.length <= index) {
    const next = generated.next();
    if (next.done === true) return undefined;
    const outcome = await live.run(next.value);
    if (outcome.kind === 'recorded') recorded.push(outcome.program);
  }
  return recorded[index];
}

async function firstCaught(live: Recorder, mutant: MutatedReplay): Promise<Program | undefined> {
  for (let index = 0; ; index++) {
    const program = await recordedProgram(live, index);
    if (program === undefined || mutant.replayProgram(program).kind === 'disagrees') return program;
  }
}

async function disagrees(live: Recorder, mutant: MutatedReplay, program: Program): Promise<boolean> {
  const outcome = await live.run(program);
  return outcome.kind === 'recorded' && mutant.replayProgram(outcome.program).kind === 'disagrees';
}

describe(`the kernel catches mutants within ${PROGRAMS} programs (seed ${SEED}), shrunk to ${MOST_STEPS} steps`, () => {
  test.for(CAUGHT_BY_KERNEL)('$name: $what', async (mutant, { skip }) => {
    const live = recorder;
    if (live === undefined) return skip(why);
    const replay = await loadMutant(mutant);
    const program = await firstCaught(live, replay);
    expect(program, 'no program disagrees').toBeDefined();
    const shrunk = await shrinkProgram(program as Program, (smaller) => disagrees(live, replay, smaller));
    expect(shrunk.program.steps.length).toBeLessThanOrEqual(MOST_STEPS);
  });
});
