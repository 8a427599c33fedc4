import type { Program } from '@vmacheck/trace';
import type { Outcome, RecordOptions } from './outcome.js';
import { livePlace, type Place } from './place.js';
import { Recorder } from './recorder.js';

/**
 * Runs programs, each in a process of its own, and says what became of each, in order. Some programs are taken from the source
 * ahead of the outcome that is yielded; a source that waits for outcomes uses `Recorder` itself.
 *
 * @param place where; default: the kernel of this machine
 * @throws KernelUnavailable when nothing can run there
 */
export async function* runPrograms(
  programs: Iterable<Program> | AsyncIterable<Program>,
  options: RecordOptions = {},
  place?: Place,
): AsyncGenerator<Outcome> {
  const there = place ?? (await livePlace());
  const recorder = new Recorder(there, options);
  try {
    const pending: Promise<Outcome>[] = [];
    for await (const program of programs) {
      pending.push(recorder.run(program));
      if (pending.length > there.ahead) yield await (pending.shift() as Promise<Outcome>);
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
 * @param place where; default: the kernel of this machine
 * @throws KernelUnavailable when nothing can run there
 */
export async function* recordPrograms(
  programs: Iterable<Program> | AsyncIterable<Program>,
  options: RecordOptions & { readonly onOutcome?: (outcome: Outcome) => void } = {},
  place?: Place,
): AsyncGenerator<Program> {
  for await (const outcome of runPrograms(programs, options, place)) {
    options.onOutcome?.(outcome);
    if (outcome.kind === 'recorded') yield outcome.program;
  }
}
