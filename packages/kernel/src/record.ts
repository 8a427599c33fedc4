import type { Program } from '@vmacheck/trace';
import { probeLive } from './live.js';
import type { Outcome, RecordOptions } from './outcome.js';
import { Recorder } from './recorder.js';

/** This machine lacks what running programs takes: Linux on x86_64, a C compiler, a readable /proc. */
export class KernelUnavailable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'KernelUnavailable';
  }
}

/** So many programs are handed to the runner ahead of the one that is awaited, so that it never waits for us. */
const AHEAD = 8;

/**
 * Runs programs on the kernel of this machine, each in a process of its own, and says what became of each, in order. Up to 8 programs
 * are taken from the source ahead of the outcome that is yielded; a source that waits for outcomes uses `Recorder` itself.
 *
 * @throws KernelUnavailable when `probeLive` says that nothing can run here
 */
export async function* runPrograms(
  programs: Iterable<Program> | AsyncIterable<Program>,
  options: RecordOptions = {},
): AsyncGenerator<Outcome> {
  const kernel = await probeLive();
  if (!kernel.available) throw new KernelUnavailable(kernel.reason);
  const recorder = new Recorder(kernel, options);
  try {
    const pending: Promise<Outcome>[] = [];
    for await (const program of programs) {
      pending.push(recorder.run(program));
      if (pending.length > AHEAD) yield await (pending.shift() as Promise<Outcome>);
    }
    for (const outcome of pending) yield await outcome;
  } finally {
    recorder.close();
  }
}

/**
 * Runs programs and yields those that were recorded: with results, VMAs, contents, counters, and the circumstances in their headers. What
 * was skipped or failed is told to `onOutcome` only.
 *
 * @throws KernelUnavailable when `probeLive` says that nothing can run here
 */
export async function* recordPrograms(
  programs: Iterable<Program> | AsyncIterable<Program>,
  options: RecordOptions & { readonly onOutcome?: (outcome: Outcome) => void } = {},
): AsyncGenerator<Program> {
  for await (const outcome of runPrograms(programs, options)) {
    options.onOutcome?.(outcome);
    if (outcome.kind === 'recorded') yield outcome.program;
  }
}
