/**
 * The shortest programs that end in each error which the model knows, each by each check that gives it: found by fuzzing the model,
 * shrunk in the model. What they end in on a kernel is for the kernel to say.
 */
import { generatePrograms, shrinkProgram } from '../../packages/fuzz/dist/index.js';
import { Session } from '../../packages/replay/dist/index.js';
import { isMistakenAddress } from './expected.mjs';

/** What a step of the model ended in: "mmap EPERM: the check that refused"; undefined when it succeeded. */
function ending(step, performed) {
  if (performed.kind !== 'done' || performed.outcome.ok || isMistakenAddress(step)) return undefined;
  const { errno, signal, why } = performed.outcome;
  return `${step.op} ${errno ?? signal}: ${why}`;
}

/** Calls `found` with each ending of a program and its step. */
function walk(program, profile, found) {
  const session = new Session(program, profile);
  program.steps.forEach((step, index) => {
    const end = ending(step, session.perform(step));
    if (end !== undefined) found(end, index);
  });
}

/**
 * @param options seed, number of programs, profile, the baseline of the place, whether limits of the machine may be set
 * @returns programs by their ending
 */
export async function findPrograms({ seed, programs, profile, baseline, machineWide }) {
  const first = new Map();
  const source = generatePrograms({ seed, programs, steps: 40, alphabet: 'all', profile, machineWide });
  for (const generated of source) {
    const program = { ...generated, baseline };
    walk(program, profile, (end, index) => {
      if (!first.has(end)) first.set(end, { ...program, steps: program.steps.slice(0, index + 1) });
    });
  }
  const small = new Map();
  for (const [end, program] of [...first].sort()) {
    const fails = (candidate) => {
      let last;
      walk(candidate, profile, (each, index) => {
        if (index === candidate.steps.length - 1) last = each;
      });
      return last === end;
    };
    const { program: shrunk } = await shrinkProgram(program, fails);
    small.set(end, shrunk);
  }
  return small;
}
