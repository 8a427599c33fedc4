/** Replays a recorded program in the model and compares what both say, step by step. */
import { type Profile, profileFor } from '@vmacheck/model';
import type { Counters, Program, Step, StepResult, VmaRecord } from '@vmacheck/trace';
import { parseHex, toHex } from '@vmacheck/trace';
import { layoutDifference } from './layout.js';
import type { Observer } from './observer.js';
import { type Performed, Session } from './session.js';

/** One side of a disagreement. */
export interface Side {
  readonly result: StepResult | undefined;
  /** undefined: nobody looked. */
  readonly after: readonly VmaRecord[] | undefined;
}

/** What became of a program. Steps count from 0. */
export type Verdict =
  | { readonly kind: 'agrees'; readonly steps: number }
  | {
      readonly kind: 'disagrees';
      readonly step: number;
      /** What differs, in words. */
      readonly difference: string;
      readonly before: readonly VmaRecord[];
      readonly model: Side;
      readonly recorded: Side;
    }
  | { readonly kind: 'unknown'; readonly step: number; readonly why: string };

/** How to replay. */
export interface ReplayOptions {
  /** Default: from the program's kernel. */
  readonly profile?: Profile;
  /** Steps to perform at most. */
  readonly until?: number;
  readonly observer?: Observer;
}

/**
 * Replays one program. The first disagreement or unknown step ends it: what comes after would only repeat it.
 * A step without a result (nobody ran it) is performed and compared with nothing.
 */
export function replayProgram(program: Program, options: ReplayOptions = {}): Verdict {
  const profile = options.profile ?? profileFor(program.kernel, program.kernelVersion).profile;
  if (program.mappings.length > 0) {
    return { kind: 'unknown', step: 0, why: 'page offset and anon_vma of the mappings before the first step' };
  }
  const features = program.uffd?.features;
  const onlySigbus = features !== undefined && features !== null && features.every((name) => name === 'SIGBUS');
  const session = new Session(program, profile, options.observer);
  const counters = new CounterComparison();
  const count = Math.min(program.steps.length, options.until ?? Infinity);
  let previous: readonly VmaRecord[] = [];
  for (let i = 0; i < count; i++) {
    const step = program.steps[i] as Step;
    if (step.op === 'uffdRegister' && program.uffd !== null && !onlySigbus) {
      return { kind: 'unknown', step: i, why: 'a userfaultfd with other features than SIGBUS' };
    }
    const before = session.layout();
    const performed = session.perform(step);
    if (performed.kind === 'unknown') return { kind: 'unknown', step: i, why: performed.why };
    const recorded = step.after === 'unchanged' ? previous : step.after;
    const after = session.layout();
    const difference =
      resultDifference(performed, step.result) ??
      (recorded === undefined ? undefined : layoutDifference(after, recorded)) ??
      contentsDifference(session, step) ??
      counters.difference(step.counters, session.space);
    if (difference !== undefined) {
      const model = { result: performed.kind === 'done' ? performed.result : undefined, after };
      return {
        kind: 'disagrees',
        step: i,
        difference,
        before,
        model,
        recorded: { result: step.result, after: recorded },
      };
    }
    previous = recorded ?? after;
  }
  return { kind: 'agrees', steps: count };
}

function resultDifference(performed: Performed, recorded: StepResult | undefined): string | undefined {
  if (performed.kind === 'illegal') return `the kernel cannot have chosen this address: ${performed.why}`;
  if (performed.kind !== 'done' || recorded === undefined) return undefined;
  const ours = showResult(performed.result);
  const theirs = showResult(recorded);
  return ours === theirs ? undefined : `the model says ${ours}, the record ${theirs}`;
}

/** A result in one word: "0x10000005000", "EFAULT", "SIGBUS". */
export function showResult(result: StepResult): string {
  if (result.value !== undefined) return toHex(parseHex(result.value));
  return result.errno ?? result.signal;
}

function contentsDifference(session: Session, step: Step): string | undefined {
  for (const [address, value] of Object.entries(step.contents ?? {})) {
    const ours = session.space.peek(Number(BigInt(address) >> 12n));
    if (ours === undefined) return `contents of ${address}: nothing is mapped there in the model`;
    if (ours !== BigInt(value)) return `contents of ${address}: ${toHex(ours)} in the model, ${value} recorded`;
  }
  return undefined;
}

/** Counters of a whole process count from an unknown base, so differences from the first step that has them are compared. */
class CounterComparison {
  #base: Counters | undefined;
  #ours: Counters | undefined;

  difference(recorded: Counters | undefined, space: Required<Pick<Counters, 'mapCount' | 'totalVm' | 'lockedVm'>>) {
    if (recorded === undefined) return undefined;
    if (this.#base === undefined || this.#ours === undefined) {
      this.#base = recorded;
      this.#ours = { mapCount: space.mapCount, totalVm: space.totalVm, lockedVm: space.lockedVm };
      return undefined;
    }
    for (const name of ['mapCount', 'totalVm', 'lockedVm'] as const) {
      const value = recorded[name];
      const base = this.#base[name];
      if (value === undefined || base === undefined) continue;
      const theirs = value - base;
      const ours = space[name] - (this.#ours[name] ?? 0);
      if (ours !== theirs) return `${name}: ${ours} more than after the first step in the model, ${theirs} recorded`;
    }
    return undefined;
  }
}
