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
const SEED = 11;
const MOST_STEPS = 6;
/** Shrinking can end in a hollow: so many programs are tried. */
const TRIED = 3;

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

/** The programs under which the mutant is seen, in their order. */
async function* caught(live: Recorder, mutant: MutatedReplay): AsyncGenerator<Program> {
  for (let index = 0; ; index++) {
    const program = await recordedProgram(live, index);
    if (program === undefined) return;
    if (mutant.replayProgram(program).kind === 'disagrees') yield program;
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
    const sizes: number[] = [];
    for await (const program of caught(live, replay)) {
      const shrunk = await shrinkProgram(program, (smaller) => disagrees(live, replay, smaller));
      sizes.push(shrunk.program.steps.length);
      if (sizes.length === TRIED || (sizes.at(-1) as number) <= MOST_STEPS) break;
    }
    expect(sizes, 'no program disagrees').not.toEqual([]);
    expect(Math.min(...sizes)).toBeLessThanOrEqual(MOST_STEPS);
  });
});
