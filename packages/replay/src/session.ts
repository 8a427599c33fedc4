/** A program under way in the model: its address space, its files, the results so far, and what is not certain about it. */
import {
  AddressSpace,
  type Call,
  done,
  emptyCall,
  HUGE,
  type Outcome,
  prepareAnonVma,
  type Moment,
  type Profile,
  type RawCall,
  type UffdEvent,
  toCall,
  toResult,
  withChoice,
} from '@vmacheck/model';
import { begin, type Machine, perform, step as phase } from '@vmacheck/mremap';
import type { ProgramHeader, Step, StepResult, VmaRecord } from '@vmacheck/trace';
import { toHex } from '@vmacheck/trace';
import { adoptLayout } from './adopt.js';
import { contextNumbers, optionsOf, setBaseline } from './circumstances.js';
import { isRefused, movedBy, rangesOf } from './call-ranges.js';
import { hiddenFact } from './hidden-facts.js';
import { layoutOf, windowOf, type Window } from './layout.js';
import { Process } from './process.js';
import { toRawCall } from './raw-call.js';
import { FileNames } from './file-names.js';
import type { Observer } from './observer.js';
import { isSpecified, leavesSpecs } from './specified.js';

/** What the model made of a step. */
export type Performed =
  | { readonly kind: 'done'; readonly call: Call; readonly outcome: Outcome; readonly result: StepResult }
  | { readonly kind: 'illegal'; readonly why: string }
  /** No call: what an observer saw is taken over. */
  | { readonly kind: 'observed' }
  /** Not performed. `changes`: it may have changed something. */
  | { readonly kind: 'unknown'; readonly why: string; readonly changes: boolean };

/** See the head of the file. */
export class Session {
  readonly window: Window;
  /** The number of the process that acted last. */
  current = 0;
  readonly #program: ProgramHeader;
  readonly #files: FileNames;
  readonly #results: (StepResult | undefined)[] = [];
  readonly #observer: Observer | undefined;
  readonly #contexts: ReadonlyMap<string, number>;
  readonly #processes = new Map<number, Process>();
  #process: Process;
  #forks = 0;
  /** The program has left what the specifications speak of. */
  #beyondSpecs = false;
  #events: readonly UffdEvent[] = [];
  #last: { readonly raw: RawCall; readonly outcome: Outcome; readonly before: Moment } | undefined;

  /** @param observer sees every step and every phase of mremap, with the states before and after */
  constructor(program: ProgramHeader, profile: Profile, observer?: Observer) {
    this.#program = program;
    this.#files = new FileNames(program.files);
    this.window = windowOf(program.window);
    this.#observer = observer;
    this.#contexts = contextNumbers(program);
    this.#process = new Process(AddressSpace.create(optionsOf(program, profile, this.window, this.#files)));
    this.#processes.set(0, this.#process);
    if (program.mappings.length > 0) this.adopt(program.mappings);
    if (program.origin === 'fork') this.space.forgetOrigins();
    setBaseline(this.space, program.baseline);
    // The specifications know pages of one size: a store may bring in a huge page, where one has room.
    this.#beyondSpecs = this.space.hugePages === 'always' && hasRoomForHuge(this.window);
  }

  /** Of the process that acted last. */
  get space(): AddressSpace {
    return this.#process.space;
  }

  /** Of a process by its number: the first is 0, the others are numbered by their forks. */
  spaceOf(proc: number): AddressSpace | undefined {
    return this.#processes.get(proc)?.space;
  }

