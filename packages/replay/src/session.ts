/** A program under way in the model: its address space, its files, the results so far. */
import {
  AddressSpace,
  type Call,
  type Outcome,
  type Profile,
  type RawCall,
  toCall,
  toResult,
  withChoice,
} from '@vmacheck/model';
import { begin, type Machine, perform, step as phase } from '@vmacheck/mremap';
import type { ProgramHeader, Step, StepResult, VmaRecord } from '@vmacheck/trace';
import { toHex } from '@vmacheck/trace';
import { layoutOf, windowOf, type Window } from './layout.js';
import { toRawCall } from './raw-call.js';
import type { Observer } from './observer.js';

/** What the model made of a step. */
export type Performed =
  | { readonly kind: 'done'; readonly call: Call; readonly outcome: Outcome; readonly result: StepResult }
  | { readonly kind: 'illegal'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** See the head of the file. */
export class Session {
  readonly space: AddressSpace;
  readonly window: Window;
  readonly #files = new Map<string, number>();
  readonly #names = new Map<number, string>();
  readonly #results: (StepResult | undefined)[] = [];
  readonly #limited: boolean;
  readonly #observer: Observer | undefined;

  /** @param observer sees every step and every phase of mremap, with the states before and after */
  constructor(program: ProgramHeader, profile: Profile, observer?: Observer) {
    for (const name of Object.keys(program.files)) {
      const id = this.#files.size + 1;
      this.#files.set(name, id);
      this.#names.set(id, name);
    }
    this.window = windowOf(program.window);
    this.#observer = observer;
    this.#limited = !program.capIpcLock && program.rlimitMemlock !== 'unlimited';
    this.space = AddressSpace.create({
      profile,
      hasUffd: program.uffd !== null,
      known: this.window,
      files: Object.entries(program.files).map(([name, { pages }]) => ({
        file: this.#files.get(name) as number,
        pages: pages ?? 0,
      })),
    });
  }

  /** The VMAs in the window as a recorder would write them. */
  layout(): readonly VmaRecord[] {
    return layoutOf(this.space.vmas, this.window, (file) => (file === 0 ? null : (this.#names.get(file) ?? 'shmem')));
  }

  /** Performs a step. Nothing is changed when the model does not know it. */
  perform(step: Step): Performed {
    const performed = this.#perform(step);
    this.#results.push(step.result ?? (performed.kind === 'done' ? performed.result : undefined));
    return performed;
  }

  #perform(step: Step): Performed {
    const translation = toRawCall(step, { results: this.#results, files: this.#files });
    if (translation.kind === 'unknown') return translation;
    const { raw } = translation;
    if (this.#limited && (raw.op === 'mlock' || raw.op === 'mlock2')) {
      return { kind: 'unknown', why: 'RLIMIT_MEMLOCK without CAP_IPC_LOCK is not modelled' };
    }
    if (!this.space.hasUffd && raw.op.startsWith('uffd')) {
      return { kind: 'unknown', why: 'the program has no userfaultfd' };
    }
    const before = this.space.snapshot();
    const call = toCall(this.space, raw);
    const outcome = this.#run(raw);
    if (!outcome.ok && 'illegal' in outcome) return { kind: 'illegal', why: outcome.illegal };
    if (!outcome.ok && 'notModelled' in outcome) {
      return { kind: 'unknown', why: `${outcome.notModelled} is not modelled` };
    }
    const made = withChoice(call, outcome);
    this.#observer?.step(before, made, toResult(outcome, call.op), this.space.snapshot(), this.space.profile);
    return { kind: 'done', call: made, outcome, result: stepResult(outcome) };
  }

  #run(raw: RawCall): Outcome {
    const observer = this.#observer;
    if (raw.op !== 'mremap' || observer === undefined) return perform(this.space, raw);
    let machine: Machine = begin(this.space, raw);
    while (machine.phase !== 'done') {
      const before = this.space.snapshot();
      const next = phase(this.space, machine);
      observer.phase(before, machine, this.space.snapshot(), next);
      machine = next;
    }
    return machine.outcome;
  }
}

/** An outcome as a trace writes it. */
export function stepResult(outcome: Outcome): StepResult {
  if (outcome.ok) return { value: toHex(outcome.value) };
  if ('signal' in outcome) return { signal: outcome.signal };
  return { errno: 'errno' in outcome ? outcome.errno : '?' };
}
