/** A program under way in the model: its address space, its files, the results so far, and what is not certain about it. */
import {
  AddressSpace,
  type Call,
  type Outcome,
  pageOf,
  type Profile,
  type RawCall,
  type Space,
  toCall,
  toResult,
  withAnonVma,
  withChoice,
} from '@vmacheck/model';
import { begin, type Machine, perform, step as phase } from '@vmacheck/mremap';
import type { ProgramHeader, Step, StepResult, VmaRecord } from '@vmacheck/trace';
import { toHex } from '@vmacheck/trace';
import { adoptLayout } from './adopt.js';
import { movedBy, rangesOf } from './call-ranges.js';
import { hiddenFact } from './hidden-facts.js';
import { layoutOf, windowOf, type Window } from './layout.js';
import { PageSet } from './page-set.js';
import { toRawCall } from './raw-call.js';
import { FileNames } from './file-names.js';
import { ForeignFlags } from './foreign-flags.js';
import type { Observer } from './observer.js';

/** What the model made of a step. */
export type Performed =
  | { readonly kind: 'done'; readonly call: Call; readonly outcome: Outcome; readonly result: StepResult }
  | { readonly kind: 'illegal'; readonly why: string }
  /** Not performed. `changes`: it may have changed something. */
  | { readonly kind: 'unknown'; readonly why: string; readonly changes: boolean };

/** See the head of the file. */
export class Session {
  readonly space: AddressSpace;
  readonly window: Window;
  readonly #program: ProgramHeader;
  readonly #files: FileNames;
  readonly #results: (StepResult | undefined)[] = [];
  readonly #observer: Observer | undefined;
  readonly #uncertain = new PageSet();
  readonly #foreign = new ForeignFlags();
  readonly #changed = new Set<'limits' | 'lockFuture'>();
  #last: { readonly raw: RawCall; readonly outcome: Outcome; readonly before: Space } | undefined;

  /** @param observer sees every step and every phase of mremap, with the states before and after */
  constructor(program: ProgramHeader, profile: Profile, observer?: Observer) {
    this.#program = program;
    this.#files = new FileNames(program.files);
    this.window = windowOf(program.window);
    this.#observer = observer;
    const lowest = program.config?.mmapMinAddr;
    this.space = AddressSpace.create({
      profile,
      hasUffd: program.uffd !== null,
      known: this.window,
      ...(lowest === undefined ? {} : { mmapMin: pageOf(BigInt(lowest)) }),
      files: this.#files.specs(),
    });
    if (program.mappings.length > 0) this.adopt(program.mappings);
  }

  /** The VMAs in the window as a recorder would write them. */
  layout(): readonly VmaRecord[] {
    return this.#foreign.apply(this.#ownLayout());
  }

  #ownLayout(): readonly VmaRecord[] {
    return layoutOf(this.space.vmas, this.window, (file) => this.#files.shown(file));
  }

  /** Performs a step. Nothing is changed when the model does not know it. */
  perform(step: Step): Performed {
    const performed = this.#perform(step);
    this.#results.push(step.result ?? (performed.kind === 'done' ? performed.result : undefined));
    return performed;
  }

  /** Takes a recorded layout over, with what it does not show unknown. */
  adopt(records: readonly VmaRecord[]): void {
    for (const range of adoptLayout(this.space, this.window, records, this.#files.table(this.space))) {
      this.#uncertain.add(range);
    }
    this.#foreign.take(records, this.#ownLayout());
  }

  /** Nothing is certain from here on about the pages that a step named which the model could not follow. */
  doubt(step: Step): void {
    const ranges = this.#last !== undefined ? rangesOf(this.#last.raw) : step.op === 'mlockall' ? this.space.vmas : [];
    for (const range of ranges) this.#uncertain.add(range);
  }

  /** Whether the bytes of a page are known to the model. */
  knowsContents(page: number): boolean {
    const file = this.space.lookup(page)?.file ?? 0;
    return !this.#uncertain.has(page) && (!this.#files.vague.has(file) || this.space.frames.has(page));
  }

  /** Why the record may differ from what the model made of the last step; undefined: for no reason. */
  hiddenFact(recorded: StepResult | undefined, layout: readonly VmaRecord[] | undefined): string | undefined {
    if (this.#last === undefined) return undefined;
    const { raw, outcome, before } = this.#last;
    const moved = movedBy(raw, recorded?.value === undefined ? outcome : { ok: true, value: BigInt(recorded.value) });
    return hiddenFact({
      program: this.#program,
      space: this.space,
      window: this.window,
      raw,
      outcome,
      lockedBefore: before.lockedVm,
      ours: this.layout(),
      armed: before.vmas.some(({ uffd }) => uffd !== 0),
      ranges: [...rangesOf(raw), ...(moved === undefined ? [] : [moved.to])],
      recorded,
      layout,
      uncertain: this.#uncertain,
      changed: this.#changed,
      vague: this.#files.vague,
    });
  }

  #perform(step: Step): Performed {
    this.#last = undefined;
    if (step.proc !== undefined && step.proc !== 0) {
      return { kind: 'unknown', why: 'a forked process is not modelled', changes: false };
    }
    const translation = toRawCall(step, { results: this.#results, files: this.#files.ids });
    if (translation.kind === 'unknown') {
      if (step.op === 'setLimit' || step.op === 'setCapability') this.#changed.add('limits');
      if (step.op === 'mlockall') this.#changed.add('lockFuture');
      if (step.op === 'faulted') this.#faulted(step.args.addr);
      return translation;
    }
    const { raw } = translation;
    if (!this.space.hasUffd && raw.op.startsWith('uffd')) {
      return { kind: 'unknown', why: 'the program has no userfaultfd', changes: true };
    }
    const before = this.space.snapshot();
    const call = toCall(this.space, raw);
    const outcome = this.#run(raw);
    this.#last = { raw, outcome, before };
    if (!outcome.ok && 'illegal' in outcome) return { kind: 'illegal', why: outcome.illegal };
    if (!outcome.ok && 'notModelled' in outcome) {
      return { kind: 'unknown', why: `${outcome.notModelled} is not modelled`, changes: true };
    }
    this.#followDoubt(raw, outcome);
    const made = withChoice(call, outcome);
    this.#observer?.step(before, made, toResult(outcome, call.op), this.space.snapshot(), this.space.profile);
    return { kind: 'done', call: made, outcome, result: stepResult(outcome) };
  }

  /** The VMA has an anon_vma by now, but nobody saw when it came and whose it is. */
  #faulted(address: string): void {
    const vma = this.space.lookup(pageOf(BigInt(address)));
    if (vma === undefined) return;
    if (vma.anonVma === 0) this.space.update(vma, withAnonVma(vma, this.space.nextAnonVma++));
    this.#uncertain.add({ start: vma.start, end: vma.end });
  }

  /** Doubt moves with memory, and new memory is beyond doubt. */
  #followDoubt(raw: RawCall, outcome: Outcome): void {
    const moved = movedBy(raw, outcome);
    if (moved === undefined) return;
    this.#foreign.forget(moved.to);
    if (this.#uncertain.isEmpty) return;
    if (moved.from !== undefined && this.#uncertain.meets(moved.from)) this.#uncertain.add(moved.to);
    else this.#uncertain.remove(moved.to);
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