  /** The name of a userfaultfd by its number. */
  readonly contextName = (ctx: number): string => {
    for (const [name, number] of this.#contexts) if (number === ctx) return name;
    return '?';
  };

  /** What userfaultfds were told by the last step. */
  get events(): readonly UffdEvent[] {
    return this.#events;
  }

  /** The VMAs in the window as a recorder would write them: of the process that acted last, or of another one. */
  layout(process = this.#process): readonly VmaRecord[] {
    return process.foreign.apply(this.#ownLayout(process));
  }

  #ownLayout({ space } = this.#process): readonly VmaRecord[] {
    return layoutOf(space.vmas, this.window, (file) => this.#files.shown(file));
  }

  /** The VMAs that process `number` begins with, if there is one of that number. */
  inherited(number: number): readonly VmaRecord[] {
    const process = this.#processes.get(number);
    return process === undefined ? [] : this.layout(process);
  }

  /** Performs a step. Nothing is changed when the model does not know it. */
  perform(step: Step): Performed {
    const performed = this.#perform(step);
    this.#results.push(step.result ?? (performed.kind === 'done' ? performed.result : undefined));
    return performed;
  }

  /**
   * Takes a recorded layout over, with what it does not show unknown. Outside of the window, which it does not show, the last step
   * counts as done unless the record says that it was refused.
   */
  adopt(records: readonly VmaRecord[], result?: StepResult): void {
    const last = this.#last;
    const refused = last !== undefined && result !== undefined && isRefused(last.raw, result);
    const outside = refused ? last.before.vmas : this.space.vmas;
    for (const range of adoptLayout(this.space, this.window, { outside, records }, this.#files.table(this.space))) {
      this.#process.uncertain.add(range);
    }
    this.#process.foreign.take(records, this.#ownLayout());
  }

  /** Nothing is certain from here on about the pages that the last step named, which the model could not follow. */
  doubt(): void {
    for (const range of this.#last === undefined ? [] : rangesOf(this.#last.raw)) this.#process.uncertain.add(range);
  }

  /** Where the heap ends after a step that the model could not follow. */
  learnBreak({ op, result }: Step): void {
    if (op === 'brk' && result?.value !== undefined) this.space.brk = BigInt(result.value);
  }

  /** How much of what the model does not see can be locked only shows once everything is. */
  learnLocked({ op, counters }: Step): void {
    if (op !== 'mlockall' || counters?.lockedVm === undefined) return;
    const { space } = this;
    space.baseline = { ...space.baseline, lockedVm: Math.max(0, counters.lockedVm - space.lockedVm) };
  }

  /** What memory outside of the window has become one with, or was part of, shows only in how many mappings there are. */
  learnMaps(step: Step): void {
    const { space } = this;
    if (step.counters?.mapCount === undefined || !this.reachesOut(step)) return;
    space.baseline = { ...space.baseline, mapCount: Math.max(0, step.counters.mapCount - space.mapCount) };
  }

  /** Whether the last step named or made memory where the layout is not observed. */
  reachesOut({ result }: Step): boolean {
    const { window } = this;
    if (window === undefined || this.#last === undefined) return false;
    const { raw } = this.#last;
    const moved = this.#movedBy(result);
    return [...rangesOf(raw), ...(moved === undefined ? [] : [moved.to])].some(
      ({ start, end }) => start < end && (start < window.start || end > window.end),
    );
  }

  /** What the last step made or moved: by the record, or else by the model. */
  #movedBy(result: StepResult | undefined): ReturnType<typeof movedBy> {
    if (this.#last === undefined) return undefined;
    return movedBy(this.#last.raw, result?.value === undefined ? this.#last.outcome : done(BigInt(result.value)));
  }

  /** Whether the bytes of a page are known to the model. */
  knowsContents(page: number): boolean {
    const file = this.space.lookup(page)?.file ?? 0;
    return !this.#process.uncertain.has(page) && (!this.#files.vague.has(file) || this.space.frames.has(page));
  }

  /** Why the record may differ from what the model made of the last step; undefined: for no reason. */
  hiddenFact({ result, vector }: Step, layout: readonly VmaRecord[] | undefined): string | undefined {
    if (this.#last === undefined) return undefined;
    const { raw, outcome, before } = this.#last;
    const moved = this.#movedBy(result);
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
      recorded: result,
      vector,
      layout,
      uncertain: this.#process.uncertain,
      vague: this.#files.vague,
    });
  }

  #perform(step: Step): Performed {
    this.#last = undefined;
    this.#events = [];
    this.current = step.proc ?? 0;
    const process = this.#processes.get(this.current);
    if (process === undefined) return { kind: 'unknown', why: `process ${this.current} is not known`, changes: false };
    this.#process = process;
    const translation = toRawCall(step, {
      results: this.#results,
      files: this.#files.ids,
      contexts: this.#contexts,
      hasHeap: this.#program.brk !== undefined,
    });
    if (translation.kind === 'fork') return this.#fork(step);
    if (translation.kind === 'exit') return this.#exit();
    if (translation.kind === 'unknown') return translation;
    if (translation.kind === 'faulted') return this.#faulted(translation.page);
    const { raw } = translation;
    if (!this.space.hasUffd && raw.op.startsWith('uffd')) {
      return { kind: 'unknown', why: 'the program has no userfaultfd', changes: true };
    }
    this.#beyondSpecs ||= leavesSpecs(raw);
    const before = this.space.moment();
    const call = toCall(this.space, raw);
    const outcome = this.#run(raw);
    this.#last = { raw, outcome, before };
    if (!outcome.ok && 'illegal' in outcome) return { kind: 'illegal', why: outcome.illegal };
    if (!outcome.ok && 'notModelled' in outcome) {
      return { kind: 'unknown', why: `${outcome.notModelled} is not modelled`, changes: true };
    }
    this.#events = this.space.takeEvents();
    this.#followDoubt(raw, outcome);
    const made = withChoice(call, outcome);
    this.#observe(raw, before, made, outcome);
    return { kind: 'done', call: made, outcome, result: stepResult(outcome) };
  }

  #observe(raw: RawCall, before: Moment, call: Call, outcome: Outcome): void {
    if (this.#observer === undefined) return;
    const after = this.space.moment();
    if (this.#beyondSpecs || !isSpecified(raw)) this.#observer.state?.(after);
    else this.#observer.step(before, call, toResult(outcome, call.op), after, this.space.profile);
  }

  /** The new process is numbered by the fork steps so far, whether they succeeded or not. It acts last, as a trace shows it. */
  #fork(step: Step): Performed {
    this.#forks += 1;
    if (step.result?.errno !== undefined)
      return { kind: 'unknown', why: 'how much memory the machine has', changes: false };
    this.#processes.set(this.#forks, this.#process.fork());
    this.#events = this.space.takeEvents();
    return this.#settled('fork', BigInt(this.#forks));
  }

  #exit(): Performed {
    this.#process.exit();
    return this.#settled('exit', 0n);
  }

  #settled(op: 'fork' | 'exit', value: bigint): Performed {
    const outcome = done(value);
    return { kind: 'done', call: emptyCall(op), outcome, result: stepResult(outcome) };
  }

  /** The VMA has an anon_vma by now. Which one is a guess, because nobody saw when it came. */
  #faulted(page: number): Performed {
    const vma = this.space.lookup(page);
    if (vma !== undefined && vma.anonVma === 0) {
      const { start, end } = prepareAnonVma(this.space, vma);
      this.#process.uncertain.add({ start, end });
    }
    return { kind: 'observed' };
  }

  /** Doubt moves with memory, and new memory is beyond doubt. */
  #followDoubt(raw: RawCall, outcome: Outcome): void {
    const moved = movedBy(raw, outcome);
    if (moved === undefined) return;
    this.#process.foreign.forget(moved.to);
    if (this.#process.uncertain.isEmpty) return;
    if (moved.from !== undefined && this.#process.uncertain.meets(moved.from)) this.#process.uncertain.add(moved.to);
    else this.#process.uncertain.remove(moved.to);
  }

  #run(raw: RawCall): Outcome {
    const observer = this.#observer;
    if (raw.op !== 'mremap' || observer === undefined || this.#beyondSpecs) return perform(this.space, raw);
    let machine: Machine = begin(this.space, raw);
    while (machine.phase !== 'done') {
      const before = this.space.moment();
      const next = phase(this.space, machine);
      observer.phase(before, machine, this.space.moment(), next);
      machine = next;
    }
    return machine.outcome;
  }
}

function hasRoomForHuge(window: Window): boolean {
  return window === undefined || window.end - window.start >= HUGE;
}

/** An outcome as a trace writes it. */
export function stepResult(outcome: Outcome): StepResult {
  if (outcome.ok) return { value: toHex(outcome.value) };
  if ('signal' in outcome) return { signal: outcome.signal };
  return { errno: 'errno' in outcome ? outcome.errno : '?' };
}
